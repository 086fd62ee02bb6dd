import { type Kernels, Resampler, SampleBlock } from '@tutti/dsp';
import type { TrackSource } from '../sources/track-source.ts';
import { keyFactor, type Shift } from './key-shift.ts';
import { MixingError } from './mixing-error.ts';
import { MOST_CHANNELS, writeStereo } from './stereo.ts';

/** Frames handed to the resampler at once. */
const PIECE_FRAMES = 4096;
/** Frames that the window holds beside what is looked at: it is moved that seldom. */
const SLACK_FRAMES = 32_768;
const LOWEST_RATE = 8000;
const HIGHEST_RATE = 192_000;
const LOWEST_SHIFT = -1;

/**
 * The part of a track that a deck looks at, in stereo at the mix's rate and moved in pitch. It only moves forward: samples are decoded
 * when they are needed and forgotten when they have been passed. Before the track's beginning and after its end is silence.
 */
export class SourceWindow {
  /** Frames of the window; the first is frame `start` of the track. */
  readonly block: SampleBlock;
  start = 0;
  /** Frame at which the track ended; Infinity until that is known. */
  endOfSource = Number.POSITIVE_INFINITY;
  readonly #kernels: Kernels;
  readonly #piece: SampleBlock;
  readonly #resampled: SampleBlock;
  /** One for each pair of rates met, made once: a long set reuses them. */
  readonly #resamplers = new Map<string, Resampler>();
  #source: TrackSource | undefined;
  #blocks: ReturnType<TrackSource['blocks']> | undefined;
  #resampler: Resampler | undefined;
  /** The block that was decoded last, of any length, and how much of it is in the window. */
  #decoded: { readonly channels: readonly Float32Array[]; readonly frames: number } | undefined;
  #taken = 0;
  /** Frames still to be thrown away, from the track's beginning to the first one needed. */
  #skip = 0;

  /** @param reachFrames the most frames that are looked at together */
  constructor(kernels: Kernels, rate: number, reachFrames: number) {
    this.#kernels = kernels;
    const resampledFrames = Math.ceil((PIECE_FRAMES * rate) / (LOWEST_RATE * keyFactor(LOWEST_SHIFT))) + 2;
    this.block = new SampleBlock(kernels, 2, reachFrames + resampledFrames + SLACK_FRAMES);
    this.#piece = new SampleBlock(kernels, 2, PIECE_FRAMES);
    this.#resampled = new SampleBlock(kernels, 2, resampledFrames);
  }

  /**
   * Begins a track at one of its frames, which may lie before its first. Frames are counted as they come out of the shift.
   * @param shift from the source's rate to the mix's
   */
  open(source: TrackSource, title: string, firstFrame: number, shift: Shift): void {
    this.#source = source;
    const { sampleRate, channels } = source.format;
    if (!(sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE))
      throw new MixingError(
        'source',
        `"${title}" has a sample rate of ${sampleRate}; it must be between ${LOWEST_RATE} and ${HIGHEST_RATE}`,
      );
    if (!(channels >= 1 && channels <= MOST_CHANNELS))
      throw new MixingError('source', `"${title}" has ${channels} channels; it must have 1 to ${MOST_CHANNELS}`);
    this.#blocks = source.blocks();
    this.#decoded = undefined;
    this.#resampler = shift.fromRate === shift.toRate ? undefined : this.#resamplerFor(shift);
    this.start = firstFrame;
    this.endOfSource = Number.POSITIVE_INFINITY;
    this.#skip = Math.max(0, firstFrame);
    this.block.silence(Math.max(0, -firstFrame));
  }

  #resamplerFor({ fromRate, toRate }: Shift): Resampler {
    const key = `${fromRate} ${toRate}`;
    let resampler = this.#resamplers.get(key);
    if (!resampler) {
      resampler = new Resampler(this.#kernels, { channels: 2, fromRate, toRate, maximumFrames: PIECE_FRAMES });
      this.#resamplers.set(key, resampler);
    }
    resampler.reset();
    return resampler;
  }

  /** One past the last frame in the window. */
  get end(): number {
    return this.start + this.block.frames;
  }

  /** Decodes until the window reaches to frame `until`; frames before `keepFrom` may be forgotten. */
  async fill(until: number, keepFrom: number, signal: AbortSignal | undefined): Promise<void> {
    while (this.end < until) {
      if (this.endOfSource !== Number.POSITIVE_INFINITY) {
        this.#forget(keepFrom, until - this.end);
        this.#appendSilence(until - this.end);
        return;
      }
      if (this.#decoded === undefined || this.#taken === this.#decoded.frames) {
        signal?.throwIfAborted();
        const next = await this.#blocks!.next();
        if (next.done) {
          this.#drain(keepFrom);
          this.endOfSource = this.end - this.#skip;
          this.#skip = 0;
          continue;
        }
        this.#decoded = next.value;
        this.#taken = 0;
      }
      const frames = Math.min(PIECE_FRAMES, this.#decoded.frames - this.#taken);
      writeStereo(this.#piece, this.#decoded.channels, this.#taken, frames);
      this.#taken += frames;
      this.#take(keepFrom);
    }
  }

  /** Closes the track; the window may then open another. */
  async close(): Promise<void> {
    const source = this.#source;
    const blocks = this.#blocks;
    this.#source = undefined;
    this.#blocks = undefined;
    this.#decoded = undefined;
    try {
      await blocks?.return();
    } finally {
      await source?.close();
    }
  }

  /** Takes over one piece, resampled if need be. */
  #take(keepFrom: number): void {
    if (!this.#resampler) {
      this.#append(this.#piece, keepFrom);
      return;
    }
    this.#resampler.process(this.#piece, this.#resampled);
    this.#append(this.#resampled, keepFrom);
  }

  #drain(keepFrom: number): void {
    if (!this.#resampler) return;
    this.#resampler.flush(this.#resampled);
    this.#append(this.#resampled, keepFrom);
  }

  #append(piece: SampleBlock, keepFrom: number): void {
    const skipped = Math.min(this.#skip, piece.frames);
    this.#skip -= skipped;
    const added = piece.frames - skipped;
    if (added === 0) return;
    this.#forget(keepFrom, added);
    const at = this.block.frames;
    for (let channel = 0; channel < 2; channel++) {
      this.block.channel(channel).set(piece.channel(channel).subarray(skipped, piece.frames), at);
    }
    this.block.frames = at + added;
  }

  #appendSilence(frames: number): void {
    const at = this.block.frames;
    for (let channel = 0; channel < 2; channel++) this.block.channel(channel).fill(0, at, at + frames);
    this.block.frames = at + frames;
  }

  /** Makes room for `frames` more by moving the frames from `keepFrom` on to the front, when there is none. */
  #forget(keepFrom: number, frames: number): void {
    if (this.block.frames + frames <= this.block.capacity) return;
    const passed = Math.max(0, Math.min(this.block.frames, keepFrom - this.start));
    for (let channel = 0; channel < 2; channel++) {
      this.block.channel(channel).copyWithin(0, passed, this.block.frames);
    }
    this.start += passed;
    this.block.frames -= passed;
  }
}
