import { type Kernels, SampleBlock } from '@tutti/dsp';
import { MasterChain } from '../chain/master-chain.ts';
import type { ChainFormat } from '../chain/stage-processor.ts';
import type { Excerpt } from '../measure/excerpt-keeper.ts';
import { SampleMemory } from '../sample-memory.ts';
import type { MasterStage } from '../stage-schemas.ts';

/** Excerpts that follow each other without a gap become one. */
export function joinExcerpts(excerpts: readonly Excerpt[], memory = new SampleMemory()): Excerpt[] {
  const runs: Excerpt[][] = [];
  for (const excerpt of excerpts) {
    const before = runs.at(-1)?.at(-1);
    if (before && before.start + before.channels[0]!.length === excerpt.start) runs.at(-1)!.push(excerpt);
    else runs.push([excerpt]);
  }
  return runs.map((run) => {
    if (run.length === 1) return run[0]!;
    const frames = run.reduce((sum, { channels }) => sum + channels[0]!.length, 0);
    const channels = run[0]!.channels.map((_, channel) => {
      const joined = memory.take(frames);
      for (const part of run) joined.set(part.channels[channel]!, part.start - run[0]!.start);
      return joined;
    });
    return { start: run[0]!.start, channels };
  });
}

/**
 * Runs excerpts, each from silence, through stages, their delay taken out: as a render would, but for what was heard before.
 * The kernels' memory is as it was afterwards.
 * @param into where what comes out is written: into memory, that of its own when absent, or over what went in
 */
export function runStages(
  kernels: Kernels,
  format: ChainFormat,
  stages: readonly MasterStage[],
  excerpts: readonly Excerpt[],
  into: SampleMemory | 'same' = new SampleMemory(),
): readonly Excerpt[] {
  if (stages.length === 0) return excerpts;
  const mark = kernels.mark();
  try {
    const chain = new MasterChain(kernels, { ...format, stages });
    const hop = Math.round(format.sampleRate / 10);
    const block = new SampleBlock(kernels, format.channels, hop);
    return excerpts.map((excerpt) => {
      chain.reset();
      const { start, channels } = excerpt;
      const out = into === 'same' ? channels : channels.map((samples) => into.take(samples.length));
      runExcerpt(chain, block, channels, out);
      return { start, channels: out };
    });
  } finally {
    kernels.release(mark);
  }
}

/** What comes out is never ahead of what has gone in: `out` may be `channels`. */
function runExcerpt(
  chain: MasterChain,
  block: SampleBlock,
  channels: readonly Float32Array[],
  out: readonly Float32Array[],
): void {
  const frames = channels[0]!.length;
  for (let at = 0; at < frames + chain.latencyFrames; at += block.capacity) {
    const left = Math.max(0, Math.min(block.capacity, frames - at));
    block.write(channels, at, left);
    const silence = Math.min(block.capacity, frames + chain.latencyFrames - at) - left;
    for (let channel = 0; channel < channels.length; channel++) block.channel(channel).fill(0, left, left + silence);
    block.frames = left + silence;
    chain.process(block);
    const from = Math.max(0, chain.latencyFrames - at);
    if (from >= block.frames) continue;
    out.forEach((samples, channel) => {
      samples.set(block.channel(channel).subarray(from, block.frames), at + from - chain.latencyFrames);
    });
  }
}
