import { type Kernels, SampleBlock, TruePeakLimiter } from '@tutti/dsp';
import { dropFront } from '../rendering/drop-front.ts';
import { blockFramesRefusal, evenBlocks } from '../rendering/even-blocks.ts';
import type { TrackSource } from '../sources/track-source.ts';
import { MixingError } from './mixing-error.ts';
import { parseMixPlan } from './parse-mix-plan.ts';
import type { MixPlan } from './plan-schema.ts';
import { mixSegments, SEGMENT_FRAMES } from './segments.ts';
import { Stage } from './stage.ts';

export interface RenderProgress {
  readonly seconds: number;
  readonly totalSeconds: number;
}

export interface RenderOptions {
  /** Stops the render: the generator then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Frames of the blocks that are yielded, 1 to 2^20; 16,384 unless told. The last one may be shorter. */
  readonly blockFrames?: number;
  /** Called before each block is yielded. */
  readonly onProgress?: (progress: RenderProgress) => void;
}

const USUAL_BLOCK_FRAMES = 16_384;

/**
 * Renders a plan: stereo at the plan's rate, `round(seconds * sampleRate)` frames, the master limiter's delay taken out.
 * Stages: per track decode -> stereo -> mix rate -> stretch by the time map -> bands -> level; sum -> true-peak limiter.
 * Memory is that of at most three decks, however long the set; each track is open only while it is heard. The same plan
 * gives the same samples whatever `blockFrames` is.
 * @param openTrack opens the source of `plan.tracks[index]`; the render closes it
 * @param kernels is this render's alone while it runs: what it allocates is released at the end
 * @yields the same block again and again: its samples are good until the next one is asked for
 * @throws MixingError 'invalid-plan'; 'source' when a source is shorter than the plan says or of a form that cannot be
 *   mixed; whatever `openTrack` and the sources throw; the signal's reason
 */
export async function* renderMix(
  plan: MixPlan,
  openTrack: (index: number) => Promise<TrackSource>,
  kernels: Kernels,
  options: RenderOptions = {},
): AsyncGenerator<SampleBlock, void, undefined> {
  const { blockFrames = USUAL_BLOCK_FRAMES, signal, onProgress } = options;
  const refusal = blockFramesRefusal(blockFrames);
  if (refusal !== undefined) throw new MixingError('invalid-option', refusal);
  const checked = parseMixPlan(plan);
  const mark = kernels.mark();
  const stage = new Stage(checked, openTrack, kernels, signal);
  try {
    const totalSeconds = checked.seconds;
    let done = 0;
    for await (const block of evenBlocks(limited(stage, checked, kernels), kernels, 2, blockFrames)) {
      done += block.frames;
      onProgress?.({ seconds: Math.min(totalSeconds, done / checked.sampleRate), totalSeconds });
      yield block;
    }
  } finally {
    await stage.clear();
    kernels.release(mark);
  }
}

/** The mix through the master limiter, its delay cut off the front and played out at the end. */
async function* limited(stage: Stage, plan: MixPlan, kernels: Kernels): AsyncGenerator<SampleBlock, void, undefined> {
  const { sampleRate, master } = plan;
  const limiter = new TruePeakLimiter(kernels, {
    sampleRate,
    channels: 2,
    ceilingDb: master.ceilingDb,
    lookaheadSeconds: master.lookaheadSeconds,
    releaseSeconds: master.releaseSeconds,
  });
  const mix = new SampleBlock(kernels, 2, SEGMENT_FRAMES);
  let delayLeft = limiter.latencyFrames;
  for (const [from, to] of mixSegments(plan)) {
    await stage.play(mix, from, to);
    limiter.process(mix);
    delayLeft -= dropFront(mix, delayLeft);
    if (mix.frames > 0) yield mix;
  }
  for (let left = limiter.latencyFrames; left > 0; left -= SEGMENT_FRAMES) {
    mix.silence(Math.min(left, SEGMENT_FRAMES));
    limiter.process(mix);
    // A mix shorter than the delay has not come out yet.
    delayLeft -= dropFront(mix, delayLeft);
    if (mix.frames > 0) yield mix;
  }
}
