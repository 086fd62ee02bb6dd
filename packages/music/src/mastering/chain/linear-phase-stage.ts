import { type Kernels, LinearPhaseEqualiser } from '@tutti/dsp';
import type { StageOf } from '../stage-schemas.ts';
import { bandsOf } from './filter-stages.ts';
import type { ChainFormat, StageProcessor } from './stage-processor.ts';

/** The magnitude of filters in a row, with every frequency delayed alike. */
export function linearPhaseEqualiser(
  kernels: Kernels,
  format: ChainFormat,
  stage: StageOf<'equaliser'>,
): StageProcessor<StageOf<'equaliser'>> {
  const equaliser = new LinearPhaseEqualiser(kernels, { ...format, bands: bandsOf(stage) });
  return {
    latencyFrames: equaliser.latencyFrames,
    process: (block) => equaliser.process(block),
    set: (next) => equaliser.set({ bands: bandsOf(next) }),
    reset: () => equaliser.reset(),
  };
}
