import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

export interface IsolatorOptions {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** Crossover between low and middle, Hz, 20 to `highHz`; 200 when left out */
  readonly lowHz?: number;
  /** Crossover between middle and high, Hz, `lowHz` to 0.45 times the sample rate; 2500 when left out */
  readonly highHz?: number;
}

/** Linear gains of the low, middle and high band; 0 removes a band. */
export type BandGains = readonly [low: number, middle: number, high: number];

/**
 * Three bands with gains of their own, as on a DJ mixer, in place. Crossovers are Linkwitz-Riley filters of fourth order
 * (24 dB an octave, -6 dB at the crossover), so the bands are in phase with each other and their sum is flat.
 *
 * Latency is zero, but the phase turns: with all gains at 1 the output is the input behind two second-order all-passes,
 * not the input itself. So an isolator stays in the path for as long as the sound plays; one that is switched in or out
 * on the way makes a small jump.
 *
 * A gain of 0 removes its band altogether, down to the slopes of its neighbours. Gains are given with each block, at its beginning
 * and its end, so a knob that is turned between blocks is a ramp over the next one and does not click; no memory is taken
 * meanwhile, so all this may be done in an AudioWorklet.
 * Source: S. P. Lipshitz and J. Vanderkooy, "In-phase crossover network design", JAES 34 (1986).
 */
export class ThreeBandIsolator {
  readonly #kernels: Kernels;
  readonly #channels: number;
  readonly #state: number;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, { sampleRate, channels, lowHz = 200, highHz = 2500 }: IsolatorOptions) {
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 8);
    requireInRange('highHz', highHz, 20, 0.45 * sampleRate);
    requireInRange('lowHz', lowHz, 20, highHz);
    this.#kernels = kernels;
    this.#channels = channels;
    this.#state = kernels.wasm.isolatorCreate(sampleRate, channels, lowHz, highHz);
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for an isolator');
  }

  /** Forgets what was heard. */
  reset(): void {
    this.#kernels.wasm.isolatorReset(this.#state);
  }

  /**
   * Filters a block in place. Gains move linearly: sample i has `from + (to - from) * i / frames`, so blocks join
   * without a step when one's `to` is the next one's `from`.
   * @param from gains at the first sample, -16 to 16
   * @param to gains that the sample after the last one would have; those of `from` when left out
   * @throws DspError 'invalid-parameter'
   */
  process(block: SampleBlock, from: BandGains, to: BandGains = from): void {
    requireBlock(block, this.#channels);
    for (let band = 0; band < 3; band++) {
      requireInRange('gain', from[band]!, -16, 16);
      requireInRange('gain', to[band]!, -16, 16);
    }
    const { frames } = block;
    if (frames === 0) return;
    this.#kernels.wasm.isolatorProcess(
      this.#state,
      block.pointer(0),
      block.stride,
      frames,
      from[0],
      from[1],
      from[2],
      (to[0] - from[0]) / frames,
      (to[1] - from[1]) / frames,
      (to[2] - from[2]) / frames,
    );
  }
}
