import { defaultSpeakers, FlacDecoder, type FlacFrame, type Kernels, SampleBlock, type Speaker } from '@tutti/dsp';
import { MediaError } from '../../errors.ts';
import type { Warnings } from '../../warnings.ts';
import type { AudioFormat, Decoder } from '../audio-source.ts';
import { ByteWindow } from '../byte-window.ts';
import { speakersOfMask, speakersPart } from '../channel-mask.ts';
import type { FileBytes } from '../file-bytes.ts';
import { channelMaskTag } from './channel-mask-tag.ts';
import { FrameTrack } from './frame-track.ts';
import { type ParsedStreamInfo, parseStreamInfo, STREAM_INFO_BYTES } from './stream-info.ts';

/** Most metadata blocks before the first frame. */
const MAXIMUM_METADATA_BLOCKS = 1000;
/** Most bytes of comments that are looked through for the places of the channels. */
const MAXIMUM_COMMENT_BYTES = 65_536;

/** Finds STREAMINFO, the places of the channels and the first frame behind the metadata (RFC 9639, section 8). */
async function readMetadata(
  file: FileBytes,
  start: number,
  warnings: Warnings,
): Promise<{ info: ParsedStreamInfo; mask: number | undefined; frames: number }> {
  const { name } = file;
  let position = start + 4;
  let info: ParsedStreamInfo | undefined;
  let mask: number | undefined;
  for (let count = 0; count < MAXIMUM_METADATA_BLOCKS; count++) {
    const head = await file.read(position, 4);
    // Metadata that leads nowhere: frames may still follow right behind STREAMINFO, and the search will tell.
    if (head.length < 4) break;
    const type = head.readUInt8(0);
    const size = head.readUIntBE(1, 3);
    if ((type & 0x7f) === 0 && !info && size !== STREAM_INFO_BYTES) {
      warnings.add(`its FLAC header says that it has ${size} bytes; ${STREAM_INFO_BYTES} are right`);
    }
    if ((type & 0x7f) === 0 && !info) info = parseStreamInfo(await file.read(position + 4, STREAM_INFO_BYTES), name);
    if ((type & 0x7f) === 4 && info && info.channels > 2) {
      mask = channelMaskTag(await file.read(position + 4, Math.min(size, MAXIMUM_COMMENT_BYTES)));
    }
    position += 4 + size;
    if (type & 0x80) break;
  }
  if (!info) throw new MediaError('corrupt', `${name}: a FLAC file without its STREAMINFO header`, { path: name });
  return { info, mask, frames: position };
}

/** @param mask places of the channels where they are not in FLAC's own order */
export function flacFormat(container: string, info: ParsedStreamInfo, mask?: number): AudioFormat {
  const { sampleRate, channels, bitsPerSample, totalFrames } = info;
  const seconds = totalFrames > 0 ? totalFrames / sampleRate : null;
  const speakers: readonly Speaker[] | undefined =
    mask === undefined ? defaultSpeakers(channels) : speakersOfMask(mask, channels);
  const places = speakersPart(speakers);
  return { container, codec: 'flac', sampleRate, channels, ...places, seconds, bitsPerSample, lossless: true };
}

/** Opens a native FLAC stream that begins at `start` of the file. */
export async function openFlac(file: FileBytes, start: number, kernels: Kernels, warnings: Warnings): Promise<Decoder> {
  const { info, mask, frames } = await readMetadata(file, start, warnings);
  const block = new SampleBlock(kernels, info.channels, info.maximumBlock);
  const decoder = new FlacDecoder(block, info);
  const track = new FrameTrack(info, warnings);

  async function* blocks(): AsyncGenerator<SampleBlock, void, undefined> {
    const window = new ByteWindow(file, frames, file.size, decoder.capacity);
    for await (const frame of framesIn(window, decoder, track)) {
      const silence = track.place(frame, block);
      if (silence === undefined) break;
      yield* withSilence(block, silence);
    }
    track.finish();
  }
  return { format: flacFormat('flac', info, mask), blocks };
}

/** Yields the silence that stands for lost frames, then the block itself. */
function* withSilence(block: SampleBlock, silence: number): Generator<SampleBlock, void, undefined> {
  if (silence > 0) {
    const kept = Array.from({ length: block.channelCount }, (_, channel) =>
      block.channel(channel).slice(0, block.frames),
    );
    for (let left = silence; left > 0; ) {
      block.silence(Math.min(left, block.capacity));
      left -= block.frames;
      yield block;
    }
    block.write(kept, 0, kept[0]!.length);
  }
  yield block;
}

/** Every valid frame of the window's range; damaged stretches are reported and skipped. */
async function* framesIn(
  window: ByteWindow,
  decoder: FlacDecoder,
  track: FrameTrack,
): AsyncGenerator<FlacFrame, void, undefined> {
  let offset = 0;
  let searching = false;
  if (!(await moveTo(0))) return;
  for (;;) {
    const result = decoder.decode(offset);
    if (typeof result === 'object') {
      searching = false;
      offset += result.bytes;
      yield result;
      continue;
    }
    const canGrow = !window.atEnd && (offset > 0 || window.bytes.length < decoder.capacity);
    if (result === 'more' && canGrow) {
      if (!(await moveTo(offset))) return;
      continue;
    }
    // The end, or tags that some programs append: no damage.
    if (offset >= window.bytes.length || isTrailingTag(window.bytes.subarray(offset))) return;
    if (!searching) track.damaged();
    searching = true;
    offset = decoder.find(offset + 1);
    if (offset >= window.bytes.length && !(await moveTo(offset))) return;
  }

  /** Makes the window start at `from`; false when nothing is left to read. */
  async function moveTo(from: number): Promise<boolean> {
    window.advance(from);
    offset = 0;
    const grown = await window.fill();
    decoder.load(window.bytes);
    return grown;
  }
}

function isTrailingTag(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(8, bytes.length)).toString('latin1');
  return (bytes.length === 128 && start.startsWith('TAG')) || start.startsWith('APETAGEX');
}
