import { connect } from 'node:net';
import fastify from 'fastify';
import { afterAll, expect, it } from 'vitest';
import { arrivingBytes } from './arriving-bytes.ts';
import { RequestError } from './request-error.ts';
import { refuseSlowBodies } from './slow-bodies.ts';

const app = fastify();
refuseSlowBodies(app, 200);
app.post('/json', async ({ body }) => body);
app.register(async (scope) => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_, _payload, done) => done(null));
  scope.post('/bytes', { config: { takesBytes: true } }, async (request, reply) => {
    let count = 0;
    try {
      for await (const piece of arrivingBytes(request.raw, 200)) count += piece.length;
    } catch (error) {
      const status = error instanceof RequestError ? error.status : 499;
      return reply.code(status).header('connection', 'close').send({ count });
    }
    return { count };
  });
});
const origin = await app.listen({ host: '127.0.0.1', port: 0 });
afterAll(() => {
  app.server.closeAllConnections();
  return app.close();
});

/** Sends a head that promises a hundred bytes, and then a byte now and then; gives all that is answered until the end. */
async function sentSlowly(path: string, milliseconds: number): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  let text = '';
  socket.on('data', (piece) => {
    text += String(piece);
  });
  // A byte may be on its way while the other side closes.
  socket.on('error', () => {});
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n`,
  );
  const drip = setInterval(() => socket.write('1'), milliseconds);
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(drip);
  return text;
}

it('a document that comes a byte now and then is refused, and the connection ended', async () => {
  const answer = await sentSlowly('/json', 20);
  expect(answer).toMatch(/^HTTP\/1\.1 408 .*application\/problem\+json/s);
});

it('a song may come slowly, but not stand still', async () => {
  expect(await sentSlowly('/bytes', 1e6)).toMatch(/^HTTP\/1\.1 408 .*\{"count":0\}/s);
  const quick = await fetch(`${origin}/bytes`, { method: 'POST', body: 'x'.repeat(100_000) });
  expect(await quick.json()).toEqual({ count: 100_000 });
});
