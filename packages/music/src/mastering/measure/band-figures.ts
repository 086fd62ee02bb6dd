import type { BandLevelsResult } from '@tutti/dsp';
import { correlationOf, type MidSidePowers, widthOf } from '../../analysis/timbre/stereo-image.ts';
import type { MasterMeasurement } from '../measurement-schema.ts';

/** A band this far under the whole is not heard: what is in it is the noise of the format. */
const INAUDIBLE = 1e-9;
const SILENCE = 1e-12;
/** Mean square of a full-scale sine. */
const FULL_SCALE = 0.5;

/** Mean squares of mid and side and of their product, of a band or, without one, of all columns together. */
export function midAndSide({ whole, columns }: BandLevelsResult, band?: number): MidSidePowers {
  const sum = (values: Float32Array) =>
    band === undefined ? values.subarray(0, columns).reduce((total, value) => total + value, 0) : values[band]!;
  const [left, right, product] = [sum(whole.left), sum(whole.right), sum(whole.product)];
  const half = (left + right) / 4;
  return {
    mid: Math.max(0, half + product / 2),
    side: Math.max(0, half - product / 2),
    product: (left - right) / 4,
  };
}

/** Share of side and correlation of left and right; null where nothing is heard. */
export function imageFigures(powers: MidSidePowers): Pick<MasterMeasurement, 'width' | 'correlation'> {
  if (powers.mid + powers.side <= SILENCE) return { width: null, correlation: null };
  return { width: widthOf(powers), correlation: correlationOf(powers) };
}

/** What each third octave is like over the whole song. */
export function bandFigures(result: BandLevelsResult): MasterMeasurement['bands'] {
  const { bands, channels, perHop, hops, columns } = result;
  const all = midAndSide(result);
  const audible = Math.max(SILENCE, INAUDIBLE * (all.mid + all.side));
  return bands.map(({ nominalHz }, band) => {
    const powers = midAndSide(result, band);
    const mean = powers.mid + powers.side;
    if (mean <= audible) {
      return { frequencyHz: nominalHz, levelDb: null, crestDb: null, width: null, correlation: null };
    }
    const { left, right } = perHop;
    let loudest = 0;
    for (let at = band; at < hops * columns; at += columns) {
      const power = (left[at]! + right[at]!) / 2;
      if (power > loudest) loudest = power;
    }
    return {
      frequencyHz: nominalHz,
      levelDb: 10 * Math.log10(mean / FULL_SCALE),
      crestDb: Math.max(0, 10 * Math.log10(loudest / mean)),
      ...(channels === 2 ? imageFigures(powers) : { width: null, correlation: null }),
    };
  });
}
