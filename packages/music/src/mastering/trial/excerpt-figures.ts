import { type Kernels, LevelMeter, LoudnessMeter, lufsToEnergy, SampleBlock } from '@tutti/dsp';
import type { ChainFormat } from '../chain/stage-processor.ts';
import type { Excerpt } from '../measure/excerpt-keeper.ts';

/** What the meters say of an excerpt. */
export interface ExcerptFigures {
  /** Tenth of a second of the song at which it begins. */
  readonly startHop: number;
  /** Energies of 400 ms, K-weighted, moved by 100 ms; as of the loudness of the whole song. Empty when not asked for. */
  readonly blocks: Float64Array;
  /** Mean square of all channels in each whole tenth of a second. */
  readonly hops: Float64Array;
  /** Largest sample. */
  readonly peak: number;
}

/** Measures excerpts. The kernels' memory is as it was afterwards. */
export function excerptFigures(
  kernels: Kernels,
  format: ChainFormat,
  excerpts: readonly Excerpt[],
  { loudness }: { readonly loudness: boolean },
): ExcerptFigures[] {
  const mark = kernels.mark();
  try {
    const meter = new LoudnessMeter(kernels, format);
    const level = new LevelMeter(kernels, format);
    const block = new SampleBlock(kernels, format.channels, Math.ceil(format.sampleRate / 10) + 1);
    return excerpts.map(({ start, channels }) => {
      meter.reset();
      level.reset();
      const frames = channels[0]!.length;
      const hops: number[] = [];
      let sum = 0;
      for (let hop = 0, from = 0; from < frames; hop++) {
        const end = Math.round(((hop + 1) * format.sampleRate) / 10);
        block.write(channels, from, Math.min(end, frames) - from);
        if (loudness) meter.process(block);
        level.process(block);
        from = Math.min(end, frames);
        const squares = level.result().rms ** 2 * from;
        if (end <= frames) hops.push((squares - sum) / block.frames);
        sum = squares;
      }
      return {
        startHop: Math.round((start * 10) / format.sampleRate),
        blocks: Float64Array.from(meter.result().momentary, lufsToEnergy),
        hops: Float64Array.from(hops),
        peak: level.result().samplePeak,
      };
    });
  } finally {
    kernels.release(mark);
  }
}
