import type { Kernels } from '@tutti/dsp';
import type { ChainFormat } from '../chain/stage-processor.ts';
import type { Excerpt } from '../measure/excerpt-keeper.ts';
import type { MeasuredSong } from '../measure/measured-song.ts';
import type { MasterPlan } from '../plan-schema.ts';
import { SampleMemory } from '../sample-memory.ts';
import type { MasterStage, StageKind } from '../stage-schemas.ts';
import { masterStyle, USUAL_STYLE } from '../styles/find-style.ts';
import type { MasterStyle } from '../styles/master-style.ts';
import { masterTarget, USUAL_TARGET } from '../targets/find-target.ts';
import type { MasterTargetDefinition } from '../targets/master-target.ts';
import { estimateSong, type SongFigures } from '../trial/estimate-song.ts';
import { excerptFigures } from '../trial/excerpt-figures.ts';
import { filteredSong } from '../trial/filtered-song.ts';
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
import { type SolvedLevel, solveLevel } from './solve-level.ts';
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
  /** For what is tried, as it was afterwards; memory of its own when absent. */
  readonly memory?: SampleMemory | undefined;
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
  const { memory = new SampleMemory() } = options;
  const mark = memory.mark();
  const output = {
    ...target.output,
    sampleRate: target.output.sampleRate ?? song.sampleRate,
    ...options.output,
  };
  const filterRate = Math.min(song.sampleRate, output.sampleRate);
  const aimCrestDb = options.aimCrestDb ?? null;
  const { without, stages: set } = given;
  const one: DecideOne = (kind, decide) => {
    const stage = set.find((each) => each.kind === kind) ?? (without.includes(kind) ? null : decide());
    return stage === null || (kind === 'width' && song.channels < 2) ? [] : [stage];
  };
  const rumble = one('rumble-filter', () => decideRumble(song));
  const heard = behindRumble({ kernels, memory }, song, rumble, phase);
  const request: PlanRequest = { song, level: heard.level, filterRate, target, style, phase, wanted, aimCrestDb };
  const behaviour = decideBehaviour(heard.level, style);
  const decided =
    heard.level.samplePeakDb === null
      ? silence(heard)
      : decideStages({ kernels, memory }, request, behaviour, heard, one);
  memory.release(mark);
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

/** A stage that is given, or else decided; none when it is left out. */
type DecideOne = (kind: StageKind, decide: () => MasterStage | null) => readonly MasterStage[];

/** What stages are tried in. */
interface Workplace {
  readonly kernels: Kernels;
  readonly memory: SampleMemory;
}

/** A song without what nobody hears of it. */
interface HeardSong {
  readonly rumble: readonly MasterStage[];
  readonly even: readonly Excerpt[];
  readonly forPeak: readonly Excerpt[];
  readonly level: SongFigures;
}

function behindRumble(
  { kernels, memory }: Workplace,
  song: MeasuredSong,
  rumble: readonly MasterStage[],
  phase: keyof typeof LOOK_AHEAD_SECONDS,
): HeardSong {
  const format: ChainFormat = { sampleRate: song.sampleRate, channels: song.channels };
  const even = runStages(kernels, format, rumble, joinExcerpts(song.excerpts.even, memory), memory);
  const forPeak = runStages(kernels, format, rumble, song.excerpts.loudest, memory);
  if (rumble.length === 0) return { rumble, even, forPeak, level: song.figures };
  const level = estimateSong(filteredSong(song, rumble), {
    even: excerptFigures(kernels, format, [], even, { loudness: true }),
    forPeak: excerptFigures(kernels, format, [], forPeak, { loudness: false }),
    latencySeconds: LOOK_AHEAD_SECONDS[phase],
  });
  return { rumble, even, forPeak, level };
}

/** Of a song in which there is nothing to hear. */
function silence({ rumble, level }: HeardSong): SolvedLevel {
  const words = rumble.length === 0 ? 'It is silent.' : 'It is silent but for a constant offset, which is taken away.';
  return { stages: rumble, expected: level, limitingDb: 0, warnings: [words] };
}

function decideStages(
  { kernels, memory }: Workplace,
  request: PlanRequest,
  behaviour: DecidedBehaviour,
  { rumble, even, forPeak }: HeardSong,
  one: DecideOne,
): SolvedLevel {
  const { song, target } = request;
  const format: ChainFormat = { sampleRate: song.sampleRate, channels: song.channels };
  // What cannot be measured is left as it is.
  const shape: DecideOne = (kind, decide) => one(kind, request.level.integratedLufs === null ? () => null : decide);
  const shaping = [
    ...shape('equaliser', () => decideEqualiser(request)),
    ...shape('multiband', () => decideMultiband(request)),
  ];
  // The song's own samples are not written over.
  const into = (before: readonly MasterStage[]) => (before.length > 0 ? 'same' : memory);
  const shaped = [even, forPeak].map((excerpts) => runStages(kernels, format, shaping, excerpts, into(rumble)));
  const dynamics = shape('dynamics', () => decideDynamics(kernels, format, behaviour, request, shaped.flat()));
  const colouring = [
    ...shape('de-esser', () => decideDeEsser(request, [...rumble, ...shaping])),
    ...shape('width', () => decideWidth(request)),
    ...shape('saturation', () => decideSaturation(request)),
  ];
  const [evenReady, forPeakReady] = shaped.map((excerpts) =>
    runStages(kernels, format, [...dynamics, ...colouring], excerpts, into([...rumble, ...shaping])),
  );
  const before = [...rumble, ...shaping, ...dynamics, ...colouring];
  const filtered = filteredSong(song, before);
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
