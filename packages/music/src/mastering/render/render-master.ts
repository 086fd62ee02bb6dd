import { type Kernels, SampleBlock } from '@tutti/dsp';
import { blockFramesRefusal, evenBlocks } from '../../rendering/even-blocks.ts';
import { piecesAtRate } from '../../rendering/pieces-at-rate.ts';
import { playOut } from '../../rendering/play-out.ts';
import type { TrackSource } from '../../sources/track-source.ts';
import { MasterChain } from '../chain/master-chain.ts';
import { MasteringError } from '../mastering-error.ts';
import { parseMasterPlan } from '../parse-master-plan.ts';
import type { MasterPlan } from '../plan-schema.ts';

export interface RenderProgress {
  readonly seconds: number;
  readonly totalSeconds: number;
}

export interface RenderMasterOptions {
  /** Stops the render: the generator then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Frames of the blocks that are yielded, 1 to 2^20; 16,384 unless told. The last one may be shorter. */
  readonly blockFrames?: number;
  /** Called before each block is yielded. */
  readonly onProgress?: ((progress: RenderProgress) => void) | undefined;
  /** Called for every 4096 frames or less that went into the chain, in order. */
  readonly onGainChange?: ((change: GainChange) => void) | undefined;
}

/** The most that stages changed the gain in a short stretch, dB, 0 or more. */
export interface GainChange {
  /** Where the stretch begins in the master; that of a limiter is seen up to its look-ahead early. */
  readonly seconds: number;
  readonly multibandDb: number;
  readonly dynamicsDb: number;
  readonly deEsserDb: number;
  readonly limiterDb: number;
}

const USUAL_BLOCK_FRAMES = 16_384;
/** Frames that the chain takes at once. */
const PIECE_FRAMES = 4096;
/** Lengths that differ by less are the same but for the last digit of a decimal, and an encoder's padding. */
const SAME_SECONDS = 0.1;

/**
 * Renders a plan: as many frames as the source has (at the output's rate), each stage's delay taken out.
 * Stages: source -> output rate -> chain -> delay off the front, silence behind the end until all has come out. Memory does
 * not grow with the length. The same plan and source give the same samples, whatever `blockFrames` is and however the
 * source is cut into blocks; a plan with no stages, at the source's rate, gives the source bit by bit.
 * @param source is closed by the render
 * @param kernels is this render's alone while it runs: what it allocates is released at the end
 * @yields the same block again and again: its samples are good until the next one is asked for
 * @throws MasteringError 'invalid-plan', 'invalid-option'; 'source' when the source is not of the form or the length that
 *   the plan says; whatever the source throws; the signal's reason
 */
export async function* renderMaster(
  plan: MasterPlan,
  source: TrackSource,
  kernels: Kernels,
  options: RenderMasterOptions = {},
): AsyncGenerator<SampleBlock, void, undefined> {
  const { blockFrames = USUAL_BLOCK_FRAMES, onProgress } = options;
  const mark = kernels.mark();
  try {
    const refusal = blockFramesRefusal(blockFrames);
    if (refusal !== undefined) throw new MasteringError('invalid-option', refusal);
    const checked = parseMasterPlan(plan);
    requireFormat(checked, source);
    const { sampleRate } = checked.output;
    const totalSeconds = checked.source.seconds;
    let done = 0;
    const { channels } = checked.source;
    for await (const block of evenBlocks(mastered(checked, source, kernels, options), kernels, channels, blockFrames)) {
      done += block.frames;
      onProgress?.({ seconds: Math.min(totalSeconds, done / sampleRate), totalSeconds });
      yield block;
    }
  } finally {
    await source.close();
    kernels.release(mark);
  }
}

function requireFormat({ source }: MasterPlan, { format }: TrackSource): void {
  if (format.sampleRate !== source.sampleRate || format.channels !== source.channels)
    throw new MasteringError(
      'source',
      `${source.path} has ${format.channels} channels at ${format.sampleRate} Hz; the plan is for ${source.channels} at ${source.sampleRate}`,
    );
}

/** The chain's output, its delay cut off the front and played out at the end. */
async function* mastered(
  plan: MasterPlan,
  source: TrackSource,
  kernels: Kernels,
  { signal, onGainChange }: RenderMasterOptions,
): AsyncGenerator<SampleBlock, void, undefined> {
  const { channels } = plan.source;
  const chain = new MasterChain(kernels, { sampleRate: plan.output.sampleRate, channels, stages: plan.stages });
  const { latencyFrames } = chain;
  const rest = new SampleBlock(kernels, channels, PIECE_FRAMES);
  yield* playOut(atOutputRate(plan, source, kernels, signal), chain, rest, (before) =>
    onGainChange?.({
      seconds: Math.max(0, before - latencyFrames) / plan.output.sampleRate,
      multibandDb: chain.gainReductionDb('multiband'),
      dynamicsDb: chain.gainReductionDb('dynamics'),
      deEsserDb: chain.gainReductionDb('de-esser'),
      limiterDb: chain.gainReductionDb('limiter'),
    }),
  );
}

async function* atOutputRate(
  plan: MasterPlan,
  source: TrackSource,
  kernels: Kernels,
  signal: AbortSignal | undefined,
): AsyncGenerator<SampleBlock, void, undefined> {
  const { sampleRate: fromRate } = plan.source;
  const frames = yield* piecesAtRate(source, plan.output.sampleRate, kernels, PIECE_FRAMES, signal);
  if (Math.abs(frames / fromRate - plan.source.seconds) > SAME_SECONDS)
    throw new MasteringError(
      'source',
      `${plan.source.path} lasts ${(frames / fromRate).toFixed(2)} s; the plan is for ${plan.source.seconds.toFixed(2)} s`,
    );
}
