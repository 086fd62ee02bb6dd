import { MasteringError } from '../mastering-error.ts';
import { quantile } from '../plan/band-hops.ts';
import { isAsPlanned } from '../plan/plan-fingerprint.ts';
import { RARE_LIMITING } from '../plan/planned-limiter.ts';
import type { MasterPlan } from '../plan-schema.ts';
import type { GainChange } from '../render/render-master.ts';
import { type MasterFigures, masterFigures } from './master-meter.ts';

/** What a plan promised and what its master is. */
export interface MasterResult {
  readonly before: Pick<MasterFigures, 'integratedLufs' | 'truePeakDb' | 'crestDb' | 'rangeLu'>;
  readonly after: MasterFigures;
  /** Reached less target, LU; null where one of them is not there. */
  readonly offTargetLu: number | null;
  /** Reached less expected. */
  readonly offExpectedLu: number | null;
  readonly offExpectedCrestDb: number | null;
  /** What the limiter took, but for a hundredth of the time, dB. */
  readonly limitingDb: number;
  /** Where the limiter took most, and how much; null without a limiter, or when it took nothing. */
  readonly hardestLimiting: { readonly seconds: number; readonly reductionDb: number } | null;
}

/** Limiting of less is none, dB. */
const LEAST_LIMITING_DB = 0.05;

/**
 * How a finished master compares with its plan.
 * @param changes as `onGainChange` of the render told them
 */
export function compareWithPlan(
  plan: MasterPlan,
  figures: MasterFigures,
  changes: readonly GainChange[],
): MasterResult {
  const { integratedLufs, truePeakDb, crestDb, rangeLu } = plan.measured;
  const after = masterFigures(figures);
  const difference = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
  const hardest = changes.reduce<GainChange | null>((a, b) => (a !== null && a.limiterDb >= b.limiterDb ? a : b), null);
  return {
    before: { integratedLufs, truePeakDb, crestDb, rangeLu },
    after,
    offTargetLu: difference(after.integratedLufs, plan.target.loudnessLufs),
    offExpectedLu: difference(after.integratedLufs, plan.expected.integratedLufs),
    offExpectedCrestDb: difference(after.crestDb, plan.expected.crestDb),
    limitingDb: quantile(
      changes.map(({ limiterDb }) => limiterDb),
      1 - RARE_LIMITING,
    ),
    hardestLimiting:
      hardest === null || hardest.limiterDb < LEAST_LIMITING_DB
        ? null
        : { seconds: hardest.seconds, reductionDb: hardest.limiterDb },
  };
}

/** A promise of a plan that its master breaks. */
interface BrokenPromise {
  readonly field: string;
  readonly promised: string;
  readonly reached: string;
}

/**
 * The promises of a plan that its master breaks: a true peak over the ceiling, a loudness further from what was expected
 * than the plan allows. What is null in `expected` is not promised: so a plan that was changed by hand may say.
 */
export function brokenPromises(plan: MasterPlan, { after, offExpectedLu }: MasterResult): BrokenPromise[] {
  const { expected } = plan;
  const broken: BrokenPromise[] = [];
  if (expected.truePeakDb !== null && after.truePeakDb !== null && after.truePeakDb > expected.truePeakDb)
    broken.push({
      field: 'expected.truePeakDb',
      promised: `${expected.truePeakDb.toFixed(2)} dBTP at most`,
      reached: `a true peak of ${after.truePeakDb.toFixed(2)} dBTP`,
    });
  if (offExpectedLu !== null && Math.abs(offExpectedLu) > expected.toleranceLu)
    broken.push({
      field: 'expected.integratedLufs',
      promised: `${expected.integratedLufs!.toFixed(2)} LUFS within ${expected.toleranceLu.toFixed(2)} LU`,
      reached: `${after.integratedLufs!.toFixed(2)} LUFS`,
    });
  return broken;
}

/**
 * A master that is not what its plan promises must not become a file.
 * @throws MasteringError 'invalid-plan' naming the field when somebody changed the plan, which is to say what comes of it;
 *   'broken-promise' when the plan is as it was made
 */
export function requirePromises(plan: MasterPlan, result: MasterResult): void {
  const broken = brokenPromises(plan, result);
  if (broken.length === 0) return;
  const words = broken.map(
    ({ field, promised, reached }) => `${field} promises ${promised}, and the master has ${reached}`,
  );
  if (isAsPlanned(plan))
    throw new MasteringError('broken-promise', `the master is not what its plan promises: ${words.join('; ')}`);
  throw new MasteringError(
    'invalid-plan',
    `master plan: ${words.join('; ')}: its stages were changed since, so change that as well, or make it null to promise nothing`,
  );
}
