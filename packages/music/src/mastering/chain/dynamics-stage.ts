import { Compressor, type Kernels } from '@tutti/dsp';
import { MasteringError } from '../mastering-error.ts';
import type { StageOf } from '../stage-schemas.ts';
import type { ChainFormat, StageProcessor } from './stage-processor.ts';

/** Bass alone does not move the level of everything: the detector hears it less. Hz */
const SIDECHAIN_HZ = 60;

/** A compressor or an upward expander on the peaks, which their level is held for 12.5 ms after. */
export function dynamicsStage(
  kernels: Kernels,
  format: ChainFormat,
  stage: StageOf<'dynamics'>,
): StageProcessor<StageOf<'dynamics'>> {
  const { mode } = stage;
  const compressor = new Compressor(kernels, {
    ...format,
    ...settingsOf(stage),
    mode,
    detector: 'peak',
    sidechainHighPassHz: SIDECHAIN_HZ,
  });
  return {
    latencyFrames: compressor.latencyFrames,
    process: (block) => compressor.process(block),
    set(next) {
      if (next.mode !== mode)
        throw new MasteringError(
          'invalid-option',
          `the dynamics of a running chain ${mode}; they cannot ${next.mode} before it is made anew`,
        );
      compressor.set(settingsOf(next));
    },
    reset: () => compressor.reset(),
    gainReductionDb: () => compressor.gainReductionDb(),
  };
}

function settingsOf(stage: StageOf<'dynamics'>) {
  const { thresholdDb, ratio, kneeDb, attackSeconds, releaseSeconds, rangeDb, gainDb } = stage;
  return { thresholdDb, ratio, kneeDb, attackSeconds, releaseSeconds, rangeDb, gainDb };
}
