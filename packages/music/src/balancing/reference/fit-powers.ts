import type { BandPowersOverTime } from '../listen/band-powers.ts';

/** A sound as a sum of others. */
export interface FittedPowers {
  /** [stems] what the power of each is multiplied with, 0 or more. */
  readonly weights: readonly number[];
  /** Share of what is heard, 0 to 1, that the sum explains. */
  readonly explained: number;
}

const ROUNDS = 200;
/** What a power is counted against at least, as a share of the mean: what is nearly silent says little. */
const LEAST_SHARE = 0.01;
/** Products that are added up at most: of many stems every second, third and so on row is looked at. */
const MOST_PRODUCTS = 8e6;

/**
 * Finds the gains with which stems add up to a sound, from powers of third octaves every 0.4 s: stems are different sounds,
 * whose powers add up. Weighted least squares with weights of 0 or more, coordinate by coordinate; a cell counts by one over
 * its power, so that loud bands do not decide alone.
 */
export function fitPowers(sound: BandPowersOverTime, parts: readonly BandPowersOverTime[]): FittedPowers {
  const bands = Math.min(sound.bandsHz.length, ...parts.map(({ bandsHz }) => bandsHz.length));
  const width = sound.bandsHz.length;
  const mean = sound.values.reduce((sum, value) => sum + value, 0) / Math.max(1, sound.values.length);
  if (!(mean > 0)) return { weights: parts.map(() => 0), explained: 0 };
  const gram = parts.map(() => new Float64Array(parts.length));
  const right = new Float64Array(parts.length);
  const perRow = bands * parts.length * (parts.length + 1) * 0.5;
  const stride = Math.max(1, Math.ceil((sound.hops * perRow) / MOST_PRODUCTS));
  let square = 0;
  const cell = new Float64Array(parts.length);
  for (let hop = 0; hop < sound.hops; hop += stride) {
    for (let band = 0; band < bands; band++) {
      const power = sound.values[hop * width + band]!;
      const weight = 1 / (power + LEAST_SHARE * mean);
      parts.forEach(({ values, bandsHz, hops }, i) => {
        cell[i] = hop < hops ? values[hop * bandsHz.length + band]! : 0;
      });
      square += weight * power * power;
      for (let i = 0; i < parts.length; i++) {
        if (cell[i] === 0) continue;
        right[i]! += weight * cell[i]! * power;
        for (let j = 0; j <= i; j++) gram[i]![j]! += weight * cell[i]! * cell[j]!;
      }
    }
  }
  for (let i = 0; i < parts.length; i++) for (let j = 0; j < i; j++) gram[j]![i] = gram[i]![j]!;
  const weights = notNegative(gram, right);
  const left = weights.reduce(
    (sum, weight, i) => sum + weight * (gram[i]!.reduce((a, value, j) => a + value * weights[j]!, 0) - 2 * right[i]!),
    square,
  );
  return { weights, explained: Math.max(0, 1 - left / square) };
}

/** Least squares with solutions of 0 or more, by coordinate descent. */
function notNegative(gram: readonly Float64Array[], right: Float64Array): number[] {
  const weights = new Array<number>(right.length).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < weights.length; i++) {
      const row = gram[i]!;
      if (row[i]! <= 0) continue;
      let rest = right[i]!;
      for (let j = 0; j < weights.length; j++) if (j !== i) rest -= row[j]! * weights[j]!;
      weights[i] = Math.max(0, rest / row[i]!);
    }
  }
  return weights;
}
