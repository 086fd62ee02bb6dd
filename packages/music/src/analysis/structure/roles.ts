import type { BarFeatures } from './bar-features.ts';
import type { BarSpan } from './parts.ts';

/** What a section does for a track, where that is clear. */
export type SectionRole = 'intro' | 'build' | 'drop' | 'break' | 'outro';

/** An intro or outro is emptier than the fullest section by this much, in dB averaged over the spectrum, ... */
const SPARSE_DB = 3;
/** ... and takes at most this share of the track. */
const LONGEST_SHARE = 0.35;
/** In a break, kick and bass are this far below those of the section that has most of them, ... */
const BREAK_LOW_DB = 6;
/** ... and less happens than in this share of the busiest section. */
const BREAK_ACTIVITY = 0.6;
/** A drop is within this of the fullest section and of the most kick and bass, and brings as much back. */
const DROP_DB = 3;
/** Over a build the spectrum fills, or kick and bass fade, by at least this from its first to its second half. */
const BUILD_DB = 3;
/** Kick and bass this far below the loudest bar, as power, are none. */
const SILENT_SHARE = 1e-8;

/** What a section sounds like beside the others. */
interface Portrait extends BarSpan {
  /** dB */
  readonly fullness: number;
  readonly low: number;
  /** nepers a second */
  readonly activity: number;
  /** From the first half to the second, in dB. */
  readonly fullnessRise: number;
  readonly lowRise: number;
  /** dB, second half */
  readonly lowAtEnd: number;
}

/**
 * Tells intro, outro, break, build and drop by how full the spectrum is, how much kick and bass there is and how much
 * happens, each beside the section that has most of it; null where the evidence is not clear.
 * - intro, outro: first, last section; sparser than the fullest and no longer than a third of the track;
 * - break: kick and bass drop out and less happens, after a section that had them;
 * - drop: what brings back kick and bass to a full spectrum, after a break or a build, and every section of the same part;
 * - build: leads into a drop; it fills the spectrum or takes the bass away.
 * Build and drop are words for a steady beat, and only given to those.
 * @param parts number of the part of each section
 */
export function rolesOf(
  features: BarFeatures,
  sections: readonly BarSpan[],
  parts: readonly number[],
  steady: boolean,
): (SectionRole | null)[] {
  const loudest = features.power.reduce((most, power) => Math.max(most, power), Number.MIN_VALUE);
  const portraits = sections.map((span) => portray(features, SILENT_SHARE * loudest, span));
  const most = (side: 'fullness' | 'low' | 'activity') => Math.max(...portraits.map((portrait) => portrait[side]));
  const [fullest, lowest, busiest] = [most('fullness'), most('low'), most('activity')];
  const isSparse = ({ fullness, firstBar, endBar }: Portrait) =>
    fullness < fullest - SPARSE_DB && endBar - firstBar <= LONGEST_SHARE * features.bars;
  const isBreak = ({ low, activity }: Portrait) => low < lowest - BREAK_LOW_DB && activity < BREAK_ACTIVITY * busiest;
  const last = sections.length - 1;
  const roles = portraits.map((portrait, i): SectionRole | null => {
    if (last < 2) return null;
    if (i === 0) return isSparse(portrait) ? 'intro' : null;
    if (i === last) return isSparse(portrait) ? 'outro' : null;
    const hadBass = portraits.slice(0, i).some(({ low }) => low >= lowest - BREAK_LOW_DB);
    return hadBass && isBreak(portrait) ? 'break' : null;
  });
  if (!steady) return roles;
  const dropParts = new Set<number>();
  portraits.forEach((portrait, i) => {
    const before = portraits[i - 1];
    if (before === undefined || roles[i] !== null) return;
    const isFull = portrait.fullness >= fullest - DROP_DB && portrait.low >= lowest - DROP_DB;
    const rises = before.fullnessRise >= BUILD_DB || before.lowRise <= -BUILD_DB;
    const leads = roles[i - 1] === 'break' || (roles[i - 1] === null && rises && i > 1);
    if (!isFull || !leads || portrait.low < before.lowAtEnd + DROP_DB) return;
    dropParts.add(parts[i]!);
    if (roles[i - 1] === null) roles[i - 1] = 'build';
  });
  return roles.map((role, i) => role ?? (dropParts.has(parts[i]!) ? 'drop' : null));
}

function portray(
  { fullness, lowPower, activity }: BarFeatures,
  silent: number,
  { firstBar, endBar }: BarSpan,
): Portrait {
  const decibels = (power: number) => 10 * Math.log10(Math.max(power, silent));
  const middle = (firstBar + endBar) >> 1;
  const firstLow = decibels(mean(lowPower, firstBar, middle));
  const lowAtEnd = decibels(mean(lowPower, middle, endBar));
  return {
    firstBar,
    endBar,
    fullness: mean(fullness, firstBar, endBar),
    low: decibels(mean(lowPower, firstBar, endBar)),
    activity: mean(activity, firstBar, endBar),
    fullnessRise: mean(fullness, middle, endBar) - mean(fullness, firstBar, middle),
    lowRise: lowAtEnd - firstLow,
    lowAtEnd,
  };
}

function mean(values: Float64Array, first: number, end: number): number {
  let sum = 0;
  for (let i = first; i < end; i++) sum += values[i]!;
  return sum / Math.max(1, end - first);
}
