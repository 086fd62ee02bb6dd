import { MasteringError } from '../mastering-error.ts';
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
    hardestLimiting:
      hardest === null || hardest.limiterDb < LEAST_LIMITING_DB
        ? null
        : { seconds: hardest.seconds, reductionDb: hardest.limiterDb },
  };
}

/**
 * The promises of a plan that its master breaks, as sentences: a true peak over the ceiling, a loudness further from what was
 * expected than the plan allows. What is null in `expected` is not promised: so a plan that was changed by hand may say.
 */
export function brokenPromises(plan: MasterPlan, { after, offExpectedLu }: MasterResult): string[] {
  const { expected } = plan;
  const broken: string[] = [];
  if (expected.truePeakDb !== null && after.truePeakDb !== null && after.truePeakDb > expected.truePeakDb)
    broken.push(
      `its true peak is ${after.truePeakDb.toFixed(2)} dBTP, and at most ${expected.truePeakDb.toFixed(2)} was promised`,
    );
  if (offExpectedLu !== null && Math.abs(offExpectedLu) > expected.toleranceLu)
    broken.push(
      `it has ${after.integratedLufs!.toFixed(2)} LUFS, and ${expected.integratedLufs!.toFixed(2)} within ${expected.toleranceLu.toFixed(2)} LU were promised`,
    );
  return broken;
}

/** @throws MasteringError 'broken-promise' when a master is not what its plan promises: it must not become a file */
export function requirePromises(plan: MasterPlan, result: MasterResult): void {
  const broken = brokenPromises(plan, result);
  if (broken.length > 0)
    throw new MasteringError(
      'broken-promise',
      `the master is not what its plan promises: ${broken.join('; ')}. A plan that was changed by hand promises nothing where its "expected" is null.`,
    );
}
