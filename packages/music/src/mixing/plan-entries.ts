import type { AutomationPoint } from './automation.ts';
import type { MixEffect } from './effects/effect-schema.ts';
import type { Joint } from './joint.ts';
import type { TrackLevels } from './lay-tracks.ts';
import { gainReason, placeReason } from './mix-reasons.ts';
import type { PlacedTrack } from './placed-track.ts';
import type { MixPlanTrack, MixTransition } from './plan-schema.ts';
import { simplifyMap, sourceSecondsAt, speedAt, type TimePoint } from './time-map.ts';
import type { Join } from './transitions/join-tracks.ts';
import { isOnPhraseBorder } from './transitions/phrase-borders.ts';

/** A point of a time map may be dropped when the mix moves by no more than this. */
const MAP_TOLERANCE_SECONDS = 20e-6;

/** A placed track as the plan writes it. */
export function planTrack(
  placed: PlacedTrack,
  levels: TrackLevels,
  joints: readonly Joint[],
  index: number,
  rate: number,
): MixPlanTrack {
  const { prepared, map, glideEnd, start, end } = placed;
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
    keyShift: joints[index - 1]?.keyShift ?? 0,
    start: from,
    end: to,
    cueIn: decimals(cueIn, 9),
    cueOut: decimals(cueOut, 9),
    timeMap: within.map(({ mix, source }) => ({ mix: decimals(mix, 9), source: decimals(source, 9) })),
    level: tidy(levels.level),
    low: tidy(levels.low),
    mid: [],
    high: [],
    effects: plannedEffects(joints[index]?.outEffects ?? [], from, to),
    reason: `${placeReason(placed, joints[index - 1], joints[index], cueIn, cueOut)}; ${gainReason(prepared)}`,
  };
}

/** A join as the plan writes it. */
export function planTransition(out: PlacedTrack, incoming: PlacedTrack, join: Join, index: number): MixTransition {
  const { joint } = join;
  const matched = joint.kind === 'beat-matched';
  return {
    from: index,
    to: index + 1,
    kind: joint.kind,
    technique: join.technique,
    start: decimals(Math.max(0, joint.span.start), 6),
    end: decimals(joint.span.end, 6),
    bars: join.bars,
    bpm: matched ? decimals(mixTempo(joint), 3) : null,
    stretch: matched ? decimals(speedAt(joint.map, joint.start), 5) : null,
    glideBars: joint.glideBars ?? null,
    bassSwap: joint.bassSwap === null ? null : decimals(joint.bassSwap, 6),
    phrases: {
      out: isOnPhraseBorder(out.prepared, joint.cueOut),
      incoming: isOnPhraseBorder(incoming.prepared, joint.cueIn),
    },
    score: join.score,
    reason: join.reason,
    alternatives: join.alternatives.map((other) => ({ ...other, start: decimals(Math.max(0, other.start), 6) })),
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

/** Effects within what is heard of their track. */
function plannedEffects(effects: readonly MixEffect[], from: number, to: number): MixEffect[] {
  return effects.map((effect) => ({
    ...effect,
    start: Math.max(from, decimals(effect.start, 6)),
    end: Math.min(to, decimals(effect.end, 6)),
  }));
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

/** The nearest frame, in seconds. */
export function onFrame(seconds: number, rate: number): number {
  return Math.max(0, Math.round(seconds * rate) / rate);
}

function decimals(value: number, digits: number): number {
  const rounded = Math.round(value * 10 ** digits) / 10 ** digits;
  return rounded === 0 ? 0 : rounded;
}
