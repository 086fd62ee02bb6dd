import type { BandLevelsResult } from '@tutti/dsp';

/** Power of a stem in third octaves, by the tenth of a second. */
export interface BandPowersOverTime {
  /** Nominal middles, from low to high. */
  readonly bandsHz: readonly number[];
  readonly hops: number;
  /** [hops][bands] mean square of left and right together. */
  readonly values: Float32Array;
}

/** Tenths of a second that one row stands for. */
export const HOPS_PER_ROW = 4;
/** Seconds of a row: as long as a gating block of loudness. */
export const ROW_SECONDS = 0.4;

/** Keeps of the levels of a song what is needed to compare stems: 0.4 s at a time. */
export function bandPowers({ bands, columns, perHop, hops: tenths }: BandLevelsResult): BandPowersOverTime {
  const hops = Math.ceil(tenths / HOPS_PER_ROW);
  const values = new Float32Array(hops * bands.length);
  for (let tenth = 0; tenth < tenths; tenth++) {
    const row = Math.floor(tenth / HOPS_PER_ROW) * bands.length;
    for (let band = 0; band < bands.length; band++) {
      const at = tenth * columns + band;
      values[row + band]! += (perHop.left[at]! + perHop.right[at]!) / HOPS_PER_ROW;
    }
  }
  return { bandsHz: bands.map(({ nominalHz }) => nominalHz), hops, values };
}
