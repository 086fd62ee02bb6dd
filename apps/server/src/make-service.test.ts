import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_BASE, OPERATIONS, PROBLEM_TYPE, ProblemError, problemSchema } from '@tutti/contract/api';
import { describe, expect, it } from 'vitest';
import { runningServer } from './testing/running-server.ts';

const server = runningServer();
const at = (path: string) => `${server.origin}${path}`;
const api = (path: string) => at(`${API_BASE}${path}`);
const asJson = { 'content-type': 'application/json' };

/** As a program asks that says other things of itself than `fetch` may. */
function asked(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(at(path), { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

async function problem(response: Response) {
  expect(response.headers.get('content-type')).toBe(PROBLEM_TYPE);
  const told = problemSchema.parse(await response.json());
  expect(told.instance).toBe(response.headers.get('x-request-id'));
  expect(told.status).toBe(response.status);
  return told;
}

describe('the service', () => {
  it('describes all of them, each once', async () => {
    const document = (await (await fetch(api('/openapi.json'))).json()) as {
      openapi: string;
      info: { version: string };
      paths: Record<string, Record<string, { operationId: string; responses: object }>>;
    };
    expect(document).toMatchObject({ openapi: '3.1.1', info: { version: '1.2.3' } });
    const described = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(described.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(OPERATIONS).sort());
    for (const { responses } of described)
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '500']));
  });

  it('is spoken to by a client with types, which throws what was refused', async () => {
    const folder = join(server.home, 'music');
    mkdirSync(folder);
    const added = await server.client.call('addRoot', { body: { path: folder } });
    expect(added).toMatchObject({ path: folder, files: 0, offlineSince: null });
    expect(await server.client.call('addRoot', { body: { path: folder } })).toEqual(added);
    expect((await server.client.call('listRoots', {})).items).toContainEqual(added);
    const other = await server.client.call('addRoot', { body: { path: mkdtempSync(join(tmpdir(), 'tutti-root-')) } });
    const first = await server.client.call('listRoots', { query: { limit: 1 } });
    const rest = await server.client.call('listRoots', { query: { limit: 1, cursor: first.next! } });
    expect([...first.items, ...rest.items].map(({ id }) => id).sort()).toEqual([added.id, other.id].sort());
    expect(rest.next).toBeNull();
    rmSync(other.path, { recursive: true });
    expect(await server.client.call('removeRoot', { params: { root: added.id } })).toBeUndefined();
    const gone = server.client.call('removeRoot', { params: { root: added.id } });
    await expect(gone).rejects.toThrow(ProblemError);
    await expect(gone).rejects.toMatchObject({ problem: { status: 404, kind: 'missing' } });
    await expect(server.client.call('addRoot', { body: { path: join(folder, 'not there') } })).rejects.toMatchObject({
      problem: { status: 404, detail: expect.stringMatching(/not there cannot be looked into/) },
    });
  });

  it('says that it lives and that it is ready', async () => {
    expect(await (await fetch(at('/healthz'))).json()).toEqual({ status: 'up' });
    expect(await (await fetch(at('/readyz'))).json()).toEqual({ status: 'ready' });
  });

  it('does not send again what the asker has', async () => {
    const first = await fetch(api('/roots'));
    const tag = first.headers.get('etag')!;
    const again = await fetch(api('/roots'), { headers: { 'if-none-match': `"other", W/${tag}` } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetch(api('/roots'), { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it.each<[string, string, RequestInit, number, RegExp]>([
    [
      'a body of another kind',
      '/roots',
      { method: 'POST', headers: asJson, body: '{"path":5,"more":1}' },
      400,
      /body\.path: .*string.*; body: .*more/,
    ],
    ['a body that ends too soon', '/roots', { method: 'POST', headers: asJson, body: '{"path":' }, 400, /JSON/],
    ['no body', '/roots', { method: 'POST' }, 400, /body/],
    [
      'another type',
      '/roots',
      { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'x' },
      415,
      /media type/i,
    ],
    ['a large body', '/roots', { method: 'POST', headers: asJson, body: `"${'x'.repeat(2 ** 20)}"` }, 413, /large/],
    ['a query that is not known', '/roots?colour=5', {}, 400, /query: .*colour/],
    ['a page of nothing', '/roots?limit=0', {}, 400, /query\.limit/],
    ['a page after what is not there', '/roots?cursor=99', {}, 400, /query\.cursor/],
    ['a number that is none', '/roots/one', { method: 'DELETE' }, 400, /params\.root/],
    ['another method', '/roots', { method: 'PUT' }, 405, /PUT is not for this path; GET, POST/],
    ['another path', '/root', {}, 404, /openapi\.json/],
    ['U+0000', '/tracks?filter=a%00b', {}, 400, /query\.filter: .*U\+0000/],
    ['a filter that is far too long', `/tracks?filter=${'('.repeat(2001)}`, {}, 400, /query\.filter/],
    ['a filter of nothing but brackets', `/tracks?filter=${'('.repeat(2000)}`, {}, 400, /query\.filter/],
    ['a query that says things twice', '/tracks?limit=5&limit=6', {}, 400, /query\.limit/],
    ['a number that no database holds', '/tracks/99999999999999999999', {}, 400, /params\.track/],
    ['a way up', '/tracks/..%2f..%2froots', {}, 400, /params\.track/],
    [
      'brackets without end',
      '/jobs',
      { method: 'POST', headers: asJson, body: '['.repeat(500_000) + ']'.repeat(500_000) },
      400,
      /body/,
    ],
    [
      'a body that would change all objects',
      '/jobs',
      { method: 'POST', headers: asJson, body: '{"__proto__":{"type":"scan"}}' },
      400,
      /./,
    ],
  ])('refuses %s', async (_, path, init, status, detail) => {
    const response = await fetch(api(path), init);
    expect(response.status).toBe(status);
    expect((await problem(response)).detail).toMatch(detail);
  });

  it('tells what is no request, and what is too long a one, what is wrong', async () => {
    const told = async (text: string) => {
      const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
      socket.write(text);
      const pieces: Buffer[] = [];
      for await (const piece of socket) pieces.push(piece as Buffer);
      const [head, body] = Buffer.concat(pieces).toString().split('\r\n\r\n');
      expect(head).toContain(`content-type: ${PROBLEM_TYPE}`);
      return problemSchema.parse(JSON.parse(body!)).status;
    };
    expect(await told('music\r\n\r\n')).toBe(400);
    expect(await told(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`)).toBe(431);
    expect(await told('GET / HTTP/1.1\r\nhost: a\r\nx: \x01\r\n\r\n')).toBe(400);
  });

  it('answers its own machine alone, by its own names', async () => {
    const { host, port } = new URL(server.origin);
    expect(await asked('/healthz', { host })).toBe(200);
    expect(await asked('/healthz', { host: `localhost:${port}` })).toBe(200);
    expect(await asked('/healthz', { host, origin: `http://localhost:${port}` })).toBe(200);
    for (const headers of [
      { host: 'music.example' },
      { host: `music.example:${port}` },
      { host: 'localhost:1' },
      { host, origin: 'https://music.example' },
      { host, origin: 'null' },
      { host, origin: `http://localhost.music.example:${port}` },
      { host, origin: 'http://localhost:1' },
    ]) {
      expect([headers, await asked('/healthz', headers)]).toEqual([headers, 403]);
    }
  });

  it('keeps the number that a caller gives a request, unless it is none', async () => {
    const of = async (number: string) =>
      (await fetch(at('/healthz'), { headers: { 'x-request-id': number } })).headers.get('x-request-id');
    expect(await of('my-request-12345')).toBe('my-request-12345');
    expect(await of('<script>')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
