import type { FileBytes } from '../../decode/file-bytes.ts';
import { namedTexts } from './named-texts.ts';
import {
  type HeaderLayout,
  headerLayout,
  headerPages,
  isFirst,
  type PlacedPage,
  packetsOn,
  placedPages,
  renumbered,
  sequenceOf,
  serialOf,
} from './ogg-layout.ts';
import { type Splice, spliceBetween } from './splice.ts';
import { cannotWrite, corruptTags, requireTagSize, type TagChanges } from './tag-change.ts';
import { TEXT_NAMES } from './tag-names.data.ts';
import { editComments } from './vorbis-comments.ts';

/** Type of the block that holds comments in the FLAC mapping. */
const FLAC_COMMENTS = 4;

/** Opus players know a gain of their own: Q7.8 dB towards -23 LUFS, where ReplayGain is towards -18 (RFC 7845, 5.2.1). */
const OPUS_GAIN = 'R128_TRACK_GAIN';
const OPUS_TARGET_DB = -5;

/**
 * Changes the comments of an Ogg file of one stream, or of the first of several in a row (RFC 3533; Vorbis I, 5; RFC 7845, 5.2;
 * RFC 9639, 10.1). Where the headers need more or fewer pages than before, all later ones are numbered anew.
 */
export async function editOgg(file: FileBytes, start: number, changes: TagChanges): Promise<Splice[]> {
  if (Object.keys(changes.objects).length > 0)
    throw cannotWrite(file.name, 'Serato keeps none of its marks in Ogg files');
  const pages = placedPages(file, start);
  const headers = await readHeaders(file, pages);
  const { layout, packets, placed } = headers;
  const edited = packets.with(0, editedPacket(packets[0]!, layout, changes, file.name));
  const serial = serialOf(placed[0]!);
  const made = headerPages(edited, serial, sequenceOf(placed[0]!));
  const position = placed[0]!.position;
  const splices = spliceBetween(position, Buffer.concat(placed.map(({ bytes }) => bytes)), Buffer.concat(made));
  const more = made.length - placed.length;
  if (splices.length === 0 || more === 0) return splices;
  for await (const page of pages) {
    // What comes next in a row is numbered by itself.
    if (isFirst(page)) break;
    splices.push({ position: page.position + 18, removed: 8, inserted: renumbered(page, more) });
  }
  return splices;
}

interface Headers {
  readonly layout: HeaderLayout;
  /** From the comments on. */
  readonly packets: readonly Buffer[];
  /** The pages that these lie on. */
  readonly placed: readonly PlacedPage[];
}

async function readHeaders(file: FileBytes, pages: AsyncGenerator<PlacedPage>): Promise<Headers> {
  const first = await pages.next();
  if (first.done || !isFirst(first.value))
    throw corruptTags(file.name, 'it does not begin with the first page of a stream');
  const layout = headerLayout(packetsOn([first.value]).packets[0] ?? Buffer.alloc(0), file.name);
  const placed: PlacedPage[] = [];
  for (;;) {
    const { value: page, done } = await pages.next();
    if (done) throw corruptTags(file.name, 'it ends before its sound begins');
    if (serialOf(page) !== serialOf(first.value)) throw cannotWrite(file.name, 'it holds several streams at a time');
    placed.push(page);
    requireTagSize(file.name, page.position);
    const { packets, open } = packetsOn(placed);
    if (packets.length < layout.headers - 1) continue;
    if (open || packets.length >= layout.headers) throw corruptTags(file.name, 'sound begins on the page of a header');
    return { layout, packets, placed };
  }
}

function editedPacket(packet: Buffer, layout: HeaderLayout, changes: TagChanges, name: string): Buffer {
  const prefix = Buffer.from(packet.subarray(0, layout.prefix));
  const expected = layout.isOpus ? 'OpusTags' : layout.prefix === 7 ? '\x03vorbis' : null;
  const isComments = expected ? prefix.toString('latin1') === expected : (prefix[0]! & 0x7f) === FLAC_COMMENTS;
  if (!isComments) throw corruptTags(name, 'the second packet holds no comments');
  const texts = namedTexts(changes, 'vorbis');
  if (layout.isOpus) useOpusGain(texts);
  const { list, rest } = editComments(packet.subarray(layout.prefix), texts, name);
  if (layout.prefix === 4) prefix.writeUIntBE(list.length + rest.length, 1, 3);
  return Buffer.concat([prefix, list, rest]);
}

/** In Opus files ReplayGain's names are not to be used: a gain is said in its own way, a peak not at all. */
function useOpusGain(texts: Map<string, string | null>): void {
  const gain = texts.get(TEXT_NAMES.replayGain.vorbis);
  texts.delete(TEXT_NAMES.replayPeak.vorbis);
  if (gain === undefined) return;
  texts.set(TEXT_NAMES.replayGain.vorbis, null);
  texts.set(TEXT_NAMES.replayPeak.vorbis, null);
  texts.set(OPUS_GAIN, gain === null ? null : String(Math.round(256 * (Number.parseFloat(gain) + OPUS_TARGET_DB))));
}
