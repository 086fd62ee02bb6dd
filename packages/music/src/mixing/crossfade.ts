import type { AutomationPoint } from './automation.ts';
import { type BassLevels, powerLeft } from './bass-swap.ts';
import type { Joint } from './joint.ts';
import { meanLoudness, type PlacedTrack, powerAt } from './placed-track.ts';

/** Straight lines that stand for a crossfade: one for each half second, in these bounds (then within 0.003 dB). */
const LINE_SECONDS = 0.5;
const FEWEST_LINES = 32;
const MOST_LINES = 256;
/** How far the level may be corrected to keep a transition even: before faders are pushed up, and at most. */
const EASY_CORRECTION_DB = 3;
const MOST_CORRECTION_DB = 6;
/** How far it may be trimmed beside the transition. */
const MOST_TRIM_DB = 3;
/** The common level of a join may be this much off the mix's target. */
const MOST_OFF_TARGET_LU = 4;
/** Stretch beside the transition that its level is compared with, and over which the trim comes and goes. */
const BESIDE_SECONDS = 8;
const TRIM_SECONDS = 16;
/** A correction comes in within this time, or a fifth of the transition, so that a sudden drop is not anticipated. */
const BLEND_SECONDS = 1.5;
const BLEND_SHARE = 0.2;

/** Level of both tracks through one joint: `out` ends and `incoming` begins with them. */
export interface JointLevels {
  readonly out: readonly AutomationPoint[];
  readonly incoming: readonly AutomationPoint[];
}

/** A value of the outgoing and of the incoming track. */
type Pair = readonly [out: number, incoming: number];

const factor = (db: number) => 10 ** (db / 20);
const power = (db: number) => 10 ** (db / 10);
const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value));

/** The loudness that a join goes from and to, and the trim in dB that brings each track there. */
interface JoinLevel {
  readonly loudness: Pair;
  readonly trimDb: Pair;
}

/** Where the tracks differ beside the join each is brought half-way; undefined when either loudness is not known. */
function joinLevel(
  out: PlacedTrack,
  incoming: PlacedTrack,
  { start, end }: Joint,
  target: number,
): JoinLevel | undefined {
  const before = meanLoudness(out, Math.max(out.start, start - BESIDE_SECONDS), start);
  const after = meanLoudness(incoming, end, Math.min(incoming.end, end + BESIDE_SECONDS));
  if (before === undefined || after === undefined) return undefined;
  const common = target + clamp((before + after) / 2 - target, MOST_OFF_TARGET_LU);
  const trimDb = [clamp(common - before, MOST_TRIM_DB), clamp(common - after, MOST_TRIM_DB)] as const;
  return { loudness: [before + trimDb[0], after + trimDb[1]], trimDb };
}

/** Power of a track at a moment with what its low band's automation leaves of its bass. */
function withBass(placed: PlacedTrack, low: readonly AutomationPoint[], at: number): number {
  const { power: whole, lowShare } = powerAt(placed, at);
  return whole * powerLeft(low, at, lowShare);
}

/**
 * How far both faders are pushed up towards 1 so that the sum of powers reaches `wanted`: 0 not at all, 1 fully.
 * @param gains of the crossfade, 0 to 1
 * @param powers of the tracks at gain 1
 */
function fillFor(gains: Pair, powers: Pair, wanted: number): number {
  // The sum is a quadratic of the push: powers * (gain + push * (1 - gain))^2.
  const sum = (term: (gain: number) => number) => powers[0] * term(gains[0]) + powers[1] * term(gains[1]);
  const squared = sum((gain) => (1 - gain) ** 2);
  const linear = 2 * sum((gain) => gain * (1 - gain));
  const constant = sum((gain) => gain ** 2) - wanted;
  if (constant >= 0) return 0;
  if (squared + linear + constant <= 0) return 1;
  return (-linear + Math.sqrt(linear ** 2 - 4 * squared * constant)) / (2 * squared);
}

/**
 * The crossfade of a joint. Each track's share of the power moves along a raised cosine: equal power for tracks that
 * have nothing to do with each other. Where the sum falls short of a straight line from the loudness before to the
 * loudness after, because one of them is in a quiet passage, both are raised alike by up to 3 dB; if that is not enough
 * both faders are pushed up, and what is still missing is added up to 6 dB. Where the two loudnesses differ, each track
 * is brought half-way over some seconds beside the transition.
 * @param alone seconds that each track is heard alone beside this joint: the trim uses at most half of them
 */
export function jointLevels(
  out: PlacedTrack,
  incoming: PlacedTrack,
  joint: Joint,
  bass: BassLevels,
  targetLufs: number,
  alone: { readonly before: number; readonly after: number },
): JointLevels {
  const { start, end } = joint;
  const join = joinLevel(out, incoming, joint, targetLufs);
  const lines = Math.min(MOST_LINES, Math.max(FEWEST_LINES, Math.ceil((end - start) / LINE_SECONDS)));
  const blendShare = Math.min(BLEND_SHARE, BLEND_SECONDS / (end - start));
  const outPoints: AutomationPoint[] = [{ at: start - Math.min(TRIM_SECONDS, alone.before / 2), gain: 1 }];
  const inPoints: AutomationPoint[] = [];
  for (let line = 0; line <= lines; line++) {
    const done = line / lines;
    const at = start + done * (end - start);
    const faders: Pair = [line === lines ? 0 : Math.cos((Math.PI / 2) * done), Math.sin((Math.PI / 2) * done)];
    let gains = faders;
    if (join) {
      const blend = Math.min(1, done / blendShare, (1 - done) / blendShare);
      const along = ([from, to]: Pair) => (1 - done) * from + done * to;
      const trim = along(join.trimDb);
      const wanted = power(along(join.loudness) - trim);
      const powers: Pair = [withBass(out, bass.out, at), withBass(incoming, bass.incoming, at)];
      const sum = ([outGain, inGain]: Pair) => Math.max(1e-9, powers[0] * outGain ** 2 + powers[1] * inGain ** 2);
      const missingDb = 10 * Math.log10(wanted / sum(faders));
      const fill = fillFor(faders, powers, wanted / power(clamp(missingDb, EASY_CORRECTION_DB)));
      const pushed = (push: number): Pair => [faders[0] + push * (1 - faders[0]), faders[1] + push * (1 - faders[1])];
      const correction = clamp(10 * Math.log10(wanted / sum(pushed(fill))), MOST_CORRECTION_DB);
      const level = factor(trim + blend * correction);
      const [outGain, inGain] = pushed(blend * fill);
      gains = [level * outGain, level * inGain];
    }
    outPoints.push({ at, gain: gains[0] });
    inPoints.push({ at, gain: gains[1] });
  }
  inPoints.push({ at: end + Math.min(TRIM_SECONDS, alone.after / 2), gain: 1 });
  return { out: outPoints, incoming: inPoints };
}
