import { ALL_KEYS, camelotOf, type Key } from '../../theory/key.ts';
import { BOOST_POINTS, MINOR_TO_MAJOR_POINTS, SAME_MODE_POINTS } from './weights.data.ts';

/** Hours clockwise on the Camelot wheel from one key to another, 0 to 11. */
export function hoursBetween(from: Key, to: Key): number {
  return (Number.parseInt(camelotOf(to), 10) - Number.parseInt(camelotOf(from), 10) + 12) % 12;
}

/** Points for a change between two keys that are known, where the energy goes up and where it does not. */
export function keyChangePoints(from: Key, to: Key, energyRises: boolean): number {
  const hours = hoursBetween(from, to);
  if (from.mode === to.mode) return (energyRises ? BOOST_POINTS[hours] : undefined) ?? SAME_MODE_POINTS[hours]!;
  return MINOR_TO_MAJOR_POINTS[from.mode === 'minor' ? hours : (12 - hours) % 12]!;
}

const KEYS = ALL_KEYS.length;

/** A key as a number, 0 to 23; -1 when it is not known. */
export function keyNumber(key: Key | null): number {
  return key === null ? -1 : ALL_KEYS.findIndex(({ tonic, mode }) => tonic === key.tonic && mode === key.mode);
}

const changes = (energyRises: boolean) =>
  Float64Array.from({ length: KEYS * KEYS }, (_, at) =>
    keyChangePoints(ALL_KEYS[Math.floor(at / KEYS)]!, ALL_KEYS[at % KEYS]!, energyRises),
  );
const LEVEL = changes(false);
const RISING = changes(true);

/** `keyChangePoints` by the keys' numbers, neither of them -1. */
export function keyNumberPoints(from: number, to: number, energyRises: boolean): number {
  return (energyRises ? RISING : LEVEL)[from * KEYS + to]!;
}
