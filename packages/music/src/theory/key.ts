/** Names of the twelve pitch classes from C, as DJ software and tags spell them. */
export const PITCH_NAMES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'] as const;
export type PitchName = (typeof PITCH_NAMES)[number];
export type Mode = 'major' | 'minor';

/** A musical key. */
export interface Key {
  readonly tonic: PitchName;
  readonly mode: Mode;
}

const PITCH_CLASS_OF: Readonly<Record<string, number>> = {
  C: 0,
  'B#': 0,
  'C#': 1,
  Db: 1,
  D: 2,
  'D#': 3,
  Eb: 3,
  E: 4,
  Fb: 4,
  F: 5,
  'E#': 5,
  'F#': 6,
  Gb: 6,
  G: 7,
  'G#': 8,
  Ab: 8,
  A: 9,
  'A#': 10,
  Bb: 10,
  B: 11,
  Cb: 11,
};

/** Pitch class 0 (C) to 11 (B) of a note name with at most one sharp or flat; undefined when it is none. */
export function pitchClassOf(name: string): number | undefined {
  return PITCH_CLASS_OF[name];
}

/** The key on a pitch class, taken modulo 12. */
export function keyOf(pitchClass: number, mode: Mode): Key {
  return { tonic: PITCH_NAMES[((pitchClass % 12) + 12) % 12]!, mode };
}

/** Pitch class of a key's tonic. */
export function tonicOf(key: Key): number {
  return PITCH_NAMES.indexOf(key.tonic);
}

/** All 24 keys: the twelve major keys from C upwards, then the twelve minor ones. */
export const ALL_KEYS: readonly Key[] = (['major', 'minor'] as const).flatMap((mode) =>
  PITCH_NAMES.map((tonic): Key => ({ tonic, mode })),
);

/** Hours on the circle of fifths, 1 to 12: the number of the Camelot code. 8B is C major, 8A is A minor. */
function camelotHour(key: Key): number {
  const relativeMajor = key.mode === 'major' ? tonicOf(key) : tonicOf(key) + 3;
  return ((relativeMajor * 7 + 7) % 12) + 1;
}

/** Camelot code: "8A" for A minor, "8B" for C major. */
export function camelotOf(key: Key): string {
  return `${camelotHour(key)}${key.mode === 'minor' ? 'A' : 'B'}`;
}

/** Open Key code: "1m" for A minor, "1d" for C major. */
export function openKeyOf(key: Key): string {
  return `${((camelotHour(key) + 4) % 12) + 1}${key.mode === 'minor' ? 'm' : 'd'}`;
}

/** A key by all of its names. */
export interface NamedKey extends Key {
  readonly camelot: string;
  readonly openKey: string;
}

export function namedKey({ tonic, mode }: Key): NamedKey {
  return { tonic, mode, camelot: camelotOf({ tonic, mode }), openKey: openKeyOf({ tonic, mode }) };
}

/**
 * Steps between two keys on the Camelot wheel: 0 the same key, 1 a neighbour (a fifth up or down, or the relative key),
 * up to 7. A change of mode counts as one step.
 */
export function camelotDistance(a: Key, b: Key): number {
  const around = Math.abs(camelotHour(a) - camelotHour(b));
  return Math.min(around, 12 - around) + (a.mode === b.mode ? 0 : 1);
}
