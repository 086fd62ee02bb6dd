import { type Key, keyOf, pitchClassOf } from '../theory/key.ts';
import type { PlannableTrack } from './set-plan.ts';

/** What the planner looks at in a track. Null is "not known", never a guess. */
export interface TrackFeatures {
  readonly key: Key | null;
  /** How sure the key is, 0 to 1; 0 when there is none. */
  readonly keyConfidence: number;
  readonly bpm: number | null;
  readonly meter: number | null;
  readonly energyLevel: number | null;
  readonly integratedLufs: number | null;
  /** Seconds that the track adds to a set once its ends are overlapped with its neighbours. */
  readonly setSeconds: number;
}

/** Length of a usual transition in beats (16 bars of four) and the most it may take of a track. */
const TRANSITION_BEATS = 64;
const TRANSITION_SHARE = 0.25;
/** A fade between tracks without a pulse. */
const FADE_SECONDS = 6;

export function featuresOf(track: PlannableTrack): TrackFeatures {
  const { tempo, key, energy, loudness } = track.analysis;
  const overlap = tempo.bpm === null ? FADE_SECONDS : (TRANSITION_BEATS * 60) / tempo.bpm;
  const pitchClass = key.tonic === null ? undefined : pitchClassOf(key.tonic);
  const known = pitchClass !== undefined && key.mode !== null ? keyOf(pitchClass, key.mode) : null;
  return {
    key: known,
    keyConfidence: known ? key.confidence : 0,
    bpm: tempo.bpm,
    meter: tempo.meter,
    energyLevel: energy.level,
    integratedLufs: loudness.integratedLufs,
    setSeconds: track.seconds - Math.min(overlap, track.seconds * TRANSITION_SHARE),
  };
}
