import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import { afterAll, expect, it } from 'vitest';
import { RequestError } from '../request-error.ts';
import { EventSender } from './send-events.ts';

const sender = new EventSender();
const closing = new AbortController();
let left = 0;

async function* told(signal: AbortSignal) {
  try {
    for (let number = 1; ; number++) {
      yield { event: 'count', id: String(number), data: { number, text: 'a\nb' } };
      await sleep(number < 3 ? 1 : 1e9, undefined, { signal });
    }
  } finally {
    left += 1;
  }
}

const app = fastify();
app.get('/', (request, reply) => {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, closing.signal]);
  return sender.send(request, reply, told(signal), signal, 20);
});
app.setErrorHandler((error, _, reply) => {
  if (!(error instanceof RequestError)) throw error;
  return reply.code(error.status).headers(error.headers).send();
});
const origin = await app.listen({ host: '127.0.0.1', port: 0 });
afterAll(() => {
  app.server.closeAllConnections();
  return app.close();
});

/** Reads until the text has this in it. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, wanted: string): Promise<string> {
  let text = '';
  while (!text.includes(wanted)) text += Buffer.from((await reader.read()).value ?? []).toString();
  return text;
}

async function listen() {
  const abort = new AbortController();
  const response = await fetch(origin, { signal: abort.signal });
  return { abort, response, reader: response.body!.getReader() };
}

async function until(met: () => boolean): Promise<void> {
  while (!met()) await sleep(5);
}

it('events go out as they come, and between them a sign of life', async () => {
  const { abort, response, reader } = await listen();
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const text = await readUntil(reader, ': alive');
  expect(text).toContain('retry: 2000\n\nid: 1\nevent: count\ndata: {"number":1,"text":"a\\nb"}\n\nid: 2\n');
  expect(sender.listeners).toBe(1);
  abort.abort();
  await until(() => sender.listeners === 0 && left === 1);
});

it('two hundred may listen; the next is told to come back, until one has gone', async () => {
  const all = await Promise.all(Array.from({ length: 200 }, listen));
  await until(() => sender.listeners === 200);
  const late = await fetch(origin);
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '10']);
  for (const { abort } of all) abort.abort();
  await until(() => sender.listeners === 0);
  expect(left).toBe(201);
  const again = await listen();
  expect(again.response.status).toBe(200);
  // The end of the service ends what tells events as well: the answer is whole.
  closing.abort();
  while (!(await again.reader.read()).done);
  expect(sender.listeners).toBe(0);
});
