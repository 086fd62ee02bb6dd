import { cascadeResponseDb, type Kernels } from '@tutti/dsp';
import { bandsOf, rumbleBands } from '../chain/filter-stages.ts';
import type { ChainFormat } from '../chain/stage-processor.ts';
import type { MeasuredSong } from '../measure/measured-song.ts';
import type { MasterPlan } from '../plan-schema.ts';
import type { MasterStage, StageKind } from '../stage-schemas.ts';
import { masterStyle, USUAL_STYLE } from '../styles/find-style.ts';
import type { MasterStyle } from '../styles/master-style.ts';
import { masterTarget, USUAL_TARGET } from '../targets/find-target.ts';
import type { MasterTargetDefinition } from '../targets/master-target.ts';
import { estimateSong, filteredSong } from '../trial/estimate-song.ts';
import { joinExcerpts, runStages } from '../trial/run-stages.ts';
import { type DecidedBehaviour, decideBehaviour } from './decide-behaviour.ts';
import { decideDeEsser } from './decide-de-esser.ts';
import { decideDynamics } from './decide-dynamics.ts';
import { decideEqualiser } from './decide-equaliser.ts';
import { decideMultiband } from './decide-multiband.ts';
import { decideRumble } from './decide-rumble.ts';
import { decideSaturation } from './decide-saturation.ts';
import { decideWidth } from './decide-width.ts';
import { renderFingerprint } from './plan-fingerprint.ts';
import type { PlanRequest } from './plan-request.ts';
import { solveLevel } from './solve-level.ts';
import { wantedBalance } from './wanted-balance.ts';
import { warningsOn } from './warnings.ts';

export interface PlanMasterOptions {
  /** Where the file is, and the hash of its decoded sound. */
  readonly source: { readonly path: string; readonly audioHash: string };
  /** What it is for; streaming services unless told. */
  readonly target?: MasterTargetDefinition;
  /** What it is to sound like; nothing in particular unless told. */
  readonly style?: MasterStyle;
  /** Of the equaliser; minimum unless told. */
  readonly phase?: 'minimum' | 'linear';
  readonly output?: Partial<MasterPlan['output']>;
  /** The balance that is aimed at instead of popular music in the style. */
  readonly wanted?: PlanRequest['wanted'];
  /** The crest factor that dynamics lead to instead of that of the table of behaviours, dB. */
  readonly aimCrestDb?: number;
  /** Stages that are not decided from the song: left out, or set as they are. */
  readonly decided?: { readonly without: readonly StageKind[]; readonly stages: readonly MasterStage[] };
}

/** More than the stages of a chain look ahead. */
const LOOK_AHEAD_SECONDS = { minimum: 0.05, linear: 0.3 };
/** A loudness that is further from what was planned breaks the promise, LU. */
const PROMISED_LU = 0.1;

/**
 * Plans a master: each stage is decided from what was measured, with the reason; dynamics, gain and limiter are tried on
 * excerpts of the song, so that what is expected of the master is known before it is rendered. The same song and options
 * give the same plan.
 * @param kernels their memory is as it was afterwards
 * @throws DspError 'out-of-memory'
 */
export function planMaster(song: MeasuredSong, kernels: Kernels, options: PlanMasterOptions): MasterPlan {
  const { source, target = masterTarget(USUAL_TARGET), style = masterStyle(USUAL_STYLE), phase = 'minimum' } = options;
  const { wanted = wantedBalance(style), decided: given = { without: [], stages: [] } } = options;
  const output = {
    ...target.output,
    sampleRate: target.output.sampleRate ?? song.sampleRate,
    ...options.output,
  };
  const filterRate = Math.min(song.sampleRate, output.sampleRate);
  const aimCrestDb = options.aimCrestDb ?? null;
  const request: PlanRequest = { song, filterRate, target, style, phase, wanted, aimCrestDb };
  const behaviour = decideBehaviour(song.figures, style);
  const decided = decideStages(kernels, request, behaviour, given);
  const { title: _title, monoBelowHz: _mono, output: _output, source: _source, ...asked } = target;
  return {
    schema: 'tutti.master-plan/1',
    source: {
      ...source,
      sampleRate: song.sampleRate,
      channels: song.channels === 1 ? 1 : 2,
      seconds: song.frames / song.sampleRate,
    },
    target: asked,
    style: { name: style.name },
    behaviour: { kind: behaviour.rule.kind, reason: behaviour.reason },
    measured: song.figures,
    stages: decided.stages,
    output,
    expected: {
      integratedLufs: decided.expected.integratedLufs,
      toleranceLu: PROMISED_LU,
      truePeakDb: target.ceilingDb,
      crestDb: decided.expected.crestDb,
      limitingDb: decided.limitingDb,
      workedOutFor: renderFingerprint({ stages: decided.stages, output }),
    },
    warnings: [...warningsOn(song), ...decided.warnings],
  };
}

function decideStages(
  kernels: Kernels,
  request: PlanRequest,
  behaviour: DecidedBehaviour,
  given: NonNullable<PlanMasterOptions['decided']>,
) {
  const { song, target } = request;
  const format: ChainFormat = { sampleRate: song.sampleRate, channels: song.channels };
  const one = (kind: StageKind, decide: () => MasterStage | null): MasterStage[] => {
    const stage = given.stages.find((each) => each.kind === kind) ?? (given.without.includes(kind) ? null : decide());
    return stage === null || (kind === 'width' && song.channels < 2) ? [] : [stage];
  };
  const shaping = [
    ...one('rumble-filter', () => decideRumble(song)),
    ...one('equaliser', () => decideEqualiser(request)),
    ...one('multiband', () => decideMultiband(request)),
  ];
  const even = joinExcerpts(song.excerpts.even);
  const shaped = [even, song.excerpts.loudest].map((excerpts) => runStages(kernels, format, shaping, excerpts));
  const dynamics = one('dynamics', () => decideDynamics(kernels, format, behaviour, request, shaped.flat()));
  const colouring = [
    ...one('de-esser', () => decideDeEsser(request)),
    ...one('width', () => decideWidth(request)),
    ...one('saturation', () => decideSaturation(request)),
  ];
  const [evenReady, forPeakReady] = shaped.map((excerpts) =>
    runStages(kernels, format, [...dynamics, ...colouring], excerpts),
  );
  const before = [...shaping, ...dynamics, ...colouring];
  const filtered = filteredSong(song, responseOf(before, song.sampleRate));
  const solved = solveLevel(kernels, format, target, {
    even: evenReady!,
    forPeak: forPeakReady!,
    truePeakDb: before.length === 0 ? song.figures.truePeakDb : null,
    estimate: (evenFigures, peakFigures) =>
      estimateSong(filtered, {
        even: evenFigures,
        forPeak: peakFigures,
        latencySeconds: LOOK_AHEAD_SECONDS[request.phase],
      }),
  });
  return { ...solved, stages: [...before, ...solved.stages] };
}

/** What the linear filters among the stages do to a frequency, dB. */
function responseOf(stages: readonly MasterStage[], sampleRate: number): (frequencyHz: number) => number {
  const bands = stages.flatMap((stage) => {
    if (stage.kind === 'rumble-filter') return rumbleBands(stage);
    return stage.kind === 'equaliser' ? bandsOf(stage) : [];
  });
  return cascadeResponseDb(bands, sampleRate);
}
