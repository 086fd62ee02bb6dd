import { LOW_BAND_HZ } from '../analysis/loudness/loud-shares.ts';
import { setTrackSeconds } from '../set-planning/set-track.ts';
import { heldTempo, type MixTempo, type TrackPlace } from './held-tempo.ts';
import { drawLevels, layTracks } from './lay-tracks.ts';
import { LONGEST_MIX_SECONDS } from './mix-limits.ts';
import { type MixableTrack, prepareTrack } from './mix-track.ts';
import { MixingError } from './mixing-error.ts';
import { onFrame, planTrack, planTransition } from './plan-entries.ts';
import type { MixPlan } from './plan-schema.ts';
import { gainTo, loudnessTarget } from './target-loudness.ts';
import { checkWishes, type JoinWish } from './transitions/join-wish.ts';

export interface MixOptions {
  /** 'follow' unless told; tempi from 20 to 400 BPM. */
  readonly tempo?: MixTempo;
  /** Of the mix, Hz; 44,100 unless told. */
  readonly sampleRate?: 44_100 | 48_000;
  /** Loudness that each track is brought to, -60 to 0 LUFS; by the tracks' peaks unless told. */
  readonly targetLufs?: number;
  /** What is asked of each transition, by its index; what is not named is chosen. */
  readonly joins?: readonly (JoinWish | undefined)[];
  /** True-peak ceiling, -24 to 0 dBTP; -1 unless told. */
  readonly ceilingDb?: number;
}

const USUAL_RATE = 44_100;
const USUAL_CEILING_DB = -1;
/** A course of tempo over the mix is laid so often: lengths then change by less than what is heard. */
const TEMPO_ROUNDS = 3;
const LOOKAHEAD_SECONDS = 0.01;
const RELEASE_SECONDS = 0.02;
/** Voices and snares below, hats and air on top. */
const HIGH_HZ = 2500;

/**
 * Plans a mix of tracks in the order given.
 * Stages: common loudness -> for each pair: the best overlap, or why there is none -> map of time -> gains and bass.
 * @param tracks at least 1; the same one may come twice
 * @returns a plan that `parseMixPlan` accepts; the same for the same tracks and options
 * @throws MixingError 'invalid-option'
 */
export function planMix(tracks: readonly MixableTrack[], options: MixOptions = {}): MixPlan {
  const { tempo = 'follow', sampleRate = USUAL_RATE, ceilingDb = USUAL_CEILING_DB } = options;
  check(tracks, options);
  const target =
    options.targetLufs === undefined
      ? loudnessTarget(tracks, ceilingDb)
      : { lufs: options.targetLufs, reason: `${options.targetLufs} LUFS as asked for` };
  const { placed, joins, warnings } = layInTempo(tracks, target.lufs, options);
  const joints = joins.map(({ joint }) => joint);
  const levels = drawLevels(placed, joints, target.lufs);
  const plan: MixPlan = {
    schema: 'tutti.mix-plan/1',
    sampleRate,
    seconds: onFrame(
      placed.reduce((latest, { end }) => Math.max(latest, end), 0),
      sampleRate,
    ),
    tempo,
    master: {
      targetLufs: target.lufs,
      ceilingDb,
      lookaheadSeconds: LOOKAHEAD_SECONDS,
      releaseSeconds: RELEASE_SECONDS,
      lowHz: LOW_BAND_HZ,
      highHz: HIGH_HZ,
      reason: target.reason,
    },
    tracks: placed.map((track, index) => planTrack(track, levels[index]!, joints, index, sampleRate)),
    transitions: joins.map((join, index) => planTransition(placed[index]!, placed[index + 1]!, join, index)),
    warnings,
  };
  if (plan.seconds > LONGEST_MIX_SECONDS)
    throw new MixingError('invalid-option', `the mix would last ${plan.seconds} s; the most is ${LONGEST_MIX_SECONDS}`);
  return plan;
}

function check(tracks: readonly MixableTrack[], options: MixOptions): void {
  const refuse = (message: string): never => {
    throw new MixingError('invalid-option', message);
  };
  if (tracks.length === 0 || tracks.length > 10_000)
    refuse(`${tracks.length} tracks cannot be mixed; it takes 1 to 10000`);
  const { tempo = 'follow', sampleRate = USUAL_RATE, targetLufs = -14, ceilingDb = -1 } = options;
  checkTempo(tempo, refuse);
  if (sampleRate !== 44_100 && sampleRate !== 48_000) refuse(`sampleRate is ${sampleRate}; it must be 44100 or 48000`);
  if (!(targetLufs >= -60 && targetLufs <= 0)) refuse(`targetLufs is ${targetLufs}; it must be between -60 and 0`);
  if (!(ceilingDb >= -24 && ceilingDb <= 0)) refuse(`ceilingDb is ${ceilingDb}; it must be between -24 and 0`);
  for (const { title, seconds } of tracks) {
    if (!(seconds >= 0.001 && seconds <= LONGEST_MIX_SECONDS))
      refuse(`"${title}" has ${seconds} seconds; a track has between 0.001 and ${LONGEST_MIX_SECONDS}`);
  }
  checkWishes(
    options.joins ?? [],
    tracks.map(({ seconds }) => seconds),
  );
}

function checkTempo(tempo: MixTempo, refuse: (message: string) => never): void {
  if (typeof tempo !== 'object') {
    if (tempo !== 'follow' && !(tempo >= 20 && tempo <= 400))
      refuse(`tempo is ${tempo}; it must be 'follow' or between 20 and 400`);
    return;
  }
  if (tempo.length === 0) refuse('tempo has no points; a course of it has at least 1');
  tempo.forEach(({ at, value }, index) => {
    if (!(at >= 0 && at <= 1)) refuse(`tempo[${index}].at is ${at}; it must be between 0 and 1`);
    if (!(value >= 20 && value <= 400)) refuse(`tempo[${index}].value is ${value}; it must be between 20 and 400`);
  });
}

/**
 * Lays the tracks at the tempo that is asked for. Where that moves, it has to be known where in the mix each track lies before it can be
 * laid: first that is guessed, then taken from how they lie.
 */
function layInTempo(tracks: readonly MixableTrack[], lufs: number, options: MixOptions) {
  const { tempo = 'follow', sampleRate = USUAL_RATE, joins = [] } = options;
  let places = guessedPlaces(tracks);
  for (let round = 1; ; round++) {
    const warnings: string[] = [];
    const prepared = tracks.map((track, index) => {
      const gainDb = gainTo(lufs, track.analysis.loudness.integratedLufs);
      return prepareTrack(track, gainDb, heldTempo(track, tempo, places[index]!, warnings));
    });
    const laid = layTracks(prepared, sampleRate, joins);
    if (typeof tempo !== 'object' || round === TEMPO_ROUNDS) return { ...laid, warnings };
    const totalSeconds = laid.placed.reduce((latest, { end }) => Math.max(latest, end), 0);
    places = laid.placed.map(({ start, end }) => ({ start, end, totalSeconds }));
  }
}

function guessedPlaces(tracks: readonly MixableTrack[]): TrackPlace[] {
  const added = tracks.map(({ seconds, analysis }) => setTrackSeconds(seconds, analysis.tempo.bpm));
  const last = tracks.at(-1)!.seconds - added.at(-1)!;
  const totalSeconds = added.reduce((sum, seconds) => sum + seconds, last);
  let start = 0;
  return tracks.map(({ seconds }, index) => {
    const place = { start, end: start + seconds, totalSeconds };
    start += added[index]!;
    return place;
  });
}
