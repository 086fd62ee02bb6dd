import type { Kernels } from '@tutti/dsp';
import { MasteringError } from '../mastering-error.ts';
import type { MasterStage } from '../stage-schemas.ts';
import { deEsserStage, multibandStage } from './band-stages.ts';
import { saturationStage, widthStage } from './colour-stages.ts';
import { dynamicsStage } from './dynamics-stage.ts';
import { minimumPhaseEqualiser, rumbleFilter } from './filter-stages.ts';
import { gainStage, limiterStage } from './level-stages.ts';
import { linearPhaseEqualiser } from './linear-phase-stage.ts';
import type { ChainFormat, StageProcessor } from './stage-processor.ts';

/** A stage at work that can be sent to the parameters of any stage of its kind. */
export type RunningStage = StageProcessor & { readonly kind: MasterStage['kind'] };

/** Makes the processor of a stage. @throws DspError 'out-of-memory' */
export function makeStage(kernels: Kernels, format: ChainFormat, stage: MasterStage): RunningStage {
  switch (stage.kind) {
    case 'rumble-filter':
      return running(stage, rumbleFilter(kernels, format, stage));
    case 'equaliser':
      return stage.phase === 'linear'
        ? running(stage, linearPhaseEqualiser(kernels, format, stage))
        : running(stage, minimumPhaseEqualiser(kernels, format, stage));
    case 'multiband':
      return running(stage, multibandStage(kernels, format, stage));
    case 'dynamics':
      return running(stage, dynamicsStage(kernels, format, stage));
    case 'de-esser':
      return running(stage, deEsserStage(kernels, format, stage));
    case 'width':
      return running(stage, widthStage(kernels, format, stage));
    case 'saturation':
      return running(stage, saturationStage(kernels, format, stage));
    case 'gain':
      return running(stage, gainStage(kernels, format, stage));
    case 'limiter':
      return running(stage, limiterStage(kernels, format, stage));
  }
}

function running<S extends MasterStage>(stage: S, processor: StageProcessor<S>): RunningStage {
  return {
    ...processor,
    kind: stage.kind,
    set(next) {
      if (next.kind === 'equaliser' && stage.kind === 'equaliser' && next.phase !== stage.phase)
        throw new MasteringError(
          'invalid-option',
          `a running equaliser of ${stage.phase} phase cannot become one of ${next.phase} phase`,
        );
      if (!isAnother(next, stage))
        throw new MasteringError('invalid-option', `a running ${stage.kind} cannot become a ${next.kind}`);
      processor.set(next);
    },
  };
}

function isAnother<S extends MasterStage>(next: MasterStage, stage: S): next is S {
  return next.kind === stage.kind;
}
