import { type Kernels, SampleBlock, TruePeakLimiter } from '@tutti/dsp';
import { dropFront } from '../rendering/drop-front.ts';
import { blockFramesRefusal, evenBlocks } from '../rendering/even-blocks.ts';
import { playOut } from '../rendering/play-out.ts';
import type { TrackSource } from '../sources/track-source.ts';
import { MixingError } from './mixing-error.ts';
import { parseMixPlan } from './parse-mix-plan.ts';
import type { MixPlan } from './plan-schema.ts';
import { deckPlayers, type Players } from './players.ts';
import { Stage } from './stage.ts';
import { PLAYED_FRAMES } from './track-part.ts';

export interface RenderProgress {
  readonly seconds: number;
  readonly totalSeconds: number;
}

/** Keeps a mix, before its limiter, while it is made, so that a render that was killed can go on from there. */
export interface MixKeeper {
  /** What an earlier render of the same plan kept, from the first frame on. */
  kept(): AsyncIterable<{ readonly channels: readonly Float32Array[]; readonly frames: number }>;
  /** Takes over what follows; the views are good until this is done. */
  keep(channels: readonly Float32Array[], frames: number): Promise<void>;
}

export interface RenderOptions {
  /** Stops the render: the generator then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Frames of the blocks that are yielded, 1 to 2^20; 16,384 unless told. The last one may be shorter. */
  readonly blockFrames?: number;
  /** Called before each block is yielded. */
  readonly onProgress?: (progress: RenderProgress) => void;
  readonly keeper?: MixKeeper;
}

const USUAL_BLOCK_FRAMES = 16_384;

/**
 * Renders a plan on the calling thread, as `renderPlayed` with decks of its own. Memory is that of at most three decks, however
 * long the set; each track is open only while it is heard.
 * @param openTrack opens the source of `plan.tracks[index]`; the render closes it
 * @param kernels is this render's alone while it runs: what it allocates is released at the end
 * @throws also MixingError 'source' when a source is shorter than the plan says or of a form that cannot be mixed; whatever
 *   `openTrack` and the sources throw
 */
export async function* renderMix(
  plan: MixPlan,
  openTrack: (index: number) => Promise<TrackSource>,
  kernels: Kernels,
  options: RenderOptions = {},
): AsyncGenerator<SampleBlock, void, undefined> {
  const checked = parseMixPlan(plan);
  const mark = kernels.mark();
  try {
    yield* renderPlayed(checked, deckPlayers(checked, openTrack, kernels, options.signal), kernels, options);
  } finally {
    kernels.release(mark);
  }
}

/**
 * Renders a plan: stereo at the plan's rate, `round(seconds * sampleRate)` frames, the master limiter's delay taken out.
 * Stages: per track decode -> stereo -> mix rate -> stretch by the time map -> bands -> level; sum -> true-peak limiter.
 * The same plan gives the same samples whoever plays, whatever `blockFrames` is, and whether or not a `keeper` had a part of
 * it: tracks that sound where that part ends are played again from their beginning, since only there a deck's state is known,
 * and the limiter hears all.
 * @param players play each track by `trackParts` of the plan
 * @param kernels is this render's alone while it runs: what it allocates is released at the end
 * @yields the same block again and again: its samples are good until the next one is asked for
 * @throws MixingError 'invalid-plan'; whatever the players throw; the signal's reason
 */
export async function* renderPlayed(
  plan: MixPlan,
  players: Players,
  kernels: Kernels,
  options: RenderOptions = {},
): AsyncGenerator<SampleBlock, void, undefined> {
  const { blockFrames = USUAL_BLOCK_FRAMES, signal, onProgress } = options;
  const refusal = blockFramesRefusal(blockFrames);
  if (refusal !== undefined) throw new MixingError('invalid-option', refusal);
  const checked = parseMixPlan(plan);
  const mark = kernels.mark();
  let stage: Stage | undefined;
  const mix = mixed(checked, kernels, options, (from) => {
    stage = new Stage(checked, players, kernels, from);
    return stage;
  });
  try {
    const totalSeconds = checked.seconds;
    let done = 0;
    for await (const block of evenBlocks(limited(mix, checked, kernels), kernels, 2, blockFrames)) {
      done += block.frames;
      onProgress?.({ seconds: Math.min(totalSeconds, done / checked.sampleRate), totalSeconds });
      yield block;
      signal?.throwIfAborted();
    }
  } finally {
    await stage?.clear();
    kernels.release(mark);
  }
}

/** The sum of all tracks: first what was kept, then what the stage plays from there on. */
async function* mixed(
  { seconds, sampleRate }: MixPlan,
  kernels: Kernels,
  { keeper, signal }: RenderOptions,
  stageFrom: (frame: number) => Stage,
): AsyncGenerator<SampleBlock, void, undefined> {
  const mix = new SampleBlock(kernels, 2, PLAYED_FRAMES);
  let kept = 0;
  for await (const { channels, frames } of keeper?.kept() ?? []) {
    for (let at = 0; at < frames; at += PLAYED_FRAMES) {
      mix.write(channels, at, Math.min(PLAYED_FRAMES, frames - at));
      yield mix;
    }
    kept += frames;
  }
  const stage = stageFrom(kept);
  const last = Math.round(seconds * sampleRate);
  for (let at = Math.min(kept, stage.first); at < last; ) {
    signal?.throwIfAborted();
    await stage.play(mix, at, last);
    const before = Math.max(0, kept - at);
    at += mix.frames;
    dropFront(mix, before);
    if (mix.frames === 0) continue;
    await keeper?.keep(mix.channels(), mix.frames);
    yield mix;
  }
}

/** The mix through the master limiter, its delay taken out. */
function limited(
  mix: AsyncIterable<SampleBlock>,
  { sampleRate, master }: MixPlan,
  kernels: Kernels,
): AsyncIterable<SampleBlock> {
  const limiter = new TruePeakLimiter(kernels, {
    sampleRate,
    channels: 2,
    ceilingDb: master.ceilingDb,
    lookaheadSeconds: master.lookaheadSeconds,
    releaseSeconds: master.releaseSeconds,
  });
  return playOut(mix, limiter, new SampleBlock(kernels, 2, PLAYED_FRAMES));
}
