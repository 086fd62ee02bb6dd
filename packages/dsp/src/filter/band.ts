import { requireInRange } from '../errors.ts';

/** Shapes of a filter band, in the order of the kernel's numbers. */
export const BAND_SHAPES = ['low-pass', 'high-pass', 'band-pass', 'notch', 'peak', 'low-shelf', 'high-shelf'] as const;

export type BandShape = (typeof BAND_SHAPES)[number];

/**
 * One second-order filter. `q` is the resonance: the gain at the corner of a low-pass or high-pass (0.7071 is
 * Butterworth), and the middle over the bandwidth of the others.
 */
export interface FilterBand {
  readonly shape: BandShape;
  /** Corner or middle, Hz: 5 to 0.49 times the sample rate. For shelves, where half of the gain (in dB) is reached. */
  readonly frequencyHz: number;
  /** 0.05 to 50 */
  readonly q: number;
  /** -40 to 40; of peaks and shelves only */
  readonly gainDb?: number;
}

/** @throws DspError 'invalid-parameter' naming what is out of its range */
export function requireBand(band: FilterBand, sampleRate: number): void {
  requireInRange('frequencyHz', band.frequencyHz, 5, 0.49 * sampleRate);
  requireInRange('q', band.q, 0.05, 50);
  requireInRange('gainDb', band.gainDb ?? 0, -40, 40);
}
