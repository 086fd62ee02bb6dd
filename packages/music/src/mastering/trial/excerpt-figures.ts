import { type Kernels, LevelMeter, LoudnessMeter, lufsToEnergy, SampleBlock, soundPeaks } from '@tutti/dsp';
import { dropFront } from '../../rendering/drop-front.ts';
import { MasterChain } from '../chain/master-chain.ts';
import type { ChainFormat } from '../chain/stage-processor.ts';
import type { Excerpt } from '../measure/excerpt-keeper.ts';
import type { MasterStage } from '../stage-schemas.ts';

/** What the meters say of an excerpt behind stages. */
export interface ExcerptFigures {
  /** Tenth of a second of the song at which it begins. */
  readonly startHop: number;
  /** Energies of 400 ms, K-weighted, moved by 100 ms; as of the loudness of the whole song. Empty when not asked for. */
  readonly blocks: Float64Array;
  /** Mean square of all channels in each whole tenth of a second. */
  readonly hops: Float64Array;
  /** Largest sample. */
  readonly peak: number;
  /** The most that a limiter among the stages took in each tenth of a second, dB. */
  readonly limitingDb: readonly number[];
}

/**
 * Measures excerpts behind stages, each from silence, the stages' delay taken out; nothing is kept of the samples. The
 * kernels' memory is as it was afterwards.
 */
export function excerptFigures(
  kernels: Kernels,
  format: ChainFormat,
  stages: readonly MasterStage[],
  excerpts: readonly Excerpt[],
  { loudness }: { readonly loudness: boolean },
): ExcerptFigures[] {
  const mark = kernels.mark();
  try {
    const chain = new MasterChain(kernels, { ...format, stages });
    const meter = new LoudnessMeter(kernels, format);
    const level = new LevelMeter(kernels, format);
    const hopEnd = (hop: number) => Math.round(((hop + 1) * format.sampleRate) / 10);
    const block = new SampleBlock(kernels, format.channels, hopEnd(0) + 1 + chain.latencyFrames);
    return excerpts.map(({ start, channels }) => {
      chain.reset();
      chain.gainReductionDb('limiter');
      meter.reset();
      level.reset();
      const frames = channels[0]!.length;
      const hops: number[] = [];
      const limitingDb: number[] = [];
      let squares = 0;
      // A tenth of a second comes out when that much and the delay have gone in.
      for (let hop = 0, taken = 0, given = 0; given < frames; hop++) {
        const end = Math.min(hopEnd(hop), frames);
        takePiece(block, channels, taken, end + chain.latencyFrames);
        taken = end + chain.latencyFrames;
        chain.process(block);
        limitingDb.push(chain.gainReductionDb('limiter'));
        if (hop === 0) dropFront(block, chain.latencyFrames);
        const peaks = soundPeaks(block, format.channels);
        if (loudness) meter.process(block, peaks);
        level.process(block, peaks);
        const sum = level.squares();
        if (end === hopEnd(hop)) hops.push((sum - squares) / (format.channels * (end - given)));
        squares = sum;
        given = end;
      }
      return {
        startHop: Math.round((start * 10) / format.sampleRate),
        blocks: Float64Array.from(meter.result().momentary, lufsToEnergy),
        hops: Float64Array.from(hops),
        peak: level.samplePeak(),
        limitingDb,
      };
    });
  } finally {
    kernels.release(mark);
  }
}

/** What the meters would say of an excerpt behind a gain. */
export function louder({ blocks, hops, peak, ...others }: ExcerptFigures, gainDb: number): ExcerptFigures {
  const power = 10 ** (gainDb / 10);
  return {
    ...others,
    blocks: blocks.map((energy) => energy * power),
    hops: hops.map((square) => square * power),
    peak: peak * Math.sqrt(power),
  };
}

/** Fills a block with the frames of an excerpt from one up to another; behind its end is silence. */
function takePiece(block: SampleBlock, channels: readonly Float32Array[], from: number, to: number): void {
  const left = Math.max(0, Math.min(to, channels[0]!.length) - from);
  block.write(channels, from, left);
  for (let channel = 0; channel < channels.length; channel++) block.channel(channel).fill(0, left, to - from);
  block.frames = to - from;
}
