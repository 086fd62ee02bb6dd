import type { AutomationPoint } from './automation.ts';
import { type BassLevels, powerLeft } from './bass-swap.ts';
import type { MixEffect } from './effects/effect-schema.ts';
import { recordSound } from './effects/record-power.ts';
import { tailPowers } from './effects/tail-power.ts';
import { clamp, factor, MOST_CORRECTION_DB, type Pair, pushed } from './fader-push.ts';
import { filteredShare } from './filtered-power.ts';
import type { Joint } from './joint.ts';
import { HALF_WINDOW_SECONDS } from './local-loudness.ts';
import { bandShares } from './loud-tones.ts';
import { meanPower, type PlacedTrack, powerAt } from './placed-track.ts';

/** Straight lines that stand for a crossfade: one for each half second, in these bounds (then within 0.003 dB). */
const LINE_SECONDS = 0.5;
const FEWEST_LINES = 32;
const MOST_LINES = 256;
/** How far a track may be trimmed beside the transition. */
const MOST_TRIM_DB = 3;
/** The common level of a join may be this much off the mix's target. */
const MOST_OFF_TARGET_LU = 4;
/** Stretch beside what is heard as the transition that its level is compared with; how far its correction reaches, and its trim. */
const SURROUNDINGS_SECONDS = 13;
const BESIDE_SECONDS = 8;
const TRIM_SECONDS = 16;
/** Further than a window beside the transition the music may be this much off: songs have breaks of their own. */
const OWN_BREAK_LU = 1.5;
/** Faders are pushed up to this reach within this time from where they have to be down, or a fifth of the transition. */
const BLEND_SECONDS = 1.5;
const BLEND_SHARE = 0.2;
/** Steps in which the loudness to come is worked out, and how often it is worked out anew with what it asked for. */
const STEP_SECONDS = 0.25;
const ROUNDS = 8;

/** Level of both tracks through one joint: `out` ends and `incoming` begins with them. */
export interface JointLevels {
  readonly out: readonly AutomationPoint[];
  readonly incoming: readonly AutomationPoint[];
}

/** What a level is drawn from. */
interface Crossing {
  readonly out: PlacedTrack;
  readonly incoming: PlacedTrack;
  readonly joint: Joint;
  readonly bass: BassLevels;
}

/** Seconds that each track is heard alone beside a joint. */
interface Alone {
  readonly before: number;
  readonly after: number;
}

/** The loudness that a join goes from and to, and the trim in dB that brings each track there. */
interface JoinLevel {
  readonly loudness: Pair;
  readonly trimDb: Pair;
}

/** Median short-term loudness of a stretch of the mix that has one track, as it is without effects; undefined when it is not known. */
function usualLoudness(placed: PlacedTrack, from: number, to: number): number | undefined {
  const [first, last] = [Math.max(from, placed.start), Math.min(to, placed.end)];
  const steps = Math.max(1, Math.round((last - first) / STEP_SECONDS));
  const powers = new Float64Array(steps);
  for (let i = 0; i < steps; i++) {
    const value = powerAt(placed, first + ((i + 0.5) * (last - first)) / steps);
    if (value === undefined) return undefined;
    powers[i] = value.power;
  }
  const half = Math.round(HALF_WINDOW_SECONDS / STEP_SECONDS);
  const whole = overWindow(powers).slice(half, Math.max(half + 1, steps - half));
  const windows = (whole.length > 0 ? whole : overWindow(powers)).toSorted();
  return 10 * Math.log10(Math.max(1e-7, windows[windows.length >> 1]!));
}

/** Where the tracks differ beside the join each is brought half-way; undefined when either loudness is not known. */
function joinLevel({ out, incoming, joint: { span } }: Crossing, target: number): JoinLevel | undefined {
  const before = usualLoudness(out, span.start - SURROUNDINGS_SECONDS, span.start);
  const after = usualLoudness(incoming, span.end, span.end + SURROUNDINGS_SECONDS);
  if (before === undefined || after === undefined) return undefined;
  const common = target + clamp((before + after) / 2 - target, MOST_OFF_TARGET_LU);
  const trimDb = [clamp(common - before, MOST_TRIM_DB), clamp(common - after, MOST_TRIM_DB)] as const;
  return { loudness: [before + trimDb[0], after + trimDb[1]], trimDb };
}

/** Faders at equal power: each track's share of the power moves along a raised cosine, in its own part of the joint. */
function fadersAt({ start, end, faderShare = 1 }: Joint, at: number): Pair {
  if (at <= start) return [1, 0];
  if (at >= end) return [0, 1];
  const moved = (seconds: number) => Math.sin((Math.PI / 2) * Math.min(1, seconds / (faderShare * (end - start))));
  return [moved(end - at), moved(at - start)];
}

/** Trim at a moment, as a factor: it comes in before the join, goes over from one track's to the other's, and goes. */
function trimAt({ start, end }: Joint, { trimDb }: JoinLevel, alone: Alone, at: number): number {
  const beside = (db: number, away: number, most: number) =>
    1 + (factor(db) - 1) * Math.max(0, 1 - away / Math.min(TRIM_SECONDS, Math.max(1e-6, most / 2)));
  if (at < start) return beside(trimDb[0], start - at, alone.before);
  if (at > end) return beside(trimDb[1], at - end, alone.after);
  const done = (at - start) / (end - start);
  return factor((1 - done) * trimDb[0] + done * trimDb[1]);
}

/** Powers of both tracks before their faders, with what the bass swap and the effects leave of them; both loudnesses known. */
function powersAt({ out, incoming, bass, joint }: Crossing, at: number): Pair {
  const left = (placed: PlacedTrack, low: readonly AutomationPoint[], effects: readonly MixEffect[]) => {
    const { moment, loop, share } = recordSound(effects, at);
    const { power, spectrum } = powerAt(placed, moment)!;
    const heard = loop ? loop.reduce((sum, { from, to }) => sum + meanPower(placed, from, to), 0) / loop.length : power;
    return heard * share(spectrum) * powerLeft(low, at, spectrum.lowShare) * filteredShare(effects, at, spectrum);
  };
  return [left(out, joint.isBassFiltered ? [] : bass.out, joint.outEffects ?? []), left(incoming, bass.incoming, [])];
}

/** Gains of both tracks at a moment where the sum is to be `db` louder than the faders make it. */
function gainsAt(crossing: Crossing, at: number, db: number): Pair {
  const { start, end } = crossing.joint;
  const faders = fadersAt(crossing.joint, at);
  if (at <= start || at >= end) {
    // What is missing between two steps, one of them within the joint, may be more than there is beside it.
    const level = factor(clamp(db, MOST_CORRECTION_DB));
    return [level * faders[0], level * faders[1]];
  }
  const blend = Math.min(BLEND_SECONDS, BLEND_SHARE * (end - start));
  const reach: Pair = [Math.min(1, (end - at) / blend), Math.min(1, (at - start) / blend)];
  return pushed(faders, powersAt(crossing, at), db, reach);
}

/**
 * What the level has to be corrected by, in dB, at steps over the joint and some seconds to both sides.
 * The short-term loudness of the sum is worked out from the power of both tracks, what the bass swap and the effects leave of it or
 * add to it, and the gains so far; what it lacks, evened over the same 3 s, is added, and so on for some rounds (van
 * Cittert's iteration; as the error is smoothed by the window itself, it cannot swing).
 * Source: P. H. van Cittert, "Zum Einfluß der Spaltbreite auf die Intensitätsverteilung in Spektrallinien II",
 * Zeitschrift für Physik 69 (1931).
 */
function corrections(
  crossing: Crossing,
  { loudness, trimDb }: JoinLevel,
  trim: (at: number) => number,
  reach: { readonly before: number; readonly after: number },
): (at: number) => number {
  const { start, end, outEffects: effects = [] } = crossing.joint;
  const first = start - reach.before;
  const count = Math.round((end + reach.after - first) / STEP_SECONDS) + 1;
  const times = Array.from({ length: count }, (_, i) => first + i * STEP_SECONDS);
  const powers = times.map((at) => powersAt(crossing, at));
  const bands = times.map((at) => bandShares(powerAt(crossing.out, at)!.spectrum));
  const trims = times.map(trim);
  // Within the joint the gains have bounds of their own: what is missing may be more than a push of the faders gives.
  const most = times.map((at) => {
    if (at > start && at < end) return Number.POSITIVE_INFINITY;
    const inward = at < start ? at - first : end + reach.after - at;
    const whole = Math.max(STEP_SECONDS, Math.min(BESIDE_SECONDS, at < start ? reach.before : reach.after));
    return MOST_CORRECTION_DB * Math.min(1, Math.max(0, inward / whole));
  });
  const wanted = times.map((at) => {
    const done = (at - start + HALF_WINDOW_SECONDS) / (end - start + 2 * HALF_WINDOW_SECONDS);
    const line = loudness[0] + Math.min(1, Math.max(0, done)) * (loudness[1] - loudness[0]);
    // The trim comes and goes beside the joint.
    const whole = at < start ? trimDb[0] : trimDb[1];
    return at < start || at > end ? line + 20 * Math.log10(trim(at)) - whole : line;
  });
  // Windows that touch the transition are held to what is wanted; from there on the music is let go, over the next window.
  const { span } = crossing.joint;
  const allowed = times.map((at) => {
    const away = Math.max(span.start - at, at - span.end) / HALF_WINDOW_SECONDS - 1;
    return OWN_BREAK_LU * Math.min(1, Math.max(0, away));
  });
  const missing = new Float64Array(count);
  for (let round = 0; round < ROUNDS; round++) {
    const gains = times.map((at, i) => gainsAt(crossing, at, missing[i]!));
    const heard = (side: 0 | 1) => gains.map((pair, i) => powers[i]![side] * (trims[i]! * pair[side]) ** 2);
    const [out, incoming] = [heard(0), heard(1)];
    const tails = tailPowers(effects, { from: first, step: STEP_SECONDS, powers: out, bands });
    const errors = overWindow(tails.map((tail, i) => tail + out[i]! + incoming[i]!)).map((power, i) => {
      const error = wanted[i]! - 10 * Math.log10(Math.max(1e-9, power));
      return error - clamp(error, allowed[i]!);
    });
    overWindow(errors).forEach((error, i) => {
      missing[i] = clamp(missing[i]! + error, most[i]!);
    });
  }
  return (at) => {
    const position = Math.min(count - 1, Math.max(0, (at - first) / STEP_SECONDS));
    const below = Math.floor(position);
    const above = Math.min(count - 1, below + 1);
    return missing[below]! + (position - below) * (missing[above]! - missing[below]!);
  };
}

/** Means over the 3 s around each step. */
function overWindow(values: Float64Array): Float64Array {
  const half = Math.round(HALF_WINDOW_SECONDS / STEP_SECONDS);
  return values.map((_, i) => {
    const window = values.slice(Math.max(0, i - half), i + half + 1);
    return window.reduce((sum, value) => sum + value, 0) / window.length;
  });
}

/**
 * The crossfade of a joint, at equal power for tracks that have nothing to do with each other, corrected so that the
 * short-term loudness of the sum keeps to a straight line from that before to that after. Where these two differ, each
 * track is brought half-way over some seconds beside the transition. A plain crossfade where a loudness is not known.
 * @param alone seconds that each track is heard alone beside this joint: trim and correction use at most half of them
 */
export function jointLevels(crossing: Crossing, targetLufs: number, alone: Alone): JointLevels {
  const { joint } = crossing;
  const { start, end } = joint;
  const lines = Math.min(MOST_LINES, Math.max(FEWEST_LINES, Math.ceil((end - start) / LINE_SECONDS)));
  const inside = Array.from({ length: lines + 1 }, (_, line) => start + ((end - start) * line) / lines);
  const level = joinLevel(crossing, targetLufs);
  if (!level) {
    const side = (which: 0 | 1) => inside.map((at) => ({ at, gain: fadersAt(joint, at)[which] }));
    return { out: side(0), incoming: side(1) };
  }
  const trim = (at: number) => trimAt(joint, level, alone, at);
  // What is heard as the transition may be longer than the joint: an effect before it, a tail after it.
  const reach = {
    before: Math.min(BESIDE_SECONDS + start - joint.span.start, alone.before / 2),
    after: Math.min(BESIDE_SECONDS + joint.span.end - end, alone.after / 2),
  };
  const correction = corrections(crossing, level, trim, reach);
  const point = (side: 0 | 1) => (at: number) => ({
    at,
    gain: trim(at) * gainsAt(crossing, at, correction(at))[side],
  });
  /** Points on the way to the edge of the trim, as far as the correction reaches. */
  const beside = (edge: number, seconds: number, direction: 1 | -1, trimSeconds: number) => {
    const steps = Math.floor(seconds / LINE_SECONDS);
    const near = Array.from({ length: steps }, (_, i) => edge + direction * (i + 1) * LINE_SECONDS);
    const far = edge + direction * Math.min(TRIM_SECONDS, trimSeconds / 2);
    const all = [...near.filter((at) => Math.abs(at - far) > LINE_SECONDS / 2), far];
    return all.every((at) => correction(at) === 0) ? [far] : all;
  };
  return {
    out: [...beside(start, reach.before, -1, alone.before).reverse(), ...inside].map(point(0)),
    incoming: [...inside, ...beside(end, reach.after, 1, alone.after)].map(point(1)),
  };
}
