import type { SampleBlock } from '../block.ts';
import { DspError, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Bytes of a frame besides its samples, at most: header, subframe headers, coefficients, checks. */
const FRAME_OVERHEAD = 512;

/**
 * Encodes blocks of samples as FLAC frames (RFC 9639): fixed and linear prediction up to order 8, the four ways of
 * stereo, partitioned Rice codes. Lossless for the integers that the samples are rounded to.
 */
export class FlacEncoder {
  readonly #kernels: Kernels;
  readonly #block: SampleBlock;
  readonly #state: number;
  readonly #output: number;

  /**
   * @param block holds the samples; its capacity is the block size of the stream, 16 to 65535
   * @param bitsPerSample values are rounded half to even and clamped to integers of as many bits
   * @param sampleRate Hz, 1 to 655350
   * @throws DspError 'out-of-memory'; 'invalid-parameter' when a figure is outside the format's limits
   */
  constructor(block: SampleBlock, bitsPerSample: 16 | 24, sampleRate: number) {
    requireInteger('capacity of the block', block.capacity, 16, 65_535);
    requireInteger('channels', block.channelCount, 1, 8);
    requireInteger('sampleRate', sampleRate, 1, 655_350);
    this.#kernels = block.kernels;
    this.#block = block;
    this.#output = this.#kernels.allocate(
      Math.ceil((block.capacity * block.channelCount * (bitsPerSample + 1)) / 8) + FRAME_OVERHEAD,
    );
    this.#state = this.#kernels.wasm.flacEncoderCreate(block.capacity, block.channelCount, bitsPerSample, sampleRate);
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a FLAC encoder');
  }

  /** The block's frames as the next frame of the stream: a view that is good until the next call. */
  encode(): Uint8Array {
    const block = this.#block;
    const bytes = this.#kernels.wasm.flacEncodeFrame(
      this.#state,
      block.pointer(0),
      block.stride,
      block.frames,
      this.#output,
    );
    return this.#kernels.bytes(this.#output, bytes);
  }
}
