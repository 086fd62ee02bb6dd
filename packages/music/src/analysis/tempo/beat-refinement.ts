/** How far from its place on a grid the onset of a beat is looked for, and from where it was tracked, in seconds. */
const REACH_SECONDS = 0.04;
const SNAP_SECONDS = 0.025;
/** Onsets further than this from the fitted grid, in seconds, count less and less (Huber). */
const HUBER_SECONDS = 0.01;
const ROUNDS = 4;

/** A grid of beats at one tempo: beat k at `origin` + k * `period`, in frames. */
export interface Grid {
  readonly period: number;
  readonly origin: number;
}

/** Place and height of the highest peak of a curve near a place, by a parabola through three frames; null where none is. */
function peakNear(curve: Float32Array, place: number, reach: number): { place: number; height: number } | null {
  const first = Math.max(1, Math.round(place - reach));
  const last = Math.min(curve.length - 2, Math.round(place + reach));
  let best = -1;
  for (let i = first; i <= last; i++) {
    if (curve[i]! > curve[i - 1]! && curve[i]! >= curve[i + 1]! && (best < 0 || curve[i]! > curve[best]!)) best = i;
  }
  if (best < 0) return null;
  const [left, height, right] = [curve[best - 1]!, curve[best]!, curve[best + 1]!];
  return { place: best + (0.5 * (left - right)) / (left - 2 * height + right), height };
}

/** Moves each beat onto the onset next to it, where there is one. */
export function snapBeats(onset: Float32Array, frameRate: number, beats: Float64Array): Float64Array {
  return beats.map((beat) => peakNear(onset, beat, SNAP_SECONDS * frameRate)?.place ?? beat);
}

/**
 * Fits period and origin to the onsets next to the beats of a grid: least squares weighted by onset strength, with
 * Huber's weights against stray onsets. Stays with the grid given when there are too few onsets to fit to.
 */
export function fitGrid(onset: Float32Array, frameRate: number, grid: Grid, beats: number): Grid {
  const reach = REACH_SECONDS * frameRate;
  const huber = HUBER_SECONDS * frameRate;
  let { period, origin } = grid;
  for (let round = 0; round < ROUNDS; round++) {
    let [w, wk, wkk, wt, wkt, found] = [0, 0, 0, 0, 0, 0];
    for (let k = 0; k < beats; k++) {
      const expected = origin + k * period;
      const peak = peakNear(onset, expected, reach);
      if (!peak) continue;
      const off = Math.abs(peak.place - expected);
      const weight = peak.height * Math.min(1, huber / Math.max(off, 1e-9));
      w += weight;
      wk += weight * k;
      wkk += weight * k * k;
      wt += weight * peak.place;
      wkt += weight * k * peak.place;
      found++;
    }
    const determinant = w * wkk - wk * wk;
    if (found < 4 || determinant <= 1e-9 * w * wkk) break;
    period = (w * wkt - wk * wt) / determinant;
    origin = (wt - period * wk) / w;
  }
  return { period, origin };
}
