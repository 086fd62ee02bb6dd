import type { BarFeatures } from './bar-features.ts';

/** Bars on each side that are compared. */
const RADIUS = 8;
/** Deviation of the Gaussian that makes bars far from the border count less, in bars. */
const TAPER = 4;

/**
 * How new each bar is: likeness among the bars before and among those after it, less that between both sides.
 * Stages: self-similarity (e to minus the distance over its mean) -> checkerboard kernel along the diagonal, tapered.
 * Source: J. Foote, "Automatic audio segmentation using a measure of audio novelty", ICME 2000.
 * @returns [bars], 0 to about 1; 0 at the first bar
 */
export function noveltyOf({ bars, dimensions, values }: BarFeatures): Float64Array {
  const likeness = similarity(values, bars, dimensions);
  const taper = Float64Array.from({ length: RADIUS }, (_, i) => Math.exp(-0.5 * ((i + 0.5) / TAPER) ** 2));
  const novelty = new Float64Array(bars);
  for (let bar = 1; bar < bars; bar++) {
    let within = 0;
    let withinWeight = 0;
    let across = 0;
    let acrossWeight = 0;
    for (let i = 0; i < RADIUS; i++) {
      for (let j = 0; j < RADIUS; j++) {
        const weight = taper[i]! * taper[j]!;
        const [beforeI, beforeJ] = [bar - 1 - i, bar - 1 - j];
        const [afterI, afterJ] = [bar + i, bar + j];
        if (beforeI >= 0 && beforeJ >= 0) {
          within += weight * likeness[beforeI * bars + beforeJ]!;
          withinWeight += weight;
        }
        if (afterI < bars && afterJ < bars) {
          within += weight * likeness[afterI * bars + afterJ]!;
          withinWeight += weight;
        }
        if (beforeI >= 0 && afterJ < bars) {
          across += weight * likeness[beforeI * bars + afterJ]!;
          acrossWeight += weight;
        }
      }
    }
    // Near the ends there is less to compare, and a border there is worth less.
    const share = Math.min(1, (Math.min(bar, bars - bar) * 2) / RADIUS);
    novelty[bar] = share * Math.max(0, within / withinWeight - across / acrossWeight);
  }
  return novelty;
}

function similarity(values: Float32Array, bars: number, dimensions: number): Float64Array {
  const distances = new Float64Array(bars * bars);
  let total = 0;
  for (let i = 0; i < bars; i++) {
    for (let j = Math.max(0, i - 2 * RADIUS); j < i; j++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) {
        const difference = values[i * dimensions + d]! - values[j * dimensions + d]!;
        sum += difference * difference;
      }
      const distance = Math.sqrt(sum / dimensions);
      distances[i * bars + j] = distance;
      distances[j * bars + i] = distance;
      total += distance;
    }
  }
  const pairs = distances.reduce((count, distance) => count + (distance > 0 ? 1 : 0), 0) / 2;
  const mean = pairs > 0 ? total / pairs : 1;
  return distances.map((distance) => Math.exp(-distance / mean));
}
