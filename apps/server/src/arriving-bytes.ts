import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowError } from '@tutti/workflows';
import { RequestError } from './request-error.ts';

/** How long nothing may come while bytes are sent. */
const IDLE_MILLISECONDS = 30_000;

/**
 * The bytes of a request as they come in.
 * @throws WorkflowError 'cancelled' when who sends them goes; RequestError 408 when nothing comes for too long
 */
export async function* arrivingBytes(
  request: IncomingMessage,
  idleMilliseconds = IDLE_MILLISECONDS,
): AsyncGenerator<Uint8Array> {
  // It is not destroyed when it is left early: the answer goes over the same connection.
  const pieces = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
  for (;;) {
    const stop = new AbortController();
    const idle = sleep(idleMilliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
    const next = pieces.next().catch((error: unknown) => {
      throw new WorkflowError('cancelled', 'the connection ended before all was sent', error);
    });
    const piece = await Promise.race([next, idle]).finally(() => stop.abort());
    if (piece === undefined) {
      next.catch(() => {});
      throw new RequestError(408, 'Too slow', `nothing was sent for ${idleMilliseconds / 1000} s`);
    }
    if (piece.done) return;
    yield piece.value;
  }
}
