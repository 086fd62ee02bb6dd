import { type Kernels, mixInto, Reverb, SampleBlock } from '@tutti/dsp';
import { MasterChain } from '../../mastering/chain/master-chain.ts';
import { blockFramesRefusal, evenBlocks } from '../../rendering/even-blocks.ts';
import { playOut } from '../../rendering/play-out.ts';
import type { TrackSource } from '../../sources/track-source.ts';
import { BalancingError } from '../balancing-error.ts';
import { parseBalancePlan } from '../parse-balance-plan.ts';
import type { BalancePlan, PlannedStem } from '../plan-schema.ts';
import { PIECE_FRAMES, stemStream } from './stem-stream.ts';

export interface RenderBalanceOptions {
  /** Stops the render: the generator then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Frames of the blocks that are yielded, 1 to 2^20; 16,384 unless told. The last one may be shorter. */
  readonly blockFrames?: number;
  /** Called before each block is yielded. */
  readonly onProgress?: ((progress: { readonly seconds: number; readonly totalSeconds: number }) => void) | undefined;
  /** Called with each piece of each stem that is heard, as it goes into the sum; the block must be left as it is. */
  readonly onStem?: ((index: number, piece: SampleBlock) => void) | undefined;
}

const USUAL_BLOCK_FRAMES = 16_384;

/**
 * Renders a plan: stereo at the plan's rate, `round(seconds * sampleRate)` frames, every delay taken out. Stages: the stems (see
 * `stemStream`) -> sum, in their order, and what they send through the room -> bus. Memory does not grow with the length: each stem takes about half a megabyte.
 * The same plan and sources give the same samples, whatever `blockFrames` is and however the sources are cut into blocks.
 * @param openStem opens the source of `plan.stems[index]`; the render closes it. Muted stems are not opened.
 * @param kernels is this render's alone while it runs: what it allocates is released at the end
 * @yields the same block again and again: its samples are good until the next one is asked for
 * @throws BalancingError 'invalid-plan', 'invalid-option'; 'source' when a source is not of the form or the length that the plan
 *   says; whatever `openStem` and the sources throw; the signal's reason
 */
export async function* renderBalance(
  plan: BalancePlan,
  openStem: (index: number) => Promise<TrackSource>,
  kernels: Kernels,
  options: RenderBalanceOptions = {},
): AsyncGenerator<SampleBlock, void, undefined> {
  const { blockFrames = USUAL_BLOCK_FRAMES, signal, onProgress, onStem } = options;
  const refusal = blockFramesRefusal(blockFrames);
  if (refusal !== undefined) throw new BalancingError('invalid-option', refusal);
  const checked = parseBalancePlan(plan);
  const { sampleRate } = checked.output;
  const mark = kernels.mark();
  const sources: TrackSource[] = [];
  try {
    const parts: Part[] = [];
    for (const [index, stem] of checked.stems.entries()) {
      if (stem.muted) continue;
      signal?.throwIfAborted();
      const source = await openStem(index);
      sources.push(source);
      parts.push({ index, stem, pieces: stemStream(stem, sampleRate, source, kernels, signal) });
    }
    const chain = new MasterChain(kernels, { sampleRate, channels: 2, stages: checked.bus.stages });
    const mixed = playOut(
      sumOfStems(parts, checked, kernels, onStem),
      chain,
      new SampleBlock(kernels, 2, PIECE_FRAMES),
    );
    const totalSeconds = checked.seconds;
    let done = 0;
    for await (const block of evenBlocks(mixed, kernels, 2, blockFrames)) {
      done += block.frames;
      onProgress?.({ seconds: Math.min(totalSeconds, done / sampleRate), totalSeconds });
      yield block;
    }
  } finally {
    await Promise.all(sources.map((source) => source.close()));
    kernels.release(mark);
  }
}

/** The room alone comes back; how much is sent is up to the stems. */
const ALL_WET = { channels: 2, send: 1, wet: 1, dry: 0 };

function settingsOf({ reason: _reason, ...settings }: NonNullable<BalancePlan['room']>) {
  return settings;
}

/** A stem that is heard. */
interface Part {
  readonly index: number;
  readonly stem: PlannedStem;
  readonly pieces: AsyncGenerator<SampleBlock, void, undefined>;
}

/** The stems added up, from the first frame of the mix to its last; what of a stem lies behind that is read, but not heard. */
async function* sumOfStems(
  parts: readonly Part[],
  { seconds, room, output }: BalancePlan,
  kernels: Kernels,
  onStem: RenderBalanceOptions['onStem'],
): AsyncGenerator<SampleBlock, void, undefined> {
  const total = Math.round(seconds * output.sampleRate);
  const mix = new SampleBlock(kernels, 2, PIECE_FRAMES);
  const sent = new SampleBlock(kernels, 2, PIECE_FRAMES);
  const reverb = room && new Reverb(kernels, { ...ALL_WET, ...settingsOf(room), sampleRate: output.sampleRate });
  let playing = parts;
  for (let at = 0; at < total || playing.length > 0; at += PIECE_FRAMES) {
    mix.silence(PIECE_FRAMES);
    sent.silence(PIECE_FRAMES);
    const ended = new Set<Part>();
    for (const part of playing) {
      const { value: piece } = await part.pieces.next();
      if (!piece) {
        ended.add(part);
        continue;
      }
      mixInto(mix, piece, 1, 1);
      const { levelDb } = part.stem.send;
      if (reverb && levelDb !== null) mixInto(sent, piece, 10 ** (levelDb / 20), 10 ** (levelDb / 20));
      onStem?.(part.index, piece);
    }
    if (ended.size > 0) playing = playing.filter((part) => !ended.has(part));
    if (at >= total) continue;
    if (reverb) {
      reverb.process(sent);
      mixInto(mix, sent, 1, 1);
    }
    mix.frames = Math.min(PIECE_FRAMES, total - at);
    yield mix;
  }
}
