import { STEM_KINDS, type StemKind } from '../stem-kinds.ts';
import { kindByName } from './name-hint.ts';
import { STEM_MODEL } from './stem-model.data.ts';
import { likelihoods, normalised, type StemModel } from './stem-model.ts';
import type { StemSound } from './stem-sound.ts';

/** What a stem was taken for, and why. */
export interface RecognisedStem {
  readonly kind: StemKind;
  /** 0 to 1; of sound and name together. */
  readonly confidence: number;
  /** What the sound alone says. */
  readonly bySound: { readonly kind: StemKind; readonly confidence: number };
  /** What the name alone says; null when nothing. */
  readonly byName: StemKind | null;
  /** Which of them was followed; a person who said what it is always is. */
  readonly followed: 'sound' | 'name' | 'both' | 'user';
  readonly reason: string;
}

/**
 * How far a name is believed: so many names in a hundred that speak of a kind are right. A name is then worth as much as a
 * sound that is twenty times as likely of that kind as of each other; a sound that is surer overrules it.
 */
const NAMES_RIGHT = 0.8;

export interface RecogniseOptions {
  /** The name of the file: a hint. */
  readonly name: string;
  /** What a person said that it is. */
  readonly told?: StemKind | undefined;
  /** The one in use when absent. */
  readonly model?: StemModel | undefined;
}

/** Says what a stem is, by its sound and its name. */
export function recogniseStem(sound: StemSound, { name, told, model = STEM_MODEL }: RecogniseOptions): RecognisedStem {
  const heard = likelihoods(sound, model);
  const byName = kindByName(name);
  const others = (1 - NAMES_RIGHT) / (STEM_KINDS.length - 1);
  const together = normalised(
    STEM_KINDS.map((kind) => heard[kind] * (byName === null ? 1 : kind === byName ? NAMES_RIGHT : others)),
  );
  const soundKind = likeliest(heard);
  const bySound = { kind: soundKind, confidence: heard[soundKind] };
  if (told !== undefined) {
    const reason = `it was said to be ${told}; it sounds like ${soundKind} (${Math.round(100 * heard[soundKind])} %)`;
    return { kind: told, confidence: 1, bySound, byName, followed: 'user', reason };
  }
  const kind = likeliest(together);
  const followed = kind === byName ? (kind === soundKind ? 'both' : 'name') : 'sound';
  return {
    kind,
    confidence: together[kind],
    ...{ bySound, byName, followed },
    reason: reasonOf(sound, { soundKind, sure: heard[soundKind], byName, followed }),
  };
}

function likeliest(shares: Readonly<Record<StemKind, number>>): StemKind {
  return STEM_KINDS.reduce((best, kind) => (shares[kind] > shares[best] ? kind : best));
}

function reasonOf(
  sound: StemSound,
  told: { soundKind: StemKind; sure: number; byName: StemKind | null; followed: RecognisedStem['followed'] },
): string {
  const { soundKind, sure, byName, followed } = told;
  const percent = `${Math.round(100 * sure)} %`;
  const figures =
    `${Math.round(100 * sound.lowShare)} % of it lies below 150 Hz, flatness ${sound.flatness.toFixed(2)}, partials ${sound.partials.toFixed(1)}, ` +
    `${sound.onsetsPerSecond.toFixed(1)} onsets a second, singing ${Math.round(100 * sound.singing)} %`;
  if (byName === null) return `it sounds like ${soundKind} (${percent}) and its name says nothing: ${figures}`;
  if (followed === 'both') return `it sounds like ${soundKind} (${percent}), as its name says: ${figures}`;
  const verdict =
    followed === 'name'
      ? `the name is followed, since the sound is not sure enough to overrule it`
      : `the sound is followed, since it is surer than names are (${Math.round(100 * NAMES_RIGHT)} %)`;
  return `it sounds like ${soundKind} (${percent}) and its name says ${byName}: ${verdict}; ${figures}`;
}
