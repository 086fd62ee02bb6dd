import { type Kernels, SampleBlock } from '@tutti/dsp';
import { MediaError } from '../../errors.ts';
import { BLOCK_FRAMES, LARGEST_LOSSY_SAMPLE, LARGEST_SAMPLE } from '../../limits.ts';
import type { Warnings } from '../../warnings.ts';
import type { Decoder } from '../audio-source.ts';
import type { FileBytes } from '../file-bytes.ts';
import { SampleScreen } from '../sample-screen.ts';
import { FlacCodec } from './flac-codec.ts';
import { GranuleClock } from './granule-clock.ts';
import { lastGranule } from './last-granule.ts';
import { PacketAssembler } from './ogg-packets.ts';
import { type OggPage, readOggPages } from './ogg-pages.ts';
import { OpusCodec } from './opus-codec.ts';
import { type PacketCodec, startsWith } from './packet-codec.ts';
import { VorbisCodec } from './vorbis-codec.ts';

/** Streams that begin together, at most: sound, pictures, subtitles. */
const MAXIMUM_STREAMS = 64;

interface Context {
  readonly file: FileBytes;
  readonly kernels: Kernels;
  readonly warnings: Warnings;
}

/** The codec whose first packet this is, or undefined when it is none that is read here. */
function codecFor(first: Uint8Array, { file, kernels, warnings }: Context): PacketCodec | undefined {
  if (startsWith(first, '\x01vorbis')) return new VorbisCodec(first, file.name);
  if (startsWith(first, 'OpusHead')) return new OpusCodec(first, file.name, warnings);
  if (startsWith(first, '\x7fFLAC')) return new FlacCodec(first, file.name, kernels, warnings);
  return undefined;
}

/** One logical stream: its codec, its packets, its clock. */
class LogicalStream {
  readonly codec: PacketCodec;
  readonly serial: number;
  readonly #assembler: PacketAssembler;
  readonly #clock: GranuleClock;
  #inHeaders = true;
  /** A page behind the first has come: the next first page belongs to another stream. */
  started = false;
  ended = false;

  constructor(codec: PacketCodec, serial: number, warnings: Warnings) {
    this.codec = codec;
    this.serial = serial;
    this.#assembler = new PacketAssembler(warnings);
    this.#clock = new GranuleClock(codec.format.sampleRate, codec.preSkip);
  }

  /** The sound of one page, cut to what is to be heard. */
  async take(page: OggPage): Promise<{ channels: readonly Float32Array[]; silence: number }> {
    const { packets, gap } = this.#assembler.take(page);
    this.started ||= !page.first;
    this.ended ||= page.last;
    const sound: Uint8Array[] = [];
    for (const packet of packets) {
      if (this.#inHeaders) this.#inHeaders = await this.codec.header(packet);
      if (!this.#inHeaders) sound.push(packet);
    }
    if (sound.length === 0) return { channels: [], silence: 0 };
    const { channels, frames } = await this.codec.decode(sound);
    const { silence, from, to } = this.#clock.place(frames, page, gap);
    return { channels: channels.map((channel) => channel.subarray(from, to)), silence };
  }
}

/** Finds the first logical stream among those that begin the file whose codec is known. */
async function firstStream(context: Context, start: number): Promise<LogicalStream | undefined> {
  const { file, warnings } = context;
  let seen = 0;
  for await (const page of readOggPages(file, start, warnings)) {
    if (!page.first || seen === MAXIMUM_STREAMS) break;
    seen += 1;
    const codec = codecFor(page.body, context);
    if (codec) return new LogicalStream(codec, page.serial, warnings);
  }
  if (seen > 0) return undefined;
  throw new MediaError('corrupt', `${file.name}: an Ogg file that does not begin with the first page of a stream`, {
    path: file.name,
  });
}

/**
 * Opens the sound of an Ogg file (RFC 3533): Vorbis, Opus or FLAC, several streams in a row included.
 * @returns undefined when it holds only codecs that are not read here
 */
export async function openOgg(context: Context, start: number): Promise<Decoder | undefined> {
  const { file, kernels, warnings } = context;
  const first = await firstStream(context, start);
  if (!first) return undefined;
  const { codec } = first;
  const { sampleRate, channels, lossless } = codec.format;
  const end = await lastGranule(file, first.serial);
  const seconds = end === undefined ? codec.format.seconds : Math.max(0, end - codec.preSkip) / sampleRate;
  const format = { ...codec.format, seconds };
  const block = new SampleBlock(kernels, channels, BLOCK_FRAMES);
  let stream = first;

  async function* blocks(): AsyncGenerator<SampleBlock, void, undefined> {
    const screen = new SampleScreen(lossless ? LARGEST_SAMPLE : LARGEST_LOSSY_SAMPLE, sampleRate);
    for await (const page of readOggPages(file, start, warnings)) {
      if (page.first && (stream.started || stream.ended)) {
        const next = nextStream(page);
        if (next === 'stop') break;
        if (next) stream = next;
      }
      if (page.serial !== stream.serial || stream.ended) continue;
      const { channels: sound, silence } = await stream.take(page);
      for (const piece of cut(block, sound, silence, stream.codec.gain)) {
        screen.check(piece);
        yield piece;
      }
    }
    if (!stream.ended) warnings.add('the Ogg stream has no end: the file may have been cut off');
    screen.finish(file.name, warnings);
  }

  /** A stream that follows in a chain; 'stop' when its format is another one. */
  function nextStream(page: OggPage): LogicalStream | 'stop' | undefined {
    const following = codecFor(page.body, context);
    if (!following) return undefined;
    const other = following.format;
    if (other.sampleRate !== sampleRate || other.channels !== channels) {
      following.close();
      warnings.add(
        `the format changes to ${other.sampleRate} Hz, ${other.channels} channels: what follows was left out`,
      );
      return 'stop';
    }
    stream.codec.close();
    return new LogicalStream(following, page.serial, warnings);
  }

  return { format, blocks, close: async () => stream.codec.close() };
}

/** Hands `silence` frames of silence and then the sound out in blocks, the stream's gain applied. */
function* cut(
  block: SampleBlock,
  sound: readonly Float32Array[],
  silence: number,
  gain: number,
): Generator<SampleBlock, void, undefined> {
  for (let left = silence; left > 0; left -= block.frames) {
    block.silence(Math.min(left, block.capacity));
    yield block;
  }
  const frames = sound[0]?.length ?? 0;
  for (let done = 0; done < frames; done += block.frames) {
    block.write(sound, done, Math.min(block.capacity, frames - done));
    if (gain !== 1) amplify(block, gain);
    yield block;
  }
}

function amplify(block: SampleBlock, gain: number): void {
  for (let channel = 0; channel < block.channelCount; channel++) {
    const samples = block.channel(channel);
    for (let i = 0; i < block.frames; i++) samples[i]! *= gain;
  }
}
