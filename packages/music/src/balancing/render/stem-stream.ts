import { type Kernels, SampleBlock } from '@tutti/dsp';
import { MasterChain } from '../../mastering/chain/master-chain.ts';
import { dropFront } from '../../rendering/drop-front.ts';
import { evenBlocks } from '../../rendering/even-blocks.ts';
import { piecesAtRate } from '../../rendering/pieces-at-rate.ts';
import { playOut } from '../../rendering/play-out.ts';
import type { TrackSource } from '../../sources/track-source.ts';
import { BalancingError } from '../balancing-error.ts';
import { stereoSource } from '../listen/stereo-source.ts';
import type { PlannedStem } from '../plan-schema.ts';

/** Frames that a stem is read and mixed in. */
export const PIECE_FRAMES = 4096;
/** Lengths that differ by less are the same but for an encoder's padding. */
const SAME_SECONDS = 0.1;

/**
 * A stem as it is heard in the mix, from the mix's first frame on, in pieces of PIECE_FRAMES frames; the last one may be shorter.
 * Stages: source -> stereo -> rate of the mix -> its stages, their delay taken out -> its start -> even pieces -> gain and place.
 * Memory does not grow with its length.
 * @yields the same block again and again: its samples are good until the next one is asked for
 * @throws BalancingError 'source' when the source is not of the form or the length that the plan says; whatever it throws
 */
export async function* stemStream(
  stem: PlannedStem,
  sampleRate: number,
  source: TrackSource,
  kernels: Kernels,
  signal: AbortSignal | undefined,
): AsyncGenerator<SampleBlock, void, undefined> {
  const { sampleRate: fromRate, channels, path } = stem.source;
  if (source.format.sampleRate !== fromRate || source.format.channels !== channels)
    throw new BalancingError(
      'source',
      `${path} has ${source.format.channels} channels at ${source.format.sampleRate} Hz; the plan is for ${channels} at ${fromRate}`,
    );
  const read = atRate(stem, sampleRate, stereoSource(source, stem.name, kernels), kernels, signal);
  const treated = behindStages(read, stem, sampleRate, kernels);
  const heard = fromStart(treated, Math.round(stem.startSeconds * sampleRate), kernels);
  const [left, right] = sideGains(stem);
  for await (const piece of evenBlocks(heard, kernels, 2, PIECE_FRAMES)) {
    scale(piece.channel(0), left, piece.frames);
    scale(piece.channel(1), right, piece.frames);
    yield piece;
  }
}

/** Gains of both sides, linear: sine and cosine, with which the power of a sound that is the same on both sides stays. */
export function sideGains({ gain, pan }: Pick<PlannedStem, 'gain' | 'pan'>): readonly [left: number, right: number] {
  const level = 10 ** (gain.gainDb / 20);
  if (pan.position === 0) return [level, level];
  const angle = ((pan.position + 1) * Math.PI) / 4;
  return [level * Math.SQRT2 * Math.cos(angle), level * Math.SQRT2 * Math.sin(angle)];
}

function scale(samples: Float32Array, gain: number, frames: number): void {
  if (gain === 1) return;
  for (let i = 0; i < frames; i++) samples[i]! *= gain;
}

async function* atRate(
  { source: { path, sampleRate: fromRate, seconds } }: PlannedStem,
  sampleRate: number,
  source: TrackSource,
  kernels: Kernels,
  signal: AbortSignal | undefined,
): AsyncGenerator<SampleBlock, void, undefined> {
  const frames = yield* piecesAtRate(source, sampleRate, kernels, PIECE_FRAMES, signal);
  if (Math.abs(frames / fromRate - seconds) > SAME_SECONDS)
    throw new BalancingError(
      'source',
      `${path} lasts ${(frames / fromRate).toFixed(2)} s; the plan is for ${seconds.toFixed(2)} s`,
    );
}

/** Silence before a stem that begins late; of one that begins before the mix, the front is dropped. */
async function* fromStart(
  pieces: AsyncIterable<SampleBlock>,
  startFrame: number,
  kernels: Kernels,
): AsyncGenerator<SampleBlock, void, undefined> {
  if (startFrame > 0) {
    const silence = new SampleBlock(kernels, 2, PIECE_FRAMES);
    for (let left = startFrame; left > 0; left -= PIECE_FRAMES) {
      silence.silence(Math.min(left, PIECE_FRAMES));
      yield silence;
    }
  }
  let before = Math.max(0, -startFrame);
  for await (const piece of pieces) {
    before -= dropFront(piece, before);
    if (piece.frames > 0) yield piece;
  }
}

async function* behindStages(
  pieces: AsyncIterable<SampleBlock>,
  { stages }: PlannedStem,
  sampleRate: number,
  kernels: Kernels,
): AsyncGenerator<SampleBlock, void, undefined> {
  const chain = new MasterChain(kernels, { sampleRate, channels: 2, stages });
  yield* playOut(pieces, chain, new SampleBlock(kernels, 2, PIECE_FRAMES));
}
