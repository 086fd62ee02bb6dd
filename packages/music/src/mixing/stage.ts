import { type Kernels, mixInto, SampleBlock } from '@tutti/dsp';
import { MixingError } from './mixing-error.ts';
import type { MixPlan } from './plan-schema.ts';
import type { PlayedFrames, Players } from './players.ts';
import { framesOf, PLAYED_FRAMES } from './track-part.ts';

/** A track that is heard. */
interface Voice {
  readonly index: number;
  /** Frame of the mix with which it ends. */
  readonly last: number;
  readonly sound: AsyncGenerator<PlayedFrames, void, undefined>;
  /** What was played and not yet taken into the mix: from frame `taken` on. */
  played: PlayedFrames;
  taken: number;
}

const NOTHING: PlayedFrames = { channels: [], frames: 0 };

/** Adds up what the tracks of a plan play. */
export class Stage {
  readonly #players: Players;
  readonly #spans: readonly (readonly [first: number, last: number])[];
  readonly #part: SampleBlock;
  /** In the order in which they came on: sums depend on it. */
  readonly #voices: Voice[] = [];
  /** Tracks that have not come on yet, the last to come first. */
  readonly #waiting: number[];

  /** @param from frame from which on the mix is wanted: tracks that have ended there do not come on */
  constructor(plan: MixPlan, players: Players, kernels: Kernels, from: number) {
    this.#players = players;
    this.#part = new SampleBlock(kernels, 2, PLAYED_FRAMES);
    this.#spans = plan.tracks.map((track) => framesOf(track, plan));
    this.#waiting = Array.from(this.#spans.keys())
      .filter((index) => this.#spans[index]![1] > from)
      .sort((a, b) => this.#spans[b]![0] - this.#spans[a]![0] || b - a);
    players.expect(this.#waiting.toReversed());
  }

  /** Frame of the mix with which the first track comes on; Infinity when there is none. */
  get first(): number {
    const index = this.#waiting.at(-1);
    return index === undefined ? Number.POSITIVE_INFINITY : this.#spans[index]![0];
  }

  /**
   * Plays the next frames of the mix into `mix`: at most up to a frame, and as many as there are of all tracks.
   * @param from where the last ones ended, at first at most `first`
   */
  async play(mix: SampleBlock, from: number, most: number): Promise<void> {
    await this.#comeAndGo(from);
    let to = Math.min(most, from + PLAYED_FRAMES, this.first);
    for (const voice of this.#voices) to = Math.min(to, from + (await this.#ahead(voice)));
    mix.silence(to - from);
    const part = this.#part;
    for (const voice of this.#voices) {
      part.write(voice.played.channels, voice.taken, to - from);
      voice.taken += to - from;
      mixInto(mix, part, 1, 1);
    }
  }

  /** How many frames of a track are there to be taken, after more were played where there were none. */
  async #ahead(voice: Voice): Promise<number> {
    if (voice.taken === voice.played.frames) {
      const next = await voice.sound.next();
      if (next.done) throw new MixingError('source', `track ${voice.index} ended before its end in the plan`);
      voice.played = next.value;
      voice.taken = 0;
    }
    return voice.played.frames - voice.taken;
  }

  async #comeAndGo(frame: number): Promise<void> {
    for (const voice of this.#voices.filter(({ last }) => last <= frame)) {
      this.#voices.splice(this.#voices.indexOf(voice), 1);
      // It has played all that it is to play, and ends by itself.
      if (!(await voice.sound.next()).done) await voice.sound.return();
    }
    while (this.first <= frame) {
      const index = this.#waiting.pop()!;
      const last = this.#spans[index]![1];
      this.#voices.push({ index, last, sound: this.#players.play(index), played: NOTHING, taken: 0 });
    }
  }

  /** Takes all tracks off. */
  async clear(): Promise<void> {
    await Promise.all(this.#voices.splice(0).map(({ sound }) => sound.return()));
  }
}
