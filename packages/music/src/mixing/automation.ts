import type { Joint } from './joint.ts';
import type { PreparedTrack } from './mix-track.ts';
import { sourceSecondsAt, type TimeMap } from './time-map.ts';

/** A value at a moment of the mix; between two points it moves in a straight line, before and after it holds. */
export interface AutomationPoint {
  /** Mix seconds. */
  readonly at: number;
  /** Factor on the amplitude. */
  readonly gain: number;
}

/** A track laid on the mix's time line. */
export interface PlacedTrack {
  readonly prepared: PreparedTrack;
  readonly map: TimeMap;
  /** Where in the source it is back at its own tempo. */
  readonly glideEnd: number;
  readonly start: number;
  readonly end: number;
}

/** Straight lines that stand for one crossfade curve: the error is under 0.003 dB. */
const CURVE_LINES = 32;
/** How far the level may be corrected to keep a transition even, and how far beside it. */
const MOST_CORRECTION_DB = 6;
const MOST_TRIM_DB = 3;
/** The common level of a join may be this much off the mix's target. */
const MOST_OFF_TARGET_LU = 4;
/** Stretch beside the transition that its level is compared with, and over which the trim comes and goes. */
const BESIDE_SECONDS = 8;
const TRIM_SECONDS = 16;
/** A correction comes in within this time, or a fifth of the transition, so that a sudden drop is not anticipated. */
const BLEND_SECONDS = 1.5;
const BLEND_SHARE = 0.2;
/** Part of the K-weighted power that the isolator's low band carries in usual music, for what a bass swap takes away. */
const LOW_BAND_SHARE = 0.25;
/** The bass changes hands within this time, or within a beat if that is shorter. */
const SWAP_SECONDS = 0.5;

/** Level of both tracks through one joint: `out` ends and `incoming` begins with them. */
export interface JointLevels {
  readonly out: readonly AutomationPoint[];
  readonly incoming: readonly AutomationPoint[];
}

export interface BassLevels {
  readonly out: readonly AutomationPoint[];
  readonly incoming: readonly AutomationPoint[];
}

const factor = (db: number) => 10 ** (db / 20);
const power = (db: number) => 10 ** (db / 10);
const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value));

/** Loudness of a track, with its gain, at a moment of the mix; undefined when it has none. */
function loudnessAt({ prepared, map }: PlacedTrack, mixSeconds: number): number | undefined {
  const { loudness, gainDb } = prepared;
  return loudness ? loudness.at(sourceSecondsAt(map, mixSeconds)) + gainDb : undefined;
}

/** Mean power, as loudness, of a stretch. */
function meanLoudness(placed: PlacedTrack, from: number, to: number): number | undefined {
  const SAMPLES = 9;
  let sum = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const value = loudnessAt(placed, from + ((to - from) * i) / (SAMPLES - 1));
    if (value === undefined) return undefined;
    sum += power(value) / SAMPLES;
  }
  return 10 * Math.log10(sum);
}

/**
 * The crossfade of a joint: each track's share of the power moves along a raised cosine (equal power for tracks that
 * have nothing to do with each other), and both are corrected alike so that the sum goes from the loudness before to
 * the loudness after in a straight line, whatever each track does meanwhile. Where those two differ, each track is
 * brought half-way over some seconds beside the transition.
 * @param alone seconds that each track is heard alone beside this joint: the trim uses at most half of them
 */
export function jointLevels(
  out: PlacedTrack,
  incoming: PlacedTrack,
  { start, end }: Joint,
  bass: BassLevels,
  targetLufs: number,
  alone: { readonly before: number; readonly after: number },
): JointLevels {
  const before = meanLoudness(out, Math.max(out.start, start - BESIDE_SECONDS), start);
  const after = meanLoudness(incoming, end, Math.min(incoming.end, end + BESIDE_SECONDS));
  const known = before !== undefined && after !== undefined;
  const common = known ? targetLufs + clamp((before + after) / 2 - targetLufs, MOST_OFF_TARGET_LU) : 0;
  const trimOut = known ? clamp(common - before, MOST_TRIM_DB) : 0;
  const trimIn = known ? clamp(common - after, MOST_TRIM_DB) : 0;
  const trimBefore = Math.min(TRIM_SECONDS, alone.before / 2);
  const trimAfter = Math.min(TRIM_SECONDS, alone.after / 2);
  const blendShare = Math.min(BLEND_SHARE, BLEND_SECONDS / (end - start));
  const outPoints: AutomationPoint[] = [{ at: start - trimBefore, gain: 1 }];
  const inPoints: AutomationPoint[] = [];
  for (let line = 0; line <= CURVE_LINES; line++) {
    const done = line / CURVE_LINES;
    const at = start + done * (end - start);
    const share = Math.sin((Math.PI / 2) * done) ** 2;
    let correction = (1 - done) * trimOut + done * trimIn;
    if (known) {
      const wanted = (1 - done) * (before + trimOut) + done * (after + trimIn);
      const sum =
        (1 - share) * power(loudnessAt(out, at)!) * lowCut(bass.out, at) +
        share * power(loudnessAt(incoming, at)!) * lowCut(bass.incoming, at);
      const exact = clamp(wanted - 10 * Math.log10(Math.max(sum, 1e-9)), MOST_CORRECTION_DB);
      const blend = Math.min(1, done / blendShare, (1 - done) / blendShare);
      correction += blend * (exact - correction);
    }
    outPoints.push({ at, gain: line === CURVE_LINES ? 0 : factor(correction) * Math.sqrt(1 - share) });
    inPoints.push({ at, gain: line === 0 ? 0 : factor(correction) * Math.sqrt(share) });
  }
  inPoints.push({ at: end + trimAfter, gain: 1 });
  return { out: outPoints, incoming: inPoints };
}

/** What is left of a track's power at a moment of its low band's automation. */
function lowCut(low: readonly AutomationPoint[], at: number): number {
  return 1 - LOW_BAND_SHARE * (1 - gainAt(low, at) ** 2);
}

/**
 * The low band of both tracks around the bass swap: the incoming one comes without bass, and within the beat before
 * the swap the two trade places at equal power. Empty when the bass does not change hands.
 */
export function bassLevels({ start, bassSwap, pulses }: Joint): BassLevels {
  if (bassSwap === null || pulses === undefined) return { out: [], incoming: [] };
  const beat = (pulses.at(-1)!.mix - pulses[0]!.mix) / (pulses.length - 1);
  const seconds = Math.min(SWAP_SECONDS, beat, bassSwap - start);
  const LINES = 8;
  const curve = (shape: (angle: number) => number): AutomationPoint[] =>
    Array.from({ length: LINES + 1 }, (_, line) => ({
      at: bassSwap - seconds + (seconds * line) / LINES,
      gain: Math.max(0, Math.round(1e6 * shape(((Math.PI / 2) * line) / LINES)) / 1e6),
    }));
  return { out: curve(Math.cos), incoming: curve(Math.sin) };
}

/** The value of an automation at a moment; 1 when it has no points. */
export function gainAt(points: readonly AutomationPoint[], at: number): number {
  if (points.length === 0) return 1;
  if (at <= points[0]!.at) return points[0]!.gain;
  let low = 0;
  let high = points.length - 1;
  if (at >= points[high]!.at) return points[high]!.gain;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]!.at <= at) low = middle;
    else high = middle;
  }
  const from = points[low]!;
  const to = points[high]!;
  return from.gain + ((to.gain - from.gain) * (at - from.at)) / (to.at - from.at);
}
