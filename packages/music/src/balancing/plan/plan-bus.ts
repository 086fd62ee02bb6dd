import type { Kernels } from '@tutti/dsp';
import type { MeasuredSong } from '../../mastering/measure/measured-song.ts';
import { decideDynamics } from '../../mastering/plan/decide-dynamics.ts';
import { planMaster } from '../../mastering/plan/plan-master.ts';
import { balanceOf } from '../../mastering/reference/match-reference.ts';
import type { MasterStage } from '../../mastering/stage-schemas.ts';
import { masterStyle, USUAL_STYLE } from '../../mastering/styles/find-style.ts';
import { masterTarget, USUAL_TARGET } from '../../mastering/targets/find-target.ts';
import { joinExcerpts } from '../../mastering/trial/run-stages.ts';
import type { BalancePlan } from '../plan-schema.ts';
import type { ReferenceMix } from '../reference/compare-reference.ts';
import { GLUE } from './balance-rules.data.ts';

type BusStage = BalancePlan['bus']['stages'][number];

/** The limiter of a mix catches single peaks; loudness is a matter of the master. dB */
const MOST_LIMITING_DB = 3;
/** A loudness this near to the target is no reason for a remark, LU. */
const TOLERANCE_LU = 0.5;
/** What a reference leads the equaliser of the bus to: within 2 dB of its balance, no frequency by more than 3 dB. */
const APART_DB = 2;
const EQUALISER = { tolerance: 1, mostDb: 3 };
const BUS_STAGES = ['equaliser', 'dynamics', 'gain', 'limiter'] as const;

/**
 * Plans what is done to the sum of the stems: towards the spectrum of a reference (only with one), gentle compression, the
 * gain to the loudness that is asked for, and a limiter for what peaks are left.
 * @param sum of the stems as the plan has them, without a bus, measured
 * @param kernels their memory is as it was afterwards
 */
export function withBus(
  plan: BalancePlan,
  sum: MeasuredSong,
  kernels: Kernels,
  reference?: ReferenceMix | undefined,
): BalancePlan {
  const { target, output } = plan;
  const style = masterStyle(USUAL_STYLE);
  const rule = { words: 'glue', dynamics: GLUE };
  const excerpts = [...joinExcerpts(sum.excerpts.even), ...sum.excerpts.loudest];
  const format = { sampleRate: sum.sampleRate, channels: 2 };
  const glue = decideDynamics(kernels, format, { rule }, { style, aimCrestDb: null }, excerpts);
  // What is over full scale in a sum of floats is not cut off.
  const whole = { ...sum, figures: { ...sum.figures, clippedSamples: 0 } };
  const master = planMaster(whole, kernels, {
    source: { path: 'the sum of the stems', audioHash: '-' },
    target: {
      ...masterTarget(USUAL_TARGET),
      name: 'the mix',
      loudnessLufs: target.loudnessLufs,
      ceilingDb: target.ceilingDb,
      toleranceLu: TOLERANCE_LU,
      mostLimitingDb: MOST_LIMITING_DB,
    },
    output,
    ...(reference && {
      style: { ...style, equaliser: { ...style.equaliser, ...EQUALISER } },
      wanted: {
        name: 'the reference',
        levelDb: balanceOf(reference.figures),
        toleranceDb: () => APART_DB,
        toneDb: () => 0,
      },
    }),
    decided: {
      without: [
        ...(['rumble-filter', 'multiband', 'de-esser', 'width', 'saturation', 'dynamics'] as const),
        ...(reference ? [] : (['equaliser'] as const)),
      ],
      stages: glue === null ? [] : [glue],
    },
  });
  return {
    ...plan,
    bus: { stages: master.stages.filter(isBusStage) },
    expected: { integratedLufs: master.expected.integratedLufs, truePeakDb: target.ceilingDb },
    warnings: [...plan.warnings, ...softer(master.expected.integratedLufs, target)],
  };
}

/** Why a mix is softer than was asked for. */
function softer(expected: number | null, { loudnessLufs }: BalancePlan['target']): string[] {
  if (expected === null || expected > loudnessLufs - TOLERANCE_LU) return [];
  return [
    `The mix reaches ${expected.toFixed(1)} LUFS instead of ${loudnessLufs.toFixed(1)}: for more the limiter would have to take more than ${MOST_LIMITING_DB.toFixed(1)} dB.`,
  ];
}

function isBusStage(stage: MasterStage): stage is BusStage {
  return BUS_STAGES.some((kind) => kind === stage.kind);
}
