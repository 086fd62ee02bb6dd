import type { SampleBlock } from '../block.ts';
import { DspError, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { Dither, type DitherOptions } from './dither.ts';

/** How one sample is written in a file. The order is that of the kernel's switch. */
const ENCODINGS = [
  ['u8', 1],
  ['s8', 1],
  ['s16le', 2],
  ['s16be', 2],
  ['s24le', 3],
  ['s24be', 3],
  ['s32le', 4],
  ['s32be', 4],
  ['f32le', 4],
  ['f32be', 4],
  ['f64le', 8],
  ['f64be', 8],
  ['alaw', 1],
  ['mulaw', 1],
] as const;

export type PcmEncoding = (typeof ENCODINGS)[number][0];

/** Bytes of one sample. */
export function pcmSampleBytes(encoding: PcmEncoding): number {
  return ENCODINGS.find(([name]) => name === encoding)![1];
}

/**
 * Turns interleaved PCM bytes into planar floats: integers scaled by 2^-(bits - 1), exact up to 24 bits; A-law and
 * mu-law expanded to 16 bits after ITU-T G.711; floats taken as they are, NaN and infinities included (`screenBlock`).
 */
export class PcmDecoder {
  readonly frameBytes: number;
  readonly #block: SampleBlock;
  readonly #encoding: number;
  readonly #sampleBytes: number;
  readonly #input: number;

  /** @param block receives the samples; its capacity is the most frames one call can take */
  constructor(block: SampleBlock, encoding: PcmEncoding) {
    this.#block = block;
    this.#encoding = ENCODINGS.findIndex(([name]) => name === encoding);
    this.#sampleBytes = pcmSampleBytes(encoding);
    this.frameBytes = this.#sampleBytes * block.channelCount;
    this.#input = block.kernels.allocate(block.capacity * this.frameBytes);
  }

  /**
   * Decodes whole frames into the block and sets its `frames`.
   * @param bytes a whole number of frames, at most the block's capacity
   * @throws DspError 'invalid-parameter' when it is not
   */
  decode(bytes: Uint8Array): void {
    const frames = bytes.length / this.frameBytes;
    requireInteger('frames', frames, 0, this.#block.capacity);
    const { kernels, channelCount } = this.#block;
    kernels.bytes(this.#input, bytes.length).set(bytes);
    const stride = channelCount > 1 ? this.#block.pointer(1) - this.#block.pointer(0) : 0;
    kernels.wasm.pcmDecode(
      this.#input,
      this.#block.pointer(0),
      stride,
      frames,
      channelCount,
      this.#encoding,
      this.#sampleBytes,
    );
    this.#block.frames = frames;
  }
}

/** How samples are dithered before they are encoded. */
export type PcmDither = Pick<DitherOptions, 'kind' | 'sampleRate' | 'seed'>;

export type PcmOutput = 's16le' | 's24le' | 'f32le';

const OUTPUT_BYTES: Readonly<Record<PcmOutput, number>> = { s16le: 2, s24le: 3, f32le: 4 };

/**
 * Turns planar floats into interleaved little-endian PCM. Integers: value times 2^(bits - 1), rounded half to even and
 * clamped; NaN becomes 0. Optional dither before, see `Dither`.
 */
export class PcmEncoder {
  readonly kernels: Kernels;
  readonly block: SampleBlock;
  readonly #output: PcmOutput;
  readonly #pointer: number;
  readonly #bytes: number;
  readonly #dither: Dither | undefined;

  /**
   * @param block holds the samples to encode; dither rounds them in it
   * @param dither none when left out
   * @throws DspError 'invalid-parameter' when dither is asked for floats
   */
  constructor(block: SampleBlock, output: PcmOutput, dither?: PcmDither) {
    this.kernels = block.kernels;
    this.block = block;
    this.#output = output;
    this.#bytes = OUTPUT_BYTES[output] * block.channelCount;
    this.#pointer = this.kernels.allocate(block.capacity * this.#bytes + 16);
    if (!dither) return;
    if (output === 'f32le') throw new DspError('invalid-parameter', 'dither is for integers; it was asked for f32le');
    const bits = output === 's16le' ? 16 : 24;
    this.#dither = new Dither(block.kernels, { ...dither, bits, channels: block.channelCount });
  }

  /** The block's frames as bytes: a view that is good until the next call. */
  encode(): Uint8Array {
    const { wasm } = this.kernels;
    const { frames, channelCount } = this.block;
    const source = this.block.pointer(0);
    const stride = channelCount > 1 ? this.block.pointer(1) - source : 0;
    this.#dither?.process(this.block);
    if (this.#output === 'f32le') wasm.pcmInterleave(source, stride, this.#pointer, frames, channelCount);
    else wasm.pcmEncode(source, stride, this.#pointer, frames, channelCount, OUTPUT_BYTES[this.#output]);
    return this.kernels.bytes(this.#pointer, frames * this.#bytes);
  }
}
