import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type MixPlan, MOST_DECKS, type PlayedFrames, type Players, trackParts } from '@tutti/music/mixing';
import { errorOf } from '../failure.ts';
import { type Crew, onThisThread, onThreads } from '../threads.ts';
import { deckMemory, pieceOf } from './deck-memory.ts';
import type { DeckMessage, DeckTask, Lanes } from './deck-worker.ts';

/** Pieces that a deck is given at once, to fill one while it waits for another. */
const GIVEN = 2;
/** Kept back for the decks that are heard, so that what plays ahead never holds them up. */
const RESERVE = GIVEN * (MOST_DECKS + 1);
/** What decks of other threads may play ahead, all together: 64 MiB, three minutes. */
const AHEAD_PIECES = 512;
/** Decks in hand on one thread: those that are heard, and those that are ahead of them. */
const DECKS_PER_THREAD = 2 * MOST_DECKS;

export interface DeckOptions {
  /** 1 for the calling one. */
  readonly threads: number;
  /** Steps in which the lanes of the tracks are drawn, seconds; none when they are not. */
  readonly hops: readonly number[];
  readonly signal: AbortSignal | undefined;
}

/** A deck on another thread, as seen from here. */
interface Remote {
  readonly port: MessagePort;
  /** Pieces that it was given and has not filled yet. */
  readonly given: Set<number>;
  /** What it has filled and nobody has taken. */
  readonly filled: { readonly piece: number; readonly frames: number }[];
  /** Whether it is played now, not ahead. */
  isHeard: boolean;
  /** Undefined while it plays. */
  end: { readonly error?: Error } | undefined;
  wake: () => void;
}

/**
 * Plays the tracks of a mix on other threads: those that are heard, and ahead of them those that come next, as far as there is
 * memory. What is played is the same on any number of threads.
 */
export class DeckThreads implements Players {
  readonly #signal: AbortSignal | undefined;
  readonly #part: ReturnType<typeof trackParts>;
  readonly #crew: Crew<DeckTask, void>;
  readonly #threads: number;
  readonly #hops: readonly number[];
  readonly #memory: SharedArrayBuffer;
  readonly #free: number[];
  /** By index, in the order in which they come on. */
  readonly #decks = new Map<number, Remote>();
  readonly #tasks = new Set<Promise<void>>();
  readonly #lanes = new Map<number, Lanes>();
  #waiting: number[] = [];

  private constructor(plan: MixPlan, crew: Crew<DeckTask, void>, { threads, hops, signal }: DeckOptions) {
    this.#signal = signal;
    this.#part = trackParts(plan);
    this.#crew = crew;
    this.#threads = threads;
    this.#hops = hops;
    const pieces = RESERVE + (threads > 1 ? AHEAD_PIECES : 0);
    this.#memory = deckMemory(pieces);
    this.#free = Array.from({ length: pieces }, (_, number) => number);
    signal?.addEventListener('abort', this.#wakeAll);
  }

  static async start(plan: MixPlan, options: DeckOptions): Promise<DeckThreads> {
    const { threads } = options;
    if (threads > 1) {
      const crew = await onThreads<DeckTask, void>(
        import.meta.url,
        'deck-worker',
        'deckTask',
        threads,
        DECKS_PER_THREAD,
      );
      return new DeckThreads(plan, crew, options);
    }
    const { deckTask } = await import('./deck-worker.ts');
    return new DeckThreads(plan, onThisThread(deckTask), options);
  }

  /** The drawn lane of a track, once for each of `hops`; undefined when it was not played to its end. */
  lanesOf(index: number): Lanes | undefined {
    return this.#lanes.get(index);
  }

  expect(tracks: readonly number[]): void {
    this.#waiting = [...tracks];
    this.#goAhead();
  }

  async *play(index: number): AsyncGenerator<PlayedFrames, void, undefined> {
    const deck = this.#decks.get(index) ?? this.#start(index);
    deck.isHeard = true;
    this.#share();
    try {
      for (;;) {
        const next = deck.filled[0];
        if (next) {
          yield { channels: pieceOf(this.#memory, next.piece), frames: next.frames };
          deck.filled.shift();
          this.#free.push(next.piece);
          this.#share();
          continue;
        }
        this.#signal?.throwIfAborted();
        if (deck.end?.error) throw deck.end.error;
        if (deck.end) return;
        await new Promise<void>((resolve) => {
          deck.wake = resolve;
        });
      }
    } finally {
      this.#decks.delete(index);
      deck.port.close();
    }
  }

  /** Starts what comes next while there are threads without work. */
  #goAhead(): void {
    const isBusy = () => [...this.#decks.values()].filter(({ end }) => !end).length >= this.#threads;
    while (this.#threads > 1 && this.#waiting.length > 0 && !isBusy()) this.#start(this.#waiting[0]!);
    this.#share();
  }

  #start(index: number): Remote {
    this.#waiting = this.#waiting.filter((each) => each !== index);
    const { port1: port, port2: theirs } = new MessageChannel();
    const deck: Remote = { port, given: new Set(), filled: [], isHeard: false, end: undefined, wake: () => {} };
    this.#decks.set(index, deck);
    port.on('message', (message: DeckMessage) => {
      this.#hear(index, deck, message);
    });
    const task = { part: this.#part(index), memory: this.#memory, hops: this.#hops, port: theirs };
    const work = this.#crew
      .work(task, undefined, [theirs])
      .catch((error: unknown) => {
        // The thread itself died (out of memory, say).
        this.#end(deck, { error: error instanceof Error ? error : new Error(String(error)) });
      })
      .finally(() => this.#tasks.delete(work));
    this.#tasks.add(work);
    return deck;
  }

  #hear(index: number, deck: Remote, message: DeckMessage): void {
    if ('piece' in message) {
      deck.given.delete(message.piece);
      deck.filled.push(message);
      this.#share();
    } else if ('lanes' in message) {
      this.#lanes.set(index, message.lanes);
      this.#end(deck, {});
    } else {
      this.#end(deck, { error: errorOf(message.failure) });
    }
    deck.wake();
  }

  /** Gives pieces to the decks that wait for some. */
  #share(): void {
    for (const deck of this.#decks.values()) {
      const mayTake = () =>
        this.#free.length > RESERVE || (deck.isHeard && deck.given.size + deck.filled.length < GIVEN);
      while (!deck.end && deck.given.size < GIVEN && mayTake()) {
        const piece = this.#free.pop();
        if (piece === undefined) return;
        deck.given.add(piece);
        deck.port.postMessage(piece);
      }
    }
  }

  readonly #wakeAll = (): void => {
    for (const deck of this.#decks.values()) deck.wake();
  };

  /** Stops whatever still plays. Is done when all files are closed. */
  async dismiss(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#wakeAll);
    this.#waiting = [];
    for (const { port } of this.#decks.values()) port.close();
    await Promise.all(this.#tasks);
    await this.#crew.dismiss();
  }

  #end(deck: Remote, end: NonNullable<Remote['end']>): void {
    deck.end ??= end;
    this.#free.push(...deck.given);
    deck.given.clear();
    deck.wake();
    this.#goAhead();
  }
}
