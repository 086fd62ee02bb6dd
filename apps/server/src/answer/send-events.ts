import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from '../request-error.ts';

/** An event as handlers tell it. */
interface Told {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
}

/** How long nothing may be heard, so that who listens, and all between, know that the connection lives. */
const BEAT_MILLISECONDS = 15_000;
/** What a browser waits for before it comes back. */
const RETRY_MILLISECONDS = 2000;
/** Connections that tell events, at most: each of them asks the database again and again. */
const MOST_LISTENERS = 200;

/** Sends events to those who listen, and knows how many they are. */
export class EventSender {
  #listeners = 0;

  get listeners(): number {
    return this.#listeners;
  }

  /**
   * Sends what happens, as server-sent events (HTML Living Standard, 9.2).
   * @param signal aborted when nobody listens any more: `events` ends by it
   * @throws RequestError 503 when too many listen
   */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    events: AsyncGenerator<Told>,
    signal: AbortSignal,
    beatMilliseconds = BEAT_MILLISECONDS,
  ): FastifyReply {
    if (this.#listeners >= MOST_LISTENERS) {
      const detail = `${MOST_LISTENERS} connections listen to events, which is the most; close one, or come back later`;
      throw new RequestError(503, 'Too many listen', detail, { headers: { 'retry-after': '10' } });
    }
    reply
      .type('text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no');
    if (request.method === 'HEAD') return reply.send(Readable.from([]));
    return reply.send(Readable.from(this.#lines(events, signal, beatMilliseconds), { objectMode: false }));
  }

  async *#lines(events: AsyncGenerator<Told>, signal: AbortSignal, beatMilliseconds: number): AsyncGenerator<Buffer> {
    this.#listeners += 1;
    try {
      yield Buffer.from(`retry: ${RETRY_MILLISECONDS}\n\n`);
      let next = events.next();
      // It is waited for more than once, and may fail while nobody does.
      next.catch(() => {});
      for (;;) {
        const stop = new AbortController();
        const beat = sleep(beatMilliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
        const done = await Promise.race([next, beat]).finally(() => stop.abort());
        if (done === undefined) yield Buffer.from(': alive\n\n');
        else if (done.done) return;
        else {
          const { event, id, data } = done.value;
          yield Buffer.from(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
          next = events.next();
          next.catch(() => {});
        }
      }
    } catch (error) {
      // Whoever listened has gone, or the service ends: a browser comes back by itself.
      if (!signal.aborted) throw error;
    } finally {
      this.#listeners -= 1;
      await events.return(undefined).catch(() => {});
    }
  }
}
