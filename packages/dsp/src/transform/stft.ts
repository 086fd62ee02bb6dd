import type { SampleBlock } from '../block.ts';
import { DspError, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Reads or changes the spectrum of a frame: size / 2 + 1 interleaved pairs (re, im), valid during the call only. */
export type SpectrumVisitor = (spectrum: Float32Array, frame: number) => void;

/**
 * Short-time Fourier transform of one channel, there and back. Frame k covers the samples from (k + 1) hop - size up to
 * (k + 1) hop, under the square root of a Hann window; the changed frames come back under the same window and are added.
 * A visitor that changes nothing leaves the signal as it was, `size` samples later (error below -120 dB).
 * Source: D. Griffin and J. Lim, "Signal estimation from modified short-time Fourier transform", 1984.
 */
export class Stft {
  readonly size: number;
  readonly hop: number;
  /** size / 2 + 1, from 0 Hz to half the sample rate. */
  readonly bins: number;
  readonly #kernels: Kernels;
  readonly #state: number;
  #frame = 0;

  /**
   * @param shape.size samples of a frame, a power of two from 32 to 262144
   * @param shape.hop samples between frames: size / 2, / 4, / 8 or / 16, at least 4
   * @throws DspError 'invalid-parameter' on any other size or hop, 'out-of-memory' when the arena is full
   */
  constructor(kernels: Kernels, { size, hop }: { size: number; hop: number }) {
    requireInteger('log2 of size', Math.log2(size), 5, 18);
    if (![2, 4, 8, 16].includes(size / hop) || hop < 4) {
      throw new DspError('invalid-parameter', `hop is ${hop}; it must be size / 2, / 4, / 8 or / 16, and at least 4`);
    }
    this.#kernels = kernels;
    this.size = size;
    this.hop = hop;
    this.bins = size / 2 + 1;
    this.#state = kernels.wasm.stftCreate(size, hop);
    if (this.#state === 0) throw new DspError('out-of-memory', `no memory left for frames of ${size} samples`);
  }

  /**
   * Replaces the samples of a channel by finished ones, `size` samples older, and shows each completed frame to `visit`,
   * which must not allocate kernel memory. When it throws, the stream starts anew.
   */
  process(block: SampleBlock, channel: number, visit: SpectrumVisitor): void {
    requireInteger('channel', channel, 0, block.channelCount - 1);
    const { wasm } = this.#kernels;
    for (let done = 0; done < block.frames; ) {
      const taken = wasm.stftPush(this.#state, block.pointer(channel) + done * 4, block.frames - done);
      done += Math.abs(taken);
      if (taken > 0) continue;
      try {
        visit(this.#kernels.floats(wasm.stftSpectrum(this.#state), this.bins * 2), this.#frame);
      } catch (error) {
        this.reset();
        throw error;
      }
      this.#frame += 1;
      wasm.stftResume(this.#state);
    }
  }

  /** Forgets all samples; the next frame is frame 0. */
  reset(): void {
    this.#kernels.wasm.stftReset(this.#state);
    this.#frame = 0;
  }
}
