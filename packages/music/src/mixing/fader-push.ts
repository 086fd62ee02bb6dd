/** How far the level may be corrected before faders are pushed up, and at most. */
const EASY_CORRECTION_DB = 3;
export const MOST_CORRECTION_DB = 6;

/** A value of the outgoing and of the incoming track. */
export type Pair = readonly [out: number, incoming: number];

export const factor = (db: number) => 10 ** (db / 20);
export const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value));

const sumOf = (gains: Pair, powers: Pair) => Math.max(1e-9, powers[0] * gains[0] ** 2 + powers[1] * gains[1] ** 2);

/**
 * Gains that make the sum of two tracks louder by `db` than a crossfade's faders do: both alike by up to 3 dB, then both
 * faders pushed up towards 1, then both alike again, by 6 dB in all; quieter, both alike by up to 6 dB.
 * @param faders 0 to 1
 * @param powers of the tracks at gain 1
 * @param reach how far each fader may be pushed, 0 to 1: less than 1 near the moment where it has to be down
 */
export function pushed(faders: Pair, powers: Pair, db: number, reach: Pair): Pair {
  const wanted = sumOf(faders, powers) * 10 ** (db / 10);
  const tops: Pair = [faders[0] + reach[0] * (1 - faders[0]), faders[1] + reach[1] * (1 - faders[1])];
  const push = pushFor(faders, tops, powers, wanted / 10 ** (EASY_CORRECTION_DB / 10));
  const along = (side: 0 | 1) => faders[side] + push * (tops[side] - faders[side]);
  const gains: Pair = [along(0), along(1)];
  const level = factor(clamp(10 * Math.log10(wanted / sumOf(gains, powers)), MOST_CORRECTION_DB));
  return [level * gains[0], level * gains[1]];
}

/** How far along from `faders` to `tops` the sum of powers reaches `wanted`: 0 not at all, 1 fully. */
function pushFor(faders: Pair, tops: Pair, powers: Pair, wanted: number): number {
  const sum = (term: (side: 0 | 1) => number) => powers[0] * term(0) + powers[1] * term(1);
  const way = (side: 0 | 1) => tops[side] - faders[side];
  // The sum is a quadratic of the push: powers * (fader + push * way)^2.
  const squared = sum((side) => way(side) ** 2);
  const linear = 2 * sum((side) => faders[side] * way(side));
  const constant = sum((side) => faders[side] ** 2) - wanted;
  if (constant >= 0 || squared === 0) return 0;
  if (squared + linear + constant <= 0) return 1;
  return (-linear + Math.sqrt(linear ** 2 - 4 * squared * constant)) / (2 * squared);
}
