import { applyGain, type Kernels, SampleBlock, ThreeBandIsolator, TimeStretcher } from '@tutti/dsp';
import type { TrackSource } from '../sources/track-source.ts';
import { gainAt } from './automation.ts';
import { EffectChain } from './effects/effect-chain.ts';
import { shiftOf } from './key-shift.ts';
import { FASTEST, SLOWEST } from './mix-limits.ts';
import { MixingError } from './mixing-error.ts';
import type { MixPlan, MixPlanTrack } from './plan-schema.ts';
import { SourceWindow } from './source-window.ts';
import { sourceSecondsAt } from './time-map.ts';

/** A source may be this much shorter than the plan says: decoders differ in how they count the last samples. */
const SHORT_SECONDS = 0.05;

/**
 * Plays one track of a plan after the other: decodes, moves the pitch, stretches by the time map, applies bands, effects and
 * level. Memory is taken when it is made, and when an effect or a pair of rates is first used.
 */
export class Deck {
  readonly #rate: number;
  readonly #window: SourceWindow;
  readonly #stretcher: TimeStretcher;
  readonly #isolator: ThreeBandIsolator;
  /** The last hop that was stretched, and how much of it has been played. */
  readonly #hop: SampleBlock;
  #hopPlayed = 0;
  #nextHop = 0;
  readonly #segment: SampleBlock;
  readonly #effects: EffectChain;
  #track: MixPlanTrack | undefined;
  #startFrame = 0;
  /** Frequency over that of the source; the window has so many times fewer frames. */
  #shift = 1;

  constructor(kernels: Kernels, { sampleRate, master }: Pick<MixPlan, 'sampleRate' | 'master'>, segmentFrames: number) {
    this.#rate = sampleRate;
    this.#stretcher = new TimeStretcher(kernels, { sampleRate, channels: 2 });
    const { hopFrames, reachBefore, reachAfter } = this.#stretcher;
    const ahead = FASTEST * (segmentFrames + hopFrames);
    this.#window = new SourceWindow(kernels, sampleRate, reachBefore + reachAfter + ahead);
    this.#isolator = new ThreeBandIsolator(kernels, {
      sampleRate,
      channels: 2,
      lowHz: master.lowHz,
      highHz: master.highHz,
    });
    this.#hop = new SampleBlock(kernels, 2, hopFrames);
    this.#segment = new SampleBlock(kernels, 2, segmentFrames);
    this.#effects = new EffectChain(kernels, sampleRate, segmentFrames);
  }

  /** Puts a track on, to be played from its start on. */
  load(track: MixPlanTrack, source: TrackSource): void {
    this.#track = track;
    this.#startFrame = Math.round(track.start * this.#rate);
    this.#nextHop = 0;
    this.#hopPlayed = 0;
    this.#hop.frames = 0;
    this.#stretcher.reset();
    this.#isolator.reset();
    this.#effects.load(track);
    const shift = shiftOf(track.keyShift, source.format.sampleRate, this.#rate);
    this.#shift = shift.factor;
    this.#window.open(source, track.title, Math.floor(this.#position(0)) - this.#stretcher.reachBefore - 1, shift);
  }

  /** Frame of the window that sounds at the beginning of a hop. */
  #position(hop: number): number {
    const mixSeconds = (this.#startFrame + hop * this.#stretcher.hopFrames) / this.#rate;
    return (sourceSecondsAt(this.#track!.timeMap, mixSeconds) * this.#rate) / this.#shift;
  }

  /** Frame of the window that has to be decoded to play up to a frame of the mix. */
  #needed(mixFrame: number): number {
    const lastHop = Math.floor((mixFrame - 1 - this.#startFrame) / this.#stretcher.hopFrames);
    return Math.ceil(this.#position(lastHop)) + this.#stretcher.reachAfter + 1;
  }

  /** Whether `fill` has to be called before the deck can play up to a frame of the mix. */
  needs(mixFrame: number): boolean {
    return this.#window.end < this.#needed(mixFrame);
  }

  async fill(mixFrame: number, signal: AbortSignal | undefined): Promise<void> {
    const keepFrom = Math.floor(this.#position(this.#nextHop)) - this.#stretcher.reachBefore - 1;
    await this.#window.fill(this.#needed(mixFrame), keepFrom, signal);
    const { cueOut, title } = this.#track!;
    const endSeconds = (this.#window.endOfSource * this.#shift) / this.#rate;
    if (endSeconds < cueOut - SHORT_SECONDS) {
      const ended = endSeconds.toFixed(2);
      throw new MixingError(
        'source',
        `"${title}" ends after ${ended} s, and the plan plays it to ${cueOut.toFixed(2)} s: the file is not the one that was planned`,
      );
    }
  }

  /** What the track adds to the frames `from` to `to` of the mix, one segment of it: good until the next is asked for. */
  play(from: number, to: number): SampleBlock {
    const { gainDb, level, low, mid, high } = this.#track!;
    const segment = this.#segment;
    segment.frames = to - from;
    for (let at = 0; at < segment.frames; ) {
      if (this.#hopPlayed === this.#hop.frames) this.#stretchHop();
      const frames = Math.min(segment.frames - at, this.#hop.frames - this.#hopPlayed);
      for (let channel = 0; channel < 2; channel++) {
        const hop = this.#hop.channel(channel).subarray(this.#hopPlayed, this.#hopPlayed + frames);
        segment.channel(channel).set(hop, at);
      }
      this.#hopPlayed += frames;
      at += frames;
    }
    const start = from / this.#rate;
    const end = to / this.#rate;
    if (low.length + mid.length + high.length > 0) {
      const bands = (at: number) => [gainAt(low, at), gainAt(mid, at), gainAt(high, at)] as const;
      this.#isolator.process(segment, bands(start), bands(end));
    }
    this.#effects.play(segment, from, false);
    const gain = 10 ** (gainDb / 20);
    applyGain(segment, gain * gainAt(level, start), gain * gainAt(level, end));
    this.#effects.play(segment, from, true);
    return segment;
  }

  #stretchHop(): void {
    const { hopFrames } = this.#stretcher;
    const position = this.#position(this.#nextHop);
    const ahead = (this.#position(this.#nextHop + 2) - position) / (2 * hopFrames);
    const rate = Math.min(FASTEST, Math.max(SLOWEST, ahead));
    this.#stretcher.step(this.#window.block, this.#window.start, position, this.#hop, rate);
    this.#nextHop += 1;
    this.#hopPlayed = 0;
  }

  /** Takes the track off and closes its source. */
  async unload(): Promise<void> {
    this.#track = undefined;
    this.#effects.clear();
    await this.#window.close();
  }
}
