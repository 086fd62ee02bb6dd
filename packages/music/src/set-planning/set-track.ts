import type { TrackAnalysis } from '../analysis/track-analysis.ts';
import { type Key, keyOf, pitchClassOf } from '../theory/key.ts';
import { BLEND_BARS } from './cost/weights.data.ts';

/** Pieces that the time of a transition is looked at in. */
export const TRANSITION_PIECES = 8;

/** What one end of a track offers to a transition. */
export interface TrackEnd {
  /** 0 (nothing to blend over) to 1 (a whole phrase of 16 bars, at the track's usual level); null when not known. */
  readonly mixable: number | null;
  /** How likely somebody sings, 0 to 1, in each of `TRANSITION_PIECES` pieces of a usual transition; null when not known. */
  readonly vocals: readonly number[] | null;
}

/** What the planner knows of a track; null is "not known", never a guess. Small enough to keep 20,000 of. */
export interface SetTrack {
  /** Unique in the list. */
  readonly id: string;
  readonly title: string;
  readonly artist: string | null;
  /** Hash of the decoded sound; null when not known. */
  readonly sound: string | null;
  /** Length of the whole track, above 0. */
  readonly seconds: number;
  /** Seconds that it adds to a set once its ends are overlapped with its neighbours. */
  readonly setSeconds: number;
  readonly key: Key | null;
  /** 0 to 1; 0 when there is no key. */
  readonly keyConfidence: number;
  readonly bpm: number | null;
  /** 0 to 1; 0 when there is no tempo. */
  readonly tempoConfidence: number;
  readonly meter: number | null;
  /** 1 to 10 */
  readonly energyLevel: number | null;
  readonly integratedLufs: number | null;
  readonly embedding: { readonly model: string; readonly values: Float32Array } | null;
  /** How far `vocals` of both ends are to be trusted, 0 to 1. */
  readonly vocalConfidence: number;
  readonly intro: TrackEnd;
  readonly outro: TrackEnd;
}

/** A track as the library or the analysis knows it. */
export interface AnalysedTrack {
  readonly id: string;
  readonly title: string;
  readonly artist?: string | null;
  readonly audioHash?: string;
  readonly seconds: number;
  readonly analysis: TrackAnalysis;
}

/** Length of a usual transition in beats (16 bars of four) and the most it may take of a track. */
const TRANSITION_BEATS = 4 * BLEND_BARS;
const TRANSITION_SHARE = 0.25;
/** A fade between tracks without a pulse. */
const FADE_SECONDS = 6;
/** An end this much below the track's usual loudness is no ground to mix on any more; 3 LU below it still is. */
const QUIET_LU = 12;
const STILL_LOUD_LU = 3;

/** Seconds of a usual transition. */
function transitionSeconds(seconds: number, bpm: number | null): number {
  return Math.min(bpm === null ? FADE_SECONDS : (TRANSITION_BEATS * 60) / bpm, seconds * TRANSITION_SHARE);
}

/** Seconds that a track adds to a set. */
export function setTrackSeconds(seconds: number, bpm: number | null): number {
  return seconds - transitionSeconds(seconds, bpm);
}

/** The few facts of an analysis that planning a set needs: 1 kB of what may be 100. */
export function setTrackOf(track: AnalysedTrack): SetTrack {
  const { tempo, key, energy, loudness, structure, embedding } = track.analysis;
  const transition = transitionSeconds(track.seconds, tempo.bpm);
  const pitchClass = key.tonic === null ? undefined : pitchClassOf(key.tonic);
  const known = pitchClass !== undefined && key.mode !== null ? keyOf(pitchClass, key.mode) : null;
  const { introEnd, outroStart } = structure;
  // Where the renderer likes to blend: up to the end of an intro, from the start of an outro.
  const introFrom = introEnd === null ? 0 : Math.max(0, introEnd - transition);
  const outroFrom = Math.min(outroStart ?? Number.POSITIVE_INFINITY, track.seconds - transition);
  return {
    id: track.id,
    title: track.title,
    artist: track.artist ?? null,
    sound: track.audioHash ?? null,
    seconds: track.seconds,
    setSeconds: setTrackSeconds(track.seconds, tempo.bpm),
    key: known,
    keyConfidence: known ? key.confidence : 0,
    bpm: tempo.bpm,
    tempoConfidence: tempo.bpm === null ? 0 : tempo.confidence,
    meter: tempo.meter,
    energyLevel: energy.level,
    integratedLufs: loudness.integratedLufs,
    embedding: embedding && { model: embedding.model, values: Float32Array.from(embedding.values) },
    vocalConfidence: structure.vocals?.confidence ?? 0,
    intro: endOf(track.analysis, introEnd, introFrom, transition),
    outro: endOf(track.analysis, outroStart === null ? null : track.seconds - outroStart, outroFrom, transition),
  };
}

/** One end: how long it is without the rest of the track, and what sounds where a transition would lie. */
function endOf(analysis: TrackAnalysis, lone: number | null, from: number, seconds: number): TrackEnd {
  const { tempo, structure } = analysis;
  const pieces = Array.from({ length: TRANSITION_PIECES }, (_, piece) => from + (seconds * piece) / TRANSITION_PIECES);
  const pieceSeconds = seconds / TRANSITION_PIECES;
  const { vocals } = structure;
  return {
    mixable:
      lone === null || tempo.bpm === null
        ? null
        : Math.min(1, (lone * tempo.bpm) / 60 / (tempo.meter ?? 4) / BLEND_BARS) * loudShare(analysis, from, seconds),
    vocals: vocals ? pieces.map((start) => mean(vocals.values, vocals.hopSeconds, start, pieceSeconds)) : null,
  };
}

/** 1 where a stretch is as loud as the track usually is, down to 0 where it has faded out; 1 when not known. */
function loudShare({ loudness }: TrackAnalysis, from: number, seconds: number): number {
  const { curve, integratedLufs } = loudness;
  if (curve === undefined || integratedLufs === null) return 1;
  const powers = curve.hopLufs.map((lufs) => (lufs === null ? 0 : 10 ** (lufs / 10)));
  const relative = 10 * Math.log10(Math.max(1e-9, mean(powers, curve.hopSeconds, from, seconds))) - integratedLufs;
  return 1 - Math.min(1, Math.max(0, (-relative - STILL_LOUD_LU) / (QUIET_LU - STILL_LOUD_LU)));
}

/** Mean of the values that stand in a stretch of time; of the nearest one when none does. */
function mean(values: readonly number[], hopSeconds: number, from: number, seconds: number): number {
  const first = Math.max(0, Math.min(values.length - 1, Math.floor(from / hopSeconds)));
  const end = Math.max(first + 1, Math.min(values.length, Math.ceil((from + seconds) / hopSeconds)));
  let sum = 0;
  for (let at = first; at < end; at++) sum += values[at] ?? 0;
  return sum / (end - first);
}
