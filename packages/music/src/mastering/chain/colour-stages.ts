import { type Kernels, Saturator, StereoWidth } from '@tutti/dsp';
import { MasteringError } from '../mastering-error.ts';
import type { StageOf } from '../stage-schemas.ts';
import type { ChainFormat, StageProcessor } from './stage-processor.ts';

/** Side against mid, and bass in the middle; of two channels. */
export function widthStage(
  kernels: Kernels,
  { sampleRate }: ChainFormat,
  { width, monoBelowHz }: StageOf<'width'>,
): StageProcessor<StageOf<'width'>> {
  const stereo = new StereoWidth(kernels, { sampleRate, width, monoBelowHz });
  return {
    latencyFrames: stereo.latencyFrames,
    process: (block) => stereo.process(block),
    set: (next) => stereo.set({ width: next.width, monoBelowHz: next.monoBelowHz }),
    reset: () => stereo.reset(),
  };
}

/** Soft saturation. */
export function saturationStage(
  kernels: Kernels,
  format: ChainFormat,
  { driveDb, mix, oversampling }: StageOf<'saturation'>,
): StageProcessor<StageOf<'saturation'>> {
  const saturator = new Saturator(kernels, { ...format, driveDb, mix, oversampling });
  return {
    latencyFrames: saturator.latencyFrames,
    process: (block) => saturator.process(block),
    set(next) {
      if (next.oversampling !== oversampling)
        throw new MasteringError(
          'invalid-option',
          `a running saturation works at ${oversampling} times the rate; it cannot at ${next.oversampling} times before it is made anew`,
        );
      saturator.set({ driveDb: next.driveDb, mix: next.mix });
    },
    reset: () => saturator.reset(),
  };
}
