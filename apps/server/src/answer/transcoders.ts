import { RequestError } from '../request-error.ts';

/** What is made while it is sent, by a program that costs a core: so many at a time. */
export class Transcoders {
  readonly #most: number;
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get running(): number {
    return this.#running;
  }

  /**
   * Begins one and waits for its first piece, so that what cannot be made is told before anything is sent.
   * @param make what is made; it ends when it is returned from
   * @param signal aborted when nobody wants it any more, also before the first piece was taken
   * @throws RequestError 503 when too many are under way, 416 when there is nothing; what `make` throws
   */
  async begin(
    make: () => AsyncGenerator<Uint8Array>,
    signal: AbortSignal,
  ): Promise<AsyncIterableIterator<Uint8Array, undefined>> {
    if (this.#running >= this.#most) {
      const detail = `${this.#most} streams are made at a time, and as many are: try again in a while`;
      throw new RequestError(503, 'Too many streams', detail, { headers: { 'retry-after': '10' } });
    }
    this.#running += 1;
    const pieces = make();
    let ending: Promise<void> | undefined;
    const end = (): Promise<void> => {
      ending ??= pieces
        .return(undefined)
        .catch(() => {})
        .then(() => {
          this.#running -= 1;
        });
      return ending;
    };
    signal.addEventListener('abort', () => void end(), { once: true });
    try {
      let first = await pieces.next();
      if (first.done) throw new RequestError(416, 'There is no such sound', 'the sound ends before that place');
      const taken: AsyncIterableIterator<Uint8Array, undefined> = {
        [Symbol.asyncIterator]: () => taken,
        async next() {
          const piece = first;
          first = { done: true, value: undefined };
          const { done, value } = piece.done ? await pieces.next() : piece;
          if (!done) return { done: false, value };
          await end();
          return { done: true, value: undefined };
        },
        async return() {
          await end();
          return { done: true, value: undefined };
        },
      };
      return taken;
    } catch (error) {
      await end();
      throw error;
    }
  }
}
