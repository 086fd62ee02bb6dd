import { DeEsser, type Kernels, MultibandCompressor } from '@tutti/dsp';
import { MasteringError } from '../mastering-error.ts';
import type { StageOf } from '../stage-schemas.ts';
import type { ChainFormat, StageProcessor } from './stage-processor.ts';

/** A band is changed by its curve alone: no further bound, dB. */
const NO_BOUND_DB = 60;

/** A compressor for each band that has one. */
export function multibandStage(
  kernels: Kernels,
  format: ChainFormat,
  stage: StageOf<'multiband'>,
): StageProcessor<StageOf<'multiband'>> {
  const bands = stage.bands.map((band) => band && { ...band, mode: 'compress' as const, rangeDb: NO_BOUND_DB });
  const multiband = new MultibandCompressor(kernels, { ...format, crossoverHz: stage.crossoverHz, bands });
  const shape = shapeOf(stage);
  return {
    latencyFrames: multiband.latencyFrames,
    process: (block) => multiband.process(block),
    set(next) {
      if (shapeOf(next) !== shape)
        throw new MasteringError(
          'invalid-option',
          `a running multiband compressor has ${shape}; it cannot have ${shapeOf(next)} before it is made anew`,
        );
      next.bands.forEach((band, index) => {
        if (band) multiband.set(index, band);
      });
    },
    reset: () => multiband.reset(),
    gainReductionDb: () => Math.max(0, ...multiband.gainReductionDb().map((reduction) => reduction ?? 0)),
  };
}

/** What of a multiband compressor is fixed when it is made. */
function shapeOf({ crossoverHz, bands }: StageOf<'multiband'>): string {
  return `borders at ${crossoverHz.join(', ')} Hz and compressors in bands ${bands.flatMap((band, i) => (band ? [i] : [])).join(', ')}`;
}

/** Turns a band down where it stands out. */
export function deEsserStage(
  kernels: Kernels,
  format: ChainFormat,
  stage: StageOf<'de-esser'>,
): StageProcessor<StageOf<'de-esser'>> {
  const { lowHz, highHz, wholeFromHz } = stage;
  const deEsser = new DeEsser(kernels, { ...format, lowHz, highHz, wholeFromHz, ...settingsOf(stage) });
  return {
    latencyFrames: deEsser.latencyFrames,
    process: (block) => deEsser.process(block),
    set(next) {
      if (next.lowHz !== lowHz || next.highHz !== highHz)
        throw new MasteringError(
          'invalid-option',
          `a running de-esser has its band from ${lowHz} to ${highHz} Hz; it cannot be from ${next.lowHz} to ${next.highHz} Hz before it is made anew`,
        );
      if (next.wholeFromHz !== wholeFromHz)
        throw new MasteringError(
          'invalid-option',
          `a running de-esser holds its band against what lies above ${wholeFromHz ?? 0} Hz; it cannot hold it against what lies above ${next.wholeFromHz ?? 0} Hz before it is made anew`,
        );
      deEsser.set(settingsOf(next));
    },
    reset: () => deEsser.reset(),
    gainReductionDb: () => deEsser.gainReductionDb(),
  };
}

function settingsOf({ thresholdDb, ratio, rangeDb }: StageOf<'de-esser'>) {
  return { thresholdDb, ratio, rangeDb };
}
