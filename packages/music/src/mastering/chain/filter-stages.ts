import { Equaliser, type FilterBand, type Kernels } from '@tutti/dsp';
import { MasteringError } from '../mastering-error.ts';
import type { StageOf } from '../stage-schemas.ts';
import type { ChainFormat, StageProcessor } from './stage-processor.ts';

/** Resonances of second-order filters that in a row are a Butterworth filter, by the slope. */
const BUTTERWORTH_Q = { 12: [Math.SQRT1_2], 24: [0.541_196_1, 1.306_563] } as const;

/** The filters of a rumble filter. */
export function rumbleBands({ cutoffHz, slopeDbPerOctave }: StageOf<'rumble-filter'>): FilterBand[] {
  return BUTTERWORTH_Q[slopeDbPerOctave].map((q) => ({ shape: 'high-pass', frequencyHz: cutoffHz, q }));
}

/** A Butterworth high-pass; before it, a known offset is taken off. */
export function rumbleFilter(
  kernels: Kernels,
  format: ChainFormat,
  stage: StageOf<'rumble-filter'>,
): StageProcessor<StageOf<'rumble-filter'>> {
  const filter = cascade(kernels, format, rumbleBands(stage), stage, rumbleBands);
  // In the precision of the samples, so that nothing is left of an offset alone.
  const offset = stage.offset?.map(Math.fround) ?? [];
  return {
    ...filter,
    process(block) {
      offset.forEach((constant, channel) => {
        const samples = block.channel(channel);
        for (let i = 0; i < block.frames; i++) samples[i]! -= constant;
      });
      filter.process(block);
    },
    set(next) {
      if (String(next.offset ?? []) !== String(stage.offset ?? []))
        throw new MasteringError(
          'invalid-option',
          `a running rumble-filter takes off ${stage.offset ?? 'no offset'}; it cannot take off ${next.offset ?? 'none'} before it is made anew`,
        );
      filter.set(next);
    },
  };
}

/** Filters in a row, without latency. */
export function minimumPhaseEqualiser(
  kernels: Kernels,
  format: ChainFormat,
  stage: StageOf<'equaliser'>,
): StageProcessor<StageOf<'equaliser'>> {
  return cascade(kernels, format, bandsOf(stage), stage, bandsOf);
}

/** The bands of a stage as the filters take them. */
export function bandsOf({ bands }: StageOf<'equaliser'>): FilterBand[] {
  return bands.map(({ gainDb, ...band }) => (gainDb === undefined ? band : { ...band, gainDb }));
}

function cascade<S extends StageOf<'rumble-filter' | 'equaliser'>>(
  kernels: Kernels,
  format: ChainFormat,
  bands: readonly FilterBand[],
  { kind }: S,
  bandsFor: (stage: S) => FilterBand[],
): StageProcessor<S> {
  const equaliser = new Equaliser(kernels, { ...format, bands });
  return {
    latencyFrames: 0,
    process: (block) => equaliser.process(block),
    set(stage) {
      const next = bandsFor(stage);
      if (next.length !== bands.length)
        throw new MasteringError(
          'invalid-option',
          `the ${kind} of a running chain has ${bands.length} filters and cannot have ${next.length}: a band of 0 dB does nothing`,
        );
      next.forEach((band, index) => {
        equaliser.setBand(index, band);
      });
    },
    reset: () => equaliser.reset(),
  };
}
