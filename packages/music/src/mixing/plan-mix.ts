import { type AutomationPoint, bassLevels, jointLevels, type PlacedTrack } from './automation.ts';
import { type Joint, joinTracks } from './joint.ts';
import { gainReason, placeReason, transitionReason } from './mix-reasons.ts';
import { type MixableTrack, type PreparedTrack, prepareTrack } from './mix-track.ts';
import { MixingError } from './mixing-error.ts';
import { type LaidTrack, MAXIMUM_STRETCH } from './overlap.ts';
import { LONGEST_MIX_SECONDS, type MixPlan, type MixPlanTrack, type MixTransition } from './plan-schema.ts';
import { gainTo, loudnessTarget } from './target-loudness.ts';
import { freeTempo } from './tempo-follow.ts';
import { mixSecondsAt, simplifyMap, sourceSecondsAt, speedAt, type TimePoint } from './time-map.ts';

export interface MixOptions {
  /**
   * 'follow' (unless told): each track comes in at the tempo that is playing and glides to its own. A number: all are
   * held at that many beats per minute, 20 to 400, or half or double of it.
   */
  readonly tempo?: 'follow' | number;
  /** Of the mix, Hz; 44,100 unless told. */
  readonly sampleRate?: 44_100 | 48_000;
  /** Loudness that each track is brought to, -60 to 0 LUFS; by the tracks' peaks unless told. */
  readonly targetLufs?: number;
  /** True-peak ceiling, -24 to 0 dBTP; -1 unless told. */
  readonly ceilingDb?: number;
}

const USUAL_CEILING_DB = -1;
const LOOKAHEAD_SECONDS = 0.005;
const RELEASE_SECONDS = 0.15;
/** Kick and bass below, voices and snares above; hats and air on top. */
const LOW_HZ = 200;
const HIGH_HZ = 2500;
/** A point of a time map may be dropped when the mix moves by no more than this. */
const MAP_TOLERANCE_SECONDS = 20e-6;
/** Fade at an end of the mix that lies within the sound. */
const EDGE_SECONDS = 0.005;

/**
 * Plans a mix of tracks in the order given.
 * Stages: common loudness -> for each pair: the best overlap, or why there is none -> map of time -> gains and bass.
 * @param tracks at least 1; the same one may come twice
 * @returns a plan that `parseMixPlan` accepts; the same for the same tracks and options
 * @throws MixingError 'invalid-option'
 */
export function planMix(tracks: readonly MixableTrack[], options: MixOptions = {}): MixPlan {
  const { tempo = 'follow', sampleRate = 44_100, ceilingDb = USUAL_CEILING_DB } = options;
  check(tracks, options);
  const target =
    options.targetLufs === undefined
      ? loudnessTarget(tracks, ceilingDb)
      : { lufs: options.targetLufs, reason: `${options.targetLufs} LUFS as asked for` };
  const warnings: string[] = [];
  const prepared = tracks.map((track) => {
    const gainDb = gainTo(target.lufs, track.analysis.loudness.integratedLufs);
    return prepareTrack(track, gainDb, heldTempo(track, tempo, warnings));
  });
  const { placed, joints } = layTracks(prepared, sampleRate);
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
      lowHz: LOW_HZ,
      highHz: HIGH_HZ,
      reason: target.reason,
    },
    tracks: placed.map((track, index) => planTrack(track, levels[index]!, joints, index, sampleRate)),
    transitions: joints.map((joint, index) => planTransition(placed[index]!, placed[index + 1]!, joint, index)),
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
  const { tempo = 'follow', sampleRate = 44_100, targetLufs = -14, ceilingDb = -1 } = options;
  if (tempo !== 'follow' && !(tempo >= 20 && tempo <= 400))
    refuse(`tempo is ${tempo}; it must be 'follow' or between 20 and 400`);
  if (sampleRate !== 44_100 && sampleRate !== 48_000) refuse(`sampleRate is ${sampleRate}; it must be 44100 or 48000`);
  if (!(targetLufs >= -60 && targetLufs <= 0)) refuse(`targetLufs is ${targetLufs}; it must be between -60 and 0`);
  if (!(ceilingDb >= -24 && ceilingDb <= 0)) refuse(`ceilingDb is ${ceilingDb}; it must be between -24 and 0`);
  for (const { title, seconds } of tracks) {
    if (!(seconds >= 0.001 && seconds <= LONGEST_MIX_SECONDS))
      refuse(`"${title}" has ${seconds} seconds; a track has between 0.001 and ${LONGEST_MIX_SECONDS}`);
  }
}

/** The tempo a track is held at in a mix of one tempo: that, its half or its double, if it can be stretched so far. */
function heldTempo({ title, analysis }: MixableTrack, tempo: 'follow' | number, warnings: string[]): number | null {
  const { bpm } = analysis.tempo;
  if (tempo === 'follow' || bpm === null) return null;
  const held = [tempo, tempo / 2, tempo * 2].reduce((best, option) =>
    Math.abs(Math.log(option / bpm)) < Math.abs(Math.log(best / bpm)) ? option : best,
  );
  if (Math.abs(held / bpm - 1) <= MAXIMUM_STRETCH) return held;
  warnings.push(
    `"${title}" plays at its own ${bpm.toFixed(1)} BPM: ${tempo} BPM is more than ${100 * MAXIMUM_STRETCH} % away`,
  );
  return null;
}

/** Lays the tracks one after the other: each joint fixes the map of the track that comes in. */
function layTracks(prepared: readonly PreparedTrack[], rate: number): { placed: PlacedTrack[]; joints: Joint[] } {
  const [first, ...rest] = prepared;
  const cueIn = Math.floor(first!.soundStart * rate) / rate;
  const map = freeTempo(first!, { mix: 0, source: cueIn }, rate);
  let laid: LaidTrack = { prepared: first!, map, cueIn, inEnd: cueIn, glideEnd: cueIn };
  let start = 0;
  const placed: PlacedTrack[] = [];
  const joints: Joint[] = [];
  for (const incoming of rest) {
    const joint = joinTracks(laid, incoming, rate);
    placed.push({ prepared: laid.prepared, map: laid.map, glideEnd: laid.glideEnd, start, end: joint.end });
    joints.push(joint);
    start = mixSecondsAt(joint.map, Math.max(0, joint.cueIn));
    laid = { prepared: incoming, map: joint.map, cueIn: joint.cueIn, inEnd: joint.inEnd, glideEnd: joint.glideEnd };
  }
  const end = mixSecondsAt(laid.map, laid.prepared.track.seconds);
  placed.push({ prepared: laid.prepared, map: laid.map, glideEnd: laid.glideEnd, start, end });
  return { placed, joints };
}

interface TrackLevels {
  readonly level: readonly AutomationPoint[];
  readonly low: readonly AutomationPoint[];
}

function drawLevels(placed: readonly PlacedTrack[], joints: readonly Joint[], targetLufs: number): TrackLevels[] {
  const levels = placed.map(() => ({ level: [] as AutomationPoint[], low: [] as AutomationPoint[] }));
  const first = placed[0]!;
  if (sourceSecondsAt(first.map, first.start) > 0) {
    levels[0]!.level.push({ at: 0, gain: 0 }, { at: EDGE_SECONDS, gain: 1 });
  }
  joints.forEach((joint, index) => {
    const out = placed[index]!;
    const incoming = placed[index + 1]!;
    const bass = bassLevels(joint);
    const alone = {
      before: joint.start - (joints[index - 1]?.end ?? out.start),
      after: (joints[index + 1]?.start ?? incoming.end) - joint.end,
    };
    const drawn = jointLevels(out, incoming, joint, bass, targetLufs, alone);
    levels[index]!.level.push(...drawn.out);
    levels[index]!.low.push(...bass.out);
    levels[index + 1]!.level.push(...drawn.incoming);
    levels[index + 1]!.low.push(...bass.incoming);
  });
  return levels;
}

function planTrack(
  { prepared, map, glideEnd, start, end }: PlacedTrack,
  levels: TrackLevels,
  joints: readonly Joint[],
  index: number,
  rate: number,
): MixPlanTrack {
  const { track, gainDb } = prepared;
  const from = onFrame(start, rate);
  const to = onFrame(end, rate);
  const within = trimmed(map, from, to, glideEnd);
  const cueIn = Math.max(0, sourceSecondsAt(within, from));
  const cueOut = Math.min(track.seconds, sourceSecondsAt(within, to));
  const { tempo, key } = track.analysis;
  return {
    id: track.id,
    title: track.title,
    path: track.path,
    audioHash: track.audioHash,
    seconds: track.seconds,
    bpm: tempo.bpm,
    camelot: key.camelot,
    gainDb,
    start: from,
    end: to,
    cueIn: decimals(cueIn, 9),
    cueOut: decimals(cueOut, 9),
    timeMap: within.map(({ mix, source }) => ({ mix: decimals(mix, 9), source: decimals(source, 9) })),
    level: tidy(levels.level),
    low: tidy(levels.low),
    mid: [],
    high: [],
    reason: `${placeReason(prepared, joints[index - 1], joints[index], cueIn, cueOut)}; ${gainReason(prepared)}`,
  };
}

function planTransition(out: PlacedTrack, incoming: PlacedTrack, joint: Joint, index: number): MixTransition {
  const matched = joint.kind === 'beat-matched';
  return {
    from: index,
    to: index + 1,
    kind: joint.kind,
    start: decimals(Math.max(0, joint.start), 6),
    end: decimals(joint.end, 6),
    bars: joint.overlap?.bars ?? null,
    bpm: matched ? decimals(mixTempo(joint), 3) : null,
    stretch: matched ? decimals(speedAt(joint.map, joint.start), 5) : null,
    glideBars: joint.glideBars ?? null,
    bassSwap: joint.bassSwap === null ? null : decimals(joint.bassSwap, 6),
    reason: transitionReason(out.prepared, incoming.prepared, joint),
  };
}

/** Beats per minute of the shared pulse over the first bar. */
function mixTempo({ pulses, overlap }: Joint): number {
  const bar = overlap!.pulses / overlap!.bars;
  return (60 * bar) / (pulses![bar]!.mix - pulses![0]!.mix);
}

/** The part of a map that is heard, with few points; where the track's own tempo begins again stays one of them. */
function trimmed(map: readonly TimePoint[], start: number, end: number, glideEnd: number): TimePoint[] {
  const at = (mix: number): TimePoint => ({ mix, source: sourceSecondsAt(map, mix) });
  const inside = map.filter(({ mix }) => mix > start + 1e-6 && mix < end - 1e-6);
  const own = inside.findIndex(({ source }) => source >= glideEnd);
  if (own < 0) return simplifyMap([at(start), ...inside, at(end)], MAP_TOLERANCE_SECONDS);
  const forced = simplifyMap([at(start), ...inside.slice(0, own + 1)], MAP_TOLERANCE_SECONDS);
  return [...forced, ...simplifyMap([...inside.slice(own), at(end)], MAP_TOLERANCE_SECONDS).slice(1)];
}

/** Rounds for reading and drops points that fall together. */
function tidy(points: readonly AutomationPoint[]): AutomationPoint[] {
  const kept: AutomationPoint[] = [];
  for (const { at, gain } of points) {
    const point = { at: decimals(at, 6), gain: decimals(gain, 6) };
    const before = kept.at(-1);
    if (before && point.at <= before.at) kept[kept.length - 1] = { at: before.at, gain: point.gain };
    else kept.push(point);
  }
  return kept;
}

function onFrame(seconds: number, rate: number): number {
  return Math.max(0, Math.round(seconds * rate) / rate);
}

function decimals(value: number, digits: number): number {
  const rounded = Math.round(value * 10 ** digits) / 10 ** digits;
  return rounded === 0 ? 0 : rounded;
}
