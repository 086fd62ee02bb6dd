import type { Kernels, SampleBlock } from '@tutti/dsp';
import type { TrackSource } from '../sources/track-source.ts';
import { Deck } from './deck.ts';
import type { MixPlan } from './plan-schema.ts';
import { SEGMENT_FRAMES } from './segments.ts';

/** The decks of a render, and which track is on which. */
export class Stage {
  readonly #plan: MixPlan;
  readonly #openTrack: (index: number) => Promise<TrackSource>;
  readonly #signal: AbortSignal | undefined;
  readonly #free: Deck[];
  /** Decks that play, by the index of their track in the plan. */
  readonly #playing = new Map<number, Deck>();
  /** Tracks that have not come on yet, the last to come first. */
  readonly #waiting: number[];

  /** @param from frame from which on the mix is wanted: tracks that have ended there do not come on */
  constructor(
    plan: MixPlan,
    openTrack: (index: number) => Promise<TrackSource>,
    kernels: Kernels,
    signal: AbortSignal | undefined,
    from: number,
  ) {
    this.#plan = plan;
    this.#openTrack = openTrack;
    this.#signal = signal;
    this.#free = Array.from({ length: decksFor(plan) }, () => new Deck(kernels, plan, SEGMENT_FRAMES));
    const { tracks, sampleRate } = plan;
    this.#waiting = Array.from(tracks.keys())
      .filter((index) => Math.round(tracks[index]!.end * sampleRate) > from)
      .sort((a, b) => tracks[b]!.start - tracks[a]!.start || b - a);
  }

  /** Plays one segment of the mix, which no track's beginning or end lies within. */
  async play(mix: SampleBlock, from: number, to: number): Promise<void> {
    this.#signal?.throwIfAborted();
    await this.#comeAndGo(from);
    mix.silence(to - from);
    for (const deck of this.#playing.values()) {
      if (deck.needs(to)) await deck.fill(to, this.#signal);
      deck.play(mix, from, to);
    }
  }

  async #comeAndGo(frame: number): Promise<void> {
    const { tracks, sampleRate } = this.#plan;
    for (const [index, deck] of this.#playing) {
      if (Math.round(tracks[index]!.end * sampleRate) > frame) continue;
      this.#playing.delete(index);
      this.#free.push(deck);
      await deck.unload();
    }
    for (;;) {
      const index = this.#waiting.at(-1);
      if (index === undefined || Math.round(tracks[index]!.start * sampleRate) > frame) return;
      this.#waiting.pop();
      const source = await this.#openTrack(index);
      const deck = this.#free.pop()!;
      this.#playing.set(index, deck);
      deck.load(tracks[index]!, source);
    }
  }

  /** Takes all tracks off. */
  async clear(): Promise<void> {
    const decks = [...this.#playing.values()];
    this.#playing.clear();
    await Promise.all(decks.map((deck) => deck.unload()));
  }
}

/** The most tracks that are heard at once. */
function decksFor({ tracks, sampleRate }: MixPlan): number {
  const frame = (seconds: number) => Math.round(seconds * sampleRate);
  const heardAt = (at: number) => tracks.filter(({ start, end }) => frame(start) <= at && frame(end) > at).length;
  return tracks.reduce((most, { start }) => Math.max(most, heardAt(frame(start))), 0);
}
