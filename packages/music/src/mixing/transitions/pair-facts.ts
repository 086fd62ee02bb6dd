import { keyChangePoints } from '../../set-planning/cost/key-points.ts';
import { foldedOctaves } from '../../set-planning/cost/tempo-points.ts';
import { type Key, keyOf, tonicOf } from '../../theory/key.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { mixSecondsAt } from '../time-map.ts';
import { type LaidTrack, leavingBpm } from './laid-track.ts';
import { MAXIMUM_STRETCH } from './why-not-matched.ts';

/** A key and how sure it is, 0 to 1. */
export interface HeardKey {
  readonly key: Key;
  readonly confidence: number;
}

/** The key around a moment of a track, shifted as the track is; null where nothing is pitched, as in a break of drums. */
export function keyAround({ track }: PreparedTrack, seconds: number, keyShift: number): HeardKey | null {
  const { tonic, mode, confidence, sections } = track.analysis.key;
  if (tonic === null || mode === null) return null;
  const local = sections?.find(({ start, end }) => seconds >= start && seconds < end);
  const key: Key = local ?? { tonic, mode };
  return { key: shiftedKey(key, keyShift), confidence: local?.confidence ?? confidence };
}

export function shiftedKey(key: Key, semitones: number): Key {
  return keyOf(tonicOf(key) + Math.round(semitones), key.mode);
}

/** How badly two keys clash, 0 to 1, as far as they are sure. */
export function keyClash(from: HeardKey | null, to: HeardKey | null, energyRises: boolean): number {
  if (from === null || to === null) return 0;
  return Math.min(from.confidence, to.confidence) * keyChangePoints(from.key, to.key, energyRises);
}

/** How likely somebody sings at a moment, 0 to 1, as far as that is sure; 0 where it is not known, and outside the track. */
export function singingAt({ track }: PreparedTrack, seconds: number): number {
  const { vocals } = track.analysis.structure;
  return (vocals?.values[Math.floor(seconds / vocals.hopSeconds)] ?? 0) * (vocals?.confidence ?? 0);
}

/** How likely a voice sings through a moment, so that it would be cut there. */
export function singingThrough(prepared: PreparedTrack, seconds: number): number {
  const hop = prepared.track.analysis.structure.vocals?.hopSeconds ?? 1;
  return Math.min(singingAt(prepared, seconds - 0.75 * hop), singingAt(prepared, seconds + 0.75 * hop));
}

/** How likely a track is sung, over all of it. */
export function sungShare({ track }: PreparedTrack): number {
  const { vocals } = track.analysis.structure;
  if (vocals === undefined || vocals.values.length === 0) return 0;
  return (vocals.confidence * vocals.values.reduce((sum, value) => sum + value, 0)) / vocals.values.length;
}

/** Levels of energy up (or, below 0, down) from one track to the next; 0 where not known. */
export function energyStep(out: PreparedTrack, incoming: PreparedTrack): number {
  const from = out.track.analysis.energy.level;
  const to = incoming.track.analysis.energy.level;
  return from === null || to === null ? 0 : to - from;
}

/** How sudden the change of tempo is where both play at their own: 0 to 1, at half and double tempo as little as at the same. */
export function tempoJump(out: LaidTrack, incoming: PreparedTrack): number {
  const from = leavingBpm(out);
  const to = incoming.heldBpm?.(mixSecondsAt(out.map, out.prepared.soundEnd)) ?? incoming.track.analysis.tempo.bpm;
  if (from === null || to === null || out.prepared.grid?.meter !== incoming.grid?.meter) return 1;
  return Math.min(1, Math.abs(foldedOctaves(Math.log2(to / from))) / Math.log2(1 + MAXIMUM_STRETCH));
}
