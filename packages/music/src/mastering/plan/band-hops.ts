import type { BandLevelsResult } from '@tutti/dsp';
import type { MasterMeasurement } from '../measurement-schema.ts';

/** Mean square of all channels in the third octaves with their middles from one frequency up to another, each 0.1 s. */
export function bandHops(
  { bands, columns, perHop, hops }: BandLevelsResult,
  fromHz: number,
  toHz: number,
): Float64Array {
  const members = bands.flatMap(({ middleHz }, band) => (middleHz >= fromHz && middleHz < toHz ? [band] : []));
  return Float64Array.from({ length: hops }, (_, hop) =>
    members.reduce((sum, band) => {
      const at = hop * columns + band;
      return sum + (perHop.left[at]! + perHop.right[at]!) / 2;
    }, 0),
  );
}

const SILENCE_DB = -60;

/** Power of the whole in each tenth of a second, and those in which there is sound. */
export function hopsWithSound(bands: BandLevelsResult): { readonly whole: Float64Array; readonly sounding: number[] } {
  const whole = bandHops(bands, 0, Number.POSITIVE_INFINITY);
  return { whole, sounding: hopsOverSilence(whole) };
}

/** Tenths of a second that are louder than silence. */
export function hopsOverSilence(powers: Float64Array): number[] {
  return Array.from(powers.keys()).filter((hop) => powerDb(powers[hop]!) > SILENCE_DB);
}

/** What lies below the lowest third octave, 18 Hz: the power of the constant offset, and of the rest. */
export function powerBelow(
  { bands, whole }: BandLevelsResult,
  { dcOffset }: Pick<MasterMeasurement, 'dcOffset'>,
): { readonly constant: number; readonly moving: number } {
  const column = bands.length;
  const constant = dcOffset.reduce((sum, mean) => sum + mean * mean, 0) / dcOffset.length;
  return { constant, moving: Math.max(0, (whole.left[column]! + whole.right[column]!) / 2 - constant) };
}

/** The value that a share of the values is below; 0 for none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export function powerDb(power: number): number {
  return 10 * Math.log10(Math.max(power, 1e-20));
}
