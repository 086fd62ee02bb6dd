import { loudnessWarnings, otherWarnings } from '../plan/level-words.ts';
import { renderFingerprint } from '../plan/plan-fingerprint.ts';
import { plannedLimiter } from '../plan/planned-limiter.ts';
import type { MasterPlan } from '../plan-schema.ts';
import { GAIN_DB, type MasterStage, type StageOf } from '../stage-schemas.ts';
import { brokenPromises, type MasterResult } from './verify-master.ts';

/** A render of a plan, and what was measured of it. */
export interface LevelTry {
  readonly plan: MasterPlan;
  readonly result: MasterResult;
}

/** The plan that the last render is held to; or another one to render. */
export type LevelCorrection = { readonly good: MasterPlan } | { readonly next: MasterPlan };

/** A tenth is promised, and meters differ by hundredths, LU. */
const CLOSE_LU = 0.08;
/** The limiter is as hard at work as it may be within this, dB: so far excerpts and the whole are apart. */
const SLACK_DB = 0.5;
/** Renders after which the best of them is taken. */
const MOST_TRIES = 6;
/** LU, or dB of limiting, for a dB of gain: where two renders do not tell, and at least. */
const USUAL_SLOPE = 0.85;
const LEAST_SLOPE = 0.2;
/** Gains that differ by less are the same, dB. */
const SAME_GAIN_DB = 0.002;

/**
 * Leads the level of a plan to its target by what renders of it measured: a plan rests on excerpts, and the whole may be
 * louder or softer than they are.
 * Stages: loudness over the target, and limiting over what is allowed; the greater of them is 0: good -> else another gain,
 * by the secant through the last two renders, between the loudest that was too soft and the softest that was too loud -> after
 * six renders the best of them. What is good is a promise of its own: `expected` and the warnings say what was reached.
 * @param tries all renders so far, that of the first plan first
 */
export function correctLevel(tries: readonly LevelTry[]): LevelCorrection {
  const last = tries.at(-1)!;
  const { plan, result } = last;
  const limited = plan.stages.some(({ kind }) => kind === 'limiter');
  const over = (result.after.truePeakDb ?? Number.NEGATIVE_INFINITY) - plan.target.ceilingDb;
  if (over > 0 && !limited) return { next: withStages(plan, gainOf(plan), limiterFor(plan, over)) };

  const error = excess(last);
  if (error === null || isGood(last)) return { good: heldTo(last) };
  const gainDb = nextGain(tries);
  if (tries.length < MOST_TRIES && Math.abs(gainDb - gainDbOf(plan)) > SAME_GAIN_DB) {
    const raised = gainDb - gainDbOf(plan);
    const limiter = limited || over + raised <= 0 ? null : limiterFor(plan, over + raised);
    return { next: withStages(plan, gainStage(tries, gainDb), limiter) };
  }
  const best = tries.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  return gainDbOf(best.plan) === gainDbOf(plan) ? { good: heldTo(last) } : { next: best.plan };
}

/** How far a render is above (or, below 0, under) the loudest that is wanted and allowed; null where loudness is no matter. */
function excess({ plan, result }: LevelTry): number | null {
  const { loudnessLufs, mostLimitingDb } = plan.target;
  const { integratedLufs } = result.after;
  if (loudnessLufs === null || integratedLufs === null) return null;
  return Math.max(integratedLufs - loudnessLufs, result.limitingDb - mostLimitingDb);
}

function isGood({ plan, result }: LevelTry): boolean {
  const off = result.after.integratedLufs! - plan.target.loudnessLufs!;
  const limiting = result.limitingDb - plan.target.mostLimitingDb;
  return limiting <= SLACK_DB && off <= CLOSE_LU && (off >= -CLOSE_LU || limiting >= -SLACK_DB);
}

/** Too loud is worse than too soft. */
function cost(each: LevelTry): number {
  const error = excess(each) ?? 0;
  return error > CLOSE_LU ? 10 + error : Math.abs(error);
}

function nextGain(tries: readonly LevelTry[]): number {
  const points = tries.map((each) => ({ gainDb: gainDbOf(each.plan), error: excess(each) ?? 0 }));
  const [before, last] = [points.at(-2), points.at(-1)!];
  const slope = before ? (last.error - before.error) / (last.gainDb - before.gainDb) : USUAL_SLOPE;
  const secant = last.gainDb - last.error / Math.min(1, Math.max(LEAST_SLOPE, slope || USUAL_SLOPE));
  const low = Math.max(GAIN_DB.least, ...points.flatMap(({ gainDb, error }) => (error <= 0 ? [gainDb] : [])));
  const high = Math.min(GAIN_DB.most, ...points.flatMap(({ gainDb, error }) => (error > 0 ? [gainDb] : [])));
  const inside = secant > low && secant < high ? secant : (low + high) / 2;
  const bounded = points.length > 1 ? inside : secant;
  return Math.round(1000 * Math.min(GAIN_DB.most, Math.max(GAIN_DB.least, bounded))) / 1000;
}

function gainOf({ stages }: MasterPlan): StageOf<'gain'> | null {
  return stages.find((stage) => stage.kind === 'gain') ?? null;
}

function gainDbOf(plan: MasterPlan): number {
  return gainOf(plan)?.gainDb ?? 0;
}

function gainStage(tries: readonly LevelTry[], gainDb: number): StageOf<'gain'> {
  const { plan, result } = tries.at(-1)!;
  const planned = gainOf(tries[0]!.plan)?.reason;
  const measured =
    `the whole song, rendered with ${gainDbOf(plan).toFixed(2)} dB, had ${result.after.integratedLufs!.toFixed(2)} LUFS ` +
    `and ${result.limitingDb.toFixed(1)} dB of limiting, hence ${gainDb.toFixed(2)} dB`;
  return { kind: 'gain', gainDb, reason: planned ? `${planned}; ${measured}` : measured };
}

function limiterFor({ target }: MasterPlan, overDb: number): StageOf<'limiter'> {
  return plannedLimiter(
    target,
    `the whole song, rendered without it, had peaks that would be ${overDb.toFixed(2)} dB over the ceiling of ${target.ceilingDb.toFixed(1)} dBTP`,
  );
}

/** A plan with another gain, and with a limiter where there was none. */
function withStages(plan: MasterPlan, gain: MasterStage | null, limiter: MasterStage | null): MasterPlan {
  const others = plan.stages.filter(({ kind }) => kind !== 'gain' && kind !== 'limiter');
  const last = limiter ?? plan.stages.find(({ kind }) => kind === 'limiter') ?? null;
  const stages = [...others, gain, last].filter((stage) => stage !== null);
  return { ...plan, stages, expected: { ...plan.expected, workedOutFor: renderFingerprint({ ...plan, stages }) } };
}

/** The plan itself when it keeps what it promises, else one that promises what was reached and says why. */
function heldTo({ plan, result }: LevelTry): MasterPlan {
  if (brokenPromises(plan, result).length === 0) return plan;
  const reached = result.after.integratedLufs;
  return {
    ...plan,
    expected: {
      ...plan.expected,
      integratedLufs: reached === null ? null : Math.round(100 * reached) / 100,
      limitingDb: result.limitingDb,
    },
    warnings: [...otherWarnings(plan.warnings), ...loudnessWarnings(reached, plan.target, gainDbOf(plan))],
  };
}
