import type { Clip } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { masterPlan } from '../../testing/master-plan.ts';
import { mastered, planned } from '../../testing/mastering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { renderFingerprint } from '../plan/plan-fingerprint.ts';
import type { MasterPlan } from '../plan-schema.ts';
import type { MasterStage } from '../stage-schemas.ts';
import { masterTarget } from '../targets/find-target.ts';
import { correctLevel, type LevelTry } from './correct-level.ts';
import { brokenPromises, type MasterResult } from './verify-master.ts';

function withStages(plan: MasterPlan, stages: readonly MasterStage[]): MasterPlan {
  return { ...plan, stages, expected: { ...plan.expected, workedOutFor: renderFingerprint({ ...plan, stages }) } };
}

/** A plan whose gain is off. */
function offBy(plan: MasterPlan, decibels: number): MasterPlan {
  const change = (stage: MasterStage) =>
    stage.kind === 'gain' ? { ...stage, gainDb: stage.gainDb + decibels } : stage;
  return withStages(plan, plan.stages.map(change));
}

/** Renders and corrects until it is good. */
async function corrected(plan: MasterPlan, measure: (plan: MasterPlan) => Promise<MasterResult>) {
  const tries: LevelTry[] = [];
  for (let current = plan; ; ) {
    const result = await measure(current);
    tries.push({ plan: current, result });
    const correction = correctLevel(tries);
    if ('good' in correction) return { plan: correction.good, result, renders: tries.length };
    current = correction.next;
  }
}

const ofClip = (clip: Clip) => async (plan: MasterPlan) => (await mastered(plan, clip)).result;
const soft = mixdown({ seconds: 6, gain: 0.15, verse: 0.5 });

describe('correctLevel', () => {
  it.each([-9, -1.7, -0.3, 0.3, 1.7, 6])('leads a plan to its target whose gain is %f dB off', async (decibels) => {
    const plan = await planned(soft);
    const good = await corrected(offBy(plan, decibels), ofClip(soft));
    expect(Math.abs(good.result.offTargetLu!)).toBeLessThan(0.1);
    expect(good.result.after.truePeakDb!).toBeLessThanOrEqual(-1);
    expect(good.renders).toBeLessThanOrEqual(4);
    expect(good.plan.warnings).toEqual([]);
    expect(good.plan.expected.workedOutFor).toBe(renderFingerprint(good.plan));
    expect(good.plan.stages.find(({ kind }) => kind === 'gain')!.reason).toMatch(/the whole song, rendered with/);
  });

  it('leaves a plan alone that is right', async () => {
    const plan = await planned(soft);
    expect(await corrected(plan, ofClip(soft))).toMatchObject({ plan, renders: 1 });
  });

  it('puts gain and limiter where there were none', async () => {
    const plan = await planned(soft);
    const bare = withStages(
      plan,
      plan.stages.filter(({ kind }) => kind !== 'gain' && kind !== 'limiter'),
    );
    const good = await corrected(bare, ofClip(soft));
    expect(good.plan.stages.slice(-2).map(({ kind }) => kind)).toEqual(['gain', 'limiter']);
    expect(Math.abs(good.result.offTargetLu!)).toBeLessThan(0.1);
    const loud = mixdown({ seconds: 3, gain: 1.5 });
    const vinyl = withStages(await planned(loud, { target: masterTarget('vinyl') }), []);
    const under = await corrected(vinyl, ofClip(loud));
    expect(under.plan.stages.map(({ kind }) => kind)).toEqual(['limiter']);
    expect(under.result.after.truePeakDb!).toBeLessThanOrEqual(-3);
  });

  it('stops where the limiter takes what it may, and says so', async () => {
    const loud = masterTarget('club');
    const target = { ...loud, loudnessLufs: -6, mostLimitingDb: 3 };
    const plan = offBy(await planned(soft, { target }), -2);
    const good = await corrected({ ...plan, warnings: ['Something else.'] }, ofClip(soft));
    expect(Math.abs(good.result.limitingDb - 3)).toBeLessThanOrEqual(0.5);
    expect(good.plan.warnings).toEqual([
      'Something else.',
      expect.stringMatching(/^The master reaches -\d+.\d LUFS instead of -6.0: .* more than 3.0 dB/),
    ]);
    expect(good.plan.expected.integratedLufs).toBeCloseTo(good.result.after.integratedLufs!, 2);
    expect(good.plan.expected.limitingDb).toBe(good.result.limitingDb);
  });

  it('takes what comes where no loudness is asked for, or there is none', async () => {
    const plan = await planned(soft, { target: masterTarget('vinyl') });
    const good = await corrected(plan, async (current) => {
      const { result } = await mastered(current, soft);
      return { ...result, offExpectedLu: 3 };
    });
    expect(good.renders).toBe(1);
    expect(good.plan.expected.integratedLufs).toBeCloseTo(good.result.after.integratedLufs!, 2);
    const silent = { ...soft, channels: soft.channels.map((samples) => new Float32Array(samples.length)) };
    expect((await corrected(await planned(silent), ofClip(silent))).renders).toBe(1);
  });

  /** A song that is not there: its loudness as a function of the gain. */
  const imagined = (lufs: (gainDb: number) => number, limitingDb: (gainDb: number) => number) => {
    const result: Omit<MasterResult, 'after' | 'limitingDb' | 'offExpectedLu'> = {
      before: { integratedLufs: -20, truePeakDb: -2, crestDb: 15, rangeLu: 5 },
      ...{ offTargetLu: null, offExpectedCrestDb: null, hardestLimiting: null },
    };
    return async (plan: MasterPlan): Promise<MasterResult> => {
      const gain = plan.stages.find((stage) => stage.kind === 'gain')!.gainDb;
      const after = {
        ...{ integratedLufs: lufs(gain), shortTermMaxLufs: -9, momentaryMaxLufs: -8, rangeLu: 5 },
        ...{ truePeakDb: -1, samplePeakDb: -1, rmsDb: -15, crestDb: 14 },
      };
      const offExpectedLu = after.integratedLufs - plan.expected.integratedLufs!;
      return { ...result, after, offExpectedLu, limitingDb: limitingDb(gain) };
    };
  };

  it('comes to an end where the loudness jumps, on the softer side', async () => {
    const jumps = imagined(
      (gain) => (gain < 7 ? -16 : -12) + 0.01 * gain,
      () => 1,
    );
    const good = await corrected(masterPlan(), jumps);
    expect(good.renders).toBeLessThanOrEqual(8);
    expect(good.result.after.integratedLufs).toBeLessThan(-15);
    expect(brokenPromises(good.plan, await jumps(good.plan))).toEqual([]);
    expect(good.plan.warnings.join()).toMatch(/reaches -15.9 LUFS instead of -14.0/);
  });

  it('makes a master louder that may be, and softer where the limiter takes too much', async () => {
    const squeezed = imagined(
      (gain) => -20 + 0.9 * gain,
      (gain) => 1.2 * gain,
    );
    const good = await corrected(masterPlan(), squeezed);
    expect(Math.abs(good.result.limitingDb - 6)).toBeLessThanOrEqual(0.5);
    expect(good.renders).toBeLessThanOrEqual(3);
  });
});
