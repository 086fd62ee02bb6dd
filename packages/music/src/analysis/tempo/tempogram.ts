import type { RhythmCurves } from './rhythm-curves.ts';

const HOP_SECONDS = 1;
const WINDOW_SECONDS = 8;
const LONGEST_LAG_SECONDS = 3.2;

/** How alike the pulse curve is to itself some time later, around each moment. */
export interface Tempogram {
  readonly frameRate: number;
  readonly hopFrames: number;
  readonly columns: number;
  readonly lags: number;
  /** [columns][lags], lag in frames; lag 0 is 1 wherever there is any onset */
  readonly values: Float32Array;
  /** [lags] mean over all columns */
  readonly mean: Float32Array;
}

/**
 * Autocorrelation of the pulse curve in Hann windows of 8 s every second, divided by its value at lag 0.
 * Products are summed once per hop and the hops weighted together, so overlapping windows cost nothing.
 */
export function tempogramOf({ pulse, frameRate }: RhythmCurves): Tempogram {
  const hopFrames = Math.round(HOP_SECONDS * frameRate);
  const lags = Math.round(LONGEST_LAG_SECONDS * frameRate) + 1;
  const columns = Math.max(1, Math.ceil(pulse.length / hopFrames));
  const sums = productSums(pulse, hopFrames, columns, lags);
  const radius = Math.round(WINDOW_SECONDS / HOP_SECONDS / 2);
  const values = new Float32Array(columns * lags);
  const mean = new Float32Array(lags);
  for (let column = 0; column < columns; column++) {
    const row = values.subarray(column * lags, (column + 1) * lags);
    for (let k = -radius; k <= radius; k++) {
      const source = (column + k) * lags;
      if (source < 0 || source >= sums.length) continue;
      const weight = 0.5 + 0.5 * Math.cos((Math.PI * k) / (radius + 1));
      for (let lag = 0; lag < lags; lag++) row[lag] = row[lag]! + weight * sums[source + lag]!;
    }
    const scale = row[0]! > 0 ? 1 / row[0]! : 0;
    for (let lag = 0; lag < lags; lag++) {
      const value = row[lag]! * scale;
      row[lag] = value;
      mean[lag] = mean[lag]! + value / columns;
    }
  }
  return { frameRate, hopFrames, columns, lags, values, mean };
}

/** [columns][lags] sums of x[t] x[t - lag] over the t of one hop; four lags in one pass, as loads cost more than sums. */
function productSums(x: Float32Array, hopFrames: number, columns: number, lags: number): Float32Array {
  const sums = new Float32Array(columns * lags);
  // Silence before the start, so that no lag reaches out of the curve.
  const padded = new Float32Array(x.length + lags + 3);
  const start = lags + 3;
  padded.set(x, start);
  for (let column = 0; column < columns; column++) {
    const from = column * hopFrames;
    const to = Math.min(x.length, from + hopFrames);
    for (let lag = 0; lag < lags; lag += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let t = from + start, past = t - lag; t < to + start; t++, past++) {
        const value = padded[t]!;
        a += value * padded[past]!;
        b += value * padded[past - 1]!;
        c += value * padded[past - 2]!;
        d += value * padded[past - 3]!;
      }
      const row = column * lags + lag;
      sums[row] = a;
      if (lag + 1 < lags) sums[row + 1] = b;
      if (lag + 2 < lags) sums[row + 2] = c;
      if (lag + 3 < lags) sums[row + 3] = d;
    }
  }
  return sums;
}

/** A row of lags (values[offset + lag]) at a lag between two frames; 0 beyond the longest. */
export function atLag(values: Float32Array, offset: number, lags: number, lag: number): number {
  const below = Math.floor(lag);
  if (below + 1 >= lags) return 0;
  const part = lag - below;
  return values[offset + below]! * (1 - part) + values[offset + below + 1]! * part;
}
