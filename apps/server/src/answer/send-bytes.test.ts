import fastify from 'fastify';
import { expect, it } from 'vitest';
import { RequestError } from '../request-error.ts';
import { bytesInMemory, type ServedBytes, sendBytes } from './send-bytes.ts';

const NAME = 'ä "b"\r\nset-cookie: c=d';
const spans: unknown[] = [];
const served: ServedBytes = {
  ...{ ...bytesInMemory(Buffer.from('0123456789'), 'audio/flac', 'abc'), lasts: true, name: NAME },
  async *read(span) {
    spans.push(span);
    yield Buffer.from('0123456789').subarray(span.start, span.end);
  },
};
const app = fastify();
app.get('/', (request, reply) => sendBytes(request, reply, served));
app.setErrorHandler((error, _, reply) => reply.code(error instanceof RequestError ? error.status : 500).send());

async function get(headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') {
  const { statusCode, body, headers: answered } = await app.inject({ method, url: '/', headers });
  return { status: statusCode, body, headers: answered };
}

it('bytes come whole, or the piece that was asked for', async () => {
  const whole = await get();
  expect(whole).toMatchObject({ status: 200, body: '0123456789' });
  expect(whole.headers).toMatchObject({
    ...{ etag: '"abc"', 'accept-ranges': 'bytes', 'content-length': '10', 'content-type': 'audio/flac' },
    'content-disposition': "attachment; filename*=UTF-8''%C3%A4%20%22b%22%0D%0Aset-cookie%3A%20c%3Dd",
  });
  expect(whole.headers['set-cookie']).toBeUndefined();
  const piece = await get({ range: 'bytes=2-4' });
  expect(piece).toMatchObject({ status: 206, body: '234' });
  expect(piece.headers).toMatchObject({ 'content-range': 'bytes 2-4/10', 'content-length': '3' });
  const none = await get({ range: 'bytes=10-' });
  expect([none.status, none.headers['content-range']]).toEqual([416, 'bytes */10']);
});

it('a piece comes only to who has the rest of the same bytes', async () => {
  expect(await get({ range: 'bytes=2-4', 'if-range': '"abc"' })).toMatchObject({ status: 206 });
  for (const other of ['"abcd"', 'W/"abc"', 'Sun, 22 Nov 2026 05:00:00 GMT'])
    expect(await get({ range: 'bytes=2-4', 'if-range': other })).toMatchObject({ status: 200, body: '0123456789' });
});

it('what the asker has is not sent, and for HEAD nothing is read', async () => {
  spans.length = 0;
  expect(await get({ 'if-none-match': 'W/"abc"', range: 'bytes=0-1' })).toMatchObject({ status: 304, body: '' });
  const head = await get({ range: 'bytes=0-1' }, 'HEAD');
  expect(head).toMatchObject({ status: 200, body: '' });
  expect(head.headers['content-length']).toBe('10');
  expect(spans).toEqual([]);
});
