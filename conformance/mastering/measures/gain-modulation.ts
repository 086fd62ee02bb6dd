import { hann, transform } from './fourier.ts';

/** Changes of gain between these rates are heard as pumping: slower ones as a fader, faster ones as roughness. */
const SLOWEST_HZ = 0.5;
const FASTEST_HZ = 20;
const SEGMENT_SECONDS = 8;
/** Power in dB^2 that is no more than rounding. */
const NOTHING = 1e-20;

export interface GainModulation {
  /** Root mean square of the gain's changes between 0.5 and 20 Hz, dB. */
  readonly rmsDb: number;
  /** Centre of these changes' power, Hz; null when there are none. */
  readonly rateHz: number | null;
  /** From the 5th to the 95th percentile of the gain, dB. */
  readonly spreadDb: number;
}

/**
 * How much and how fast a gain moves.
 * Stages: Hann windows of about 8 s at half overlap, each without its mean -> power spectrum -> mean over the windows (P.
 * Welch, "The use of fast Fourier transform for the estimation of power spectra", 1967) -> sum from 0.5 to 20 Hz.
 */
export function gainModulation(gainsDb: Float64Array, framesPerSecond: number): GainModulation {
  if (gainsDb.length < 2) return { rmsDb: 0, rateHz: null, spreadDb: 0 };
  let length = 2;
  while (2 * length <= gainsDb.length && length < SEGMENT_SECONDS * framesPerSecond) length *= 2;
  const window = hann(length);
  const windowPower = window.reduce((sum, value) => sum + value * value, 0);
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  let power = 0;
  let moment = 0;
  let segments = 0;
  for (let from = 0; from + length <= gainsDb.length; from += length / 2) {
    let mean = 0;
    for (let i = 0; i < length; i++) mean += (2 * window[i]! * gainsDb[from + i]!) / length;
    for (let i = 0; i < length; i++) real[i] = window[i]! * (gainsDb[from + i]! - mean);
    imaginary.fill(0);
    transform(real, imaginary);
    segments += 1;
    for (let k = 1; k < length / 2; k++) {
      const rate = (k * framesPerSecond) / length;
      if (rate < SLOWEST_HZ || rate > FASTEST_HZ) continue;
      const share = (2 * (real[k]! ** 2 + imaginary[k]! ** 2)) / (length * windowPower);
      power += share;
      moment += share * rate;
    }
  }
  const sorted = gainsDb.toSorted();
  const percentile = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return {
    rmsDb: Math.sqrt(power / segments),
    rateHz: power > NOTHING ? moment / power : null,
    spreadDb: percentile(0.95) - percentile(0.05),
  };
}
