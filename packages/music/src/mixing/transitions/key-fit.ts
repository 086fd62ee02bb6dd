import type { PreparedTrack } from '../mix-track.ts';
import { type HeardKey, keyAround, keyClash, sungShare } from './pair-facts.ts';
import {
  HARMONIC_POINTS,
  KEY_POINTS,
  KEY_SHIFT_POINTS,
  MOST_SHIFTED_STRETCH,
  SHIFTED_VOICE_POINTS,
  SURE_KEY,
} from './techniques.data.ts';

/** How a pair of keys is heard: by how much the incoming track is shifted, and what clash and shift cost. */
export interface KeyFit {
  /** Semitones, -1 to 1. */
  readonly keyShift: number;
  readonly clashPoints: number;
  readonly shiftPoints: number;
}

/** What two tracks are to each other where one gives way to the other. */
export interface KeyMeeting {
  readonly from: HeardKey | null;
  readonly incoming: PreparedTrack;
  /** Moment of the incoming track. */
  readonly inSeconds: number;
  /** Speed of the incoming track. */
  readonly speed: number;
  readonly energyRises: boolean;
}

/**
 * Shifts the incoming track by a semitone where that makes two keys harmonic that clash, both are sure, and it gains more than
 * a track away from its pitch costs. Shift and stretch together stay in the range that the stretch is made for: a shift up plays the
 * source faster, and the stretch has to slow it down by as much again.
 * @param heard how much of a clash is heard, 0 or more
 */
export function fitKeys({ from, incoming, inSeconds, speed, energyRises }: KeyMeeting, heard: number): KeyFit {
  const own = keyAround(incoming, inSeconds, 0);
  const plain = { keyShift: 0, clashPoints: KEY_POINTS * heard * keyClash(from, own, energyRises), shiftPoints: 0 };
  if (from === null || own === null || Math.min(from.confidence, own.confidence) < SURE_KEY) return plain;
  const sure = Math.min(from.confidence, own.confidence);
  const shiftPoints = KEY_SHIFT_POINTS + SHIFTED_VOICE_POINTS * sungShare(incoming);
  const shifted = ([-1, 1] as const).flatMap((keyShift): KeyFit[] => {
    const stretch = speed / 2 ** (keyShift / 12);
    const clash = keyClash(from, keyAround(incoming, inSeconds, keyShift), false);
    if (clash > HARMONIC_POINTS * sure + 1e-9 || Math.abs(stretch - 1) > MOST_SHIFTED_STRETCH) return [];
    return [{ keyShift, clashPoints: KEY_POINTS * heard * clash, shiftPoints }];
  });
  const total = (fit: KeyFit) => fit.clashPoints + fit.shiftPoints;
  return shifted.reduce((best, fit) => (total(fit) < total(best) ? fit : best), plain);
}
