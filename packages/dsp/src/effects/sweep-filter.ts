import type { SampleBlock } from '../block.ts';
import { requireInRange } from '../errors.ts';
import type { FilterBand } from '../filter/band.ts';
import { Equaliser } from '../filter/equaliser.ts';
import type { Kernels } from '../kernels.ts';

/** What may change while the filter is heard. */
export interface SweepFilterSettings {
  /** -1 (low-pass closed) by 0 (the sound as it is) to 1 (high-pass closed) */
  readonly sweep: number;
  /** Gain at the corner, dB: -6 (none) to 12 */
  readonly resonanceDb: number;
}

export interface SweepFilterOptions extends SweepFilterSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** Seconds that changed settings take to arrive, 0.001 to 1; 0.01 when left out */
  readonly rampSeconds?: number;
}

const LOWEST_HZ = 20;
const HIGHEST_HZ = 20_000;

/**
 * The two bands in a row, 24 dB an octave, that a sweep stands for. Corners move evenly in octaves: of the low-pass down from
 * 20 kHz, or 0.45 times the sample rate when that is less, to 20 Hz, of the high-pass the other way. Each band has half
 * of the resonance.
 * @param side which filter's end a sweep of 0 stands at, by the sign of the sweep before it
 */
export function sweepBand(sweep: number, resonanceDb: number, sampleRate: number, side = sweep): FilterBand {
  const octaves = Math.log2(Math.min(HIGHEST_HZ, 0.45 * sampleRate) / LOWEST_HZ);
  const moved = octaves * Math.abs(sweep);
  const frequencyHz = LOWEST_HZ * 2 ** (side < 0 ? octaves - moved : moved);
  const q = 10 ** (resonanceDb / 40);
  if (sweep === 0) return { shape: 'peak', frequencyHz, q, gainDb: 0 };
  return { shape: sweep < 0 ? 'low-pass' : 'high-pass', frequencyHz, q };
}

/**
 * The filter of a DJ mixer on one knob, in place and without latency: low-pass to the left, high-pass to the right, and
 * bit by bit the input in the middle. It is two bands of the `Equaliser`, state-variable filters whose coefficients glide, so
 * a knob may be turned anyhow: whatever the path, their states do not grow (see there).
 *
 * The resonance is bounded: at 12 dB, the largest gain at any frequency is 12.6 dB.
 * Channels do not touch each other. Settings are changed and blocks processed without any allocation in the kernels' memory, so
 * both may be done in an AudioWorklet.
 */
export class SweepFilter {
  readonly latencyFrames = 0;
  readonly #sampleRate: number;
  readonly #filters: Equaliser;
  #settings: SweepFilterSettings;
  #side: number;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, { sampleRate, channels, sweep, resonanceDb, rampSeconds }: SweepFilterOptions) {
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    const flat = sweepBand(0, 0, sampleRate);
    this.#sampleRate = sampleRate;
    this.#settings = { sweep, resonanceDb };
    this.#side = sweep;
    const options = { sampleRate, channels, bands: [flat, flat] };
    this.#filters = new Equaliser(kernels, rampSeconds === undefined ? options : { ...options, rampSeconds });
    this.set({});
    this.reset();
  }

  /**
   * Turns the knobs; the filter follows within `rampSeconds` of the next blocks.
   * @throws DspError 'invalid-parameter'
   */
  set(settings: Partial<SweepFilterSettings>): void {
    const { sweep, resonanceDb } = { ...this.#settings, ...settings };
    requireInRange('sweep', sweep, -1, 1);
    requireInRange('resonanceDb', resonanceDb, -6, 12);
    this.#settings = { sweep, resonanceDb };
    if (sweep !== 0) this.#side = sweep;
    const band = sweepBand(sweep, resonanceDb, this.#sampleRate, this.#side);
    this.#filters.setBand(0, band);
    this.#filters.setBand(1, band);
  }

  /** Forgets what was heard; settings that were on their way arrive. */
  reset(): void {
    this.#filters.reset();
  }

  /** Filters a block in place. @throws DspError 'invalid-parameter' on another number of channels, NaN or infinity */
  process(block: SampleBlock): void {
    this.#filters.process(block);
  }
}
