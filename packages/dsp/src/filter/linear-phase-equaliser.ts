import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { type FilterBand, requireBand } from './band.ts';
import { MAXIMUM_BANDS } from './equaliser.ts';
import { designLinearPhase, type LinearPhaseDesign } from './linear-phase-design.ts';

export interface LinearPhaseEqualiserOptions {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** 1 to 16 */
  readonly bands: readonly FilterBand[];
  /** Seconds over which changed bands fade in, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * The magnitude of an `Equaliser` with all frequencies delayed alike, in place: from 20 Hz to 0.45 of the sample rate
 * within 0.1 dB of the closed form (`cascadeResponseDb`), down to 30 dB below its largest value; further down it is off by no
 * more than -45 dB of that value, since no filter of finite length follows a notch to the bottom. A filter whose impulse
 * response is symmetric, by overlap-save; it is as long as the bands need, and so is the latency: 3.5 times its length of
 * 1025 to 32769 frames (0.08 to 2.6 s at 44.1 kHz; 0.33 s with a high-pass at 30 Hz), 1.5 times one of 65537.
 * It sounds before a sound as long as after it: `preRingingSeconds` says how long. Narrow bands at low frequencies ring
 * longest; those that would need more than 65536 frames are refused.
 * Source: A. V. Oppenheim and R. W. Schafer, "Discrete-Time Signal Processing", sections 7.5 (windows) and 8.7.3
 * (overlap-save).
 */
export class LinearPhaseEqualiser {
  /** Frames by which the output is behind the input: half of the filter, and the frames that a transform waits for. */
  readonly latencyFrames: number;
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #state: number;
  #design: LinearPhaseDesign;

  /**
   * @throws DspError 'invalid-parameter' for what is out of its range, and for bands that ring for too long, 'out-of-memory'
   */
  constructor(kernels: Kernels, { sampleRate, channels, bands, rampSeconds = 0.02 }: LinearPhaseEqualiserOptions) {
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 8);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    requireBands(bands, sampleRate);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#design = designLinearPhase(kernels, bands, sampleRate);
    const { size, reach } = this.#design;
    this.#state = kernels.wasm.linearPhaseCreate(channels, size, reach, Math.round(rampSeconds * sampleRate));
    if (this.#state === 0) throw new DspError('out-of-memory', `no memory left for a filter of ${reach + 1} frames`);
    this.latencyFrames = size - reach + reach / 2;
    this.#hand();
    this.reset();
  }

  /** Largest deviation from the closed form, dB, where it is held. */
  get errorDb(): number {
    return this.#design.errorDb;
  }

  /**
   * Seconds that the filter sounds before a sound, as after it: what comes earlier is more than 60 dB below the largest
   * sample, whatever the signal.
   */
  get preRingingSeconds(): number {
    return this.#design.ringFrames / this.#sampleRate;
  }

  /**
   * Sends the equaliser to new bands, which fade in over `rampSeconds` from the next transform on; the latency stays. Takes
   * some hundredths of a second.
   * @throws DspError 'invalid-parameter', also when the bands ring for longer than the filter that was made is long
   */
  set({ bands }: { readonly bands: readonly FilterBand[] }): void {
    requireBands(bands, this.#sampleRate);
    this.#design = designLinearPhase(this.#kernels, bands, this.#sampleRate, this.#design.reach);
    this.#hand();
  }

  /** Forgets what was heard; bands that were on their way arrive. */
  reset(): void {
    this.#kernels.wasm.linearPhaseReset(this.#state);
  }

  /**
   * Filters a block in place. The first `latencyFrames` frames that come out are from before the signal.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.linearPhaseProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }

  /** Hands the response to the kernel. */
  #hand(): void {
    const mark = this.#kernels.mark();
    const { response } = this.#design;
    const pointer = this.#kernels.allocateFloats(response.length);
    this.#kernels.floats(pointer, response.length).set(response);
    this.#kernels.wasm.linearPhaseSet(this.#state, pointer);
    this.#kernels.release(mark);
  }
}

function requireBands(bands: readonly FilterBand[], sampleRate: number): void {
  requireInteger('bands.length', bands.length, 1, MAXIMUM_BANDS);
  for (const band of bands) requireBand(band, sampleRate);
}
