import { Gain, type Kernels, TruePeakLimiter } from '@tutti/dsp';
import { MasteringError } from '../mastering-error.ts';
import type { StageOf } from '../stage-schemas.ts';
import type { ChainFormat, StageProcessor } from './stage-processor.ts';

/** The gain to the loudness of the target. */
export function gainStage(
  kernels: Kernels,
  format: ChainFormat,
  { gainDb }: StageOf<'gain'>,
): StageProcessor<StageOf<'gain'>> {
  const gain = new Gain(kernels, { ...format, gainDb });
  return {
    latencyFrames: 0,
    process: (block) => gain.process(block),
    set: (stage) => gain.set({ gainDb: stage.gainDb }),
    reset: () => gain.reset(),
  };
}

/** The limiter for the true peak. */
export function limiterStage(
  kernels: Kernels,
  format: ChainFormat,
  { ceilingDb, lookaheadSeconds, releaseSeconds }: StageOf<'limiter'>,
): StageProcessor<StageOf<'limiter'>> {
  const limiter = new TruePeakLimiter(kernels, { ...format, ceilingDb, lookaheadSeconds, releaseSeconds });
  return {
    latencyFrames: limiter.latencyFrames,
    process: (block) => limiter.process(block),
    set(stage) {
      if (stage.lookaheadSeconds !== lookaheadSeconds)
        throw new MasteringError(
          'invalid-option',
          `the limiter of a running chain looks ${lookaheadSeconds} s ahead; it cannot look ${stage.lookaheadSeconds} s ahead before it is made anew`,
        );
      limiter.set({ ceilingDb: stage.ceilingDb, releaseSeconds: stage.releaseSeconds });
    },
    reset: () => limiter.reset(),
    gainReductionDb: () => limiter.gainReductionDb(),
  };
}
