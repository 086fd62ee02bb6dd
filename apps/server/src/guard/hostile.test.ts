import { request } from 'node:http';
import { connect } from 'node:net';
import { API_BASE, createClient, PROBLEM_TYPE } from '@tutti/contract/api';
import { beforeAll, expect, it } from 'vitest';
import { runningServer } from '../testing/running-server.ts';
import { invited, type Member, member } from '../testing/signed-in.ts';

let link = '';
const server = runningServer({
  ...{ work: undefined, onInvitation: (told: string) => (link = told) },
  rate: { burst: 30, perSecond: 0.001 },
});
let owner: Member;
beforeAll(async () => {
  owner = await member(server.origin, link.split('#')[1]!, 'owner@example.org');
});

interface Answered {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** As a program or an old browser asks, with headers that `fetch` would not send. */
function asked(path: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.origin);
    request({ hostname, port, path, method, headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, headers: response.headers });
    })
      .on('error', reject)
      .end(body);
  });
}

/** What a service answers to bytes as they are. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.origin);
    let said = '';
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.setEncoding('utf8').on('data', (text: string) => (said += text));
    socket.on('close', () => resolve(said)).on('error', reject);
  });
}

it('a page of somebody else does nothing with the cookie of who is signed in', async () => {
  const { host } = new URL(server.origin);
  const json = { cookie: owner.cookie, 'content-type': 'application/json' };
  const invitation = (headers: Record<string, string>) =>
    asked(`${API_BASE}/invitations`, { ...json, ...headers }, 'POST', '{"role":"owner"}').then(({ status }) => status);
  expect(await invitation({ origin: server.origin })).toBe(201);
  expect(await invitation({ 'sec-fetch-site': 'same-origin' })).toBe(201);
  expect(await invitation({})).toBe(201);
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `https://${host}` },
    { origin: `http://${host}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { host: `evil.example:${new URL(server.origin).port}` },
  ]) {
    expect([headers, await invitation(headers)]).toEqual([headers, 403]);
  }
  // What a form of another page can send is no JSON.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    expect([400, 415]).toContain(
      (await asked(`${API_BASE}/invitations`, { ...json, 'content-type': type }, 'POST', '{"role":"owner"}')).status,
    );
  }
  // Nor can it sign somebody in as somebody else.
  const { status } = await asked(`${API_BASE}/session`, { ...json, origin: 'https://evil.example' }, 'POST', '{}');
  expect(status).toBe(403);
});

it('no page of somebody else is told that it may read what is answered', async () => {
  const { headers } = await asked(`${API_BASE}/session`, { origin: server.origin, cookie: owner.cookie });
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

it('tokens without a signature, for somebody else or with nonsense in them open nothing', async () => {
  const own = createClient(server.origin, fetch, { cookie: owner.cookie });
  const { token } = await own.call('issueToken', { body: { scopes: ['library:read'] } });
  const elsewhere = await own.call('issueToken', { body: { scopes: ['library:read'], audience: 'urn:of:another' } });
  const [head = '', body = ''] = token.split('.');
  const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string };
  const none = Buffer.from(JSON.stringify({ alg: 'none', kid })).toString('base64url');
  const shown = (authorization: string) => asked(`${API_BASE}/roots`, { authorization });
  expect((await shown(`Bearer ${token}`)).status).toBe(200);
  for (const wrong of [
    ...[
      `Bearer ${none}.${body}.`,
      `Bearer ${head}.${body}.AAAA`,
      `Bearer ${elsewhere.token}`,
      'Bearer',
      'Bearer  ',
      'Basic YTpi',
    ],
    ...[`Bearer ${token} ${token}`, `Token ${token}`, "Bearer ' OR 1=1 --", 'Bearer tutti_'],
  ]) {
    const { status, headers } = await shown(wrong);
    expect([wrong, status, headers['www-authenticate']]).toEqual([wrong, 401, 'Bearer error="invalid_token"']);
    expect(headers['content-type']).toBe(PROBLEM_TYPE);
  }
});

it('nothing of a request becomes a line of the answer', async () => {
  const { host } = new URL(server.origin);
  const answers = [
    await raw(
      `GET ${API_BASE}/session HTTP/1.1\r\nHost: ${host}\r\nX-Request-Id: abcdefgh\nSet-Cookie: a=b\r\nConnection: close\r\n\r\n`,
    ),
    await raw(
      `GET ${API_BASE}/session HTTP/1.1\r\nHost: ${host}\r\nCookie: tutti.session_token=a\rSet-Cookie: a=b\r\nConnection: close\r\n\r\n`,
    ),
    await raw(`GET ${API_BASE}/x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    await raw(`GET ${API_BASE}/session HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`),
    await raw(
      `POST ${API_BASE}/session HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`,
    ),
  ];
  for (const answer of answers) expect(answer.toLowerCase()).not.toMatch(/\r\nset-cookie: a=b/);
  expect(
    answers.map((answer) => answer.split(' ')[1]),
    answers.join('\n\n'),
  ).toEqual(['400', '400', '404', '403', '400']);
});

it('what somebody sends who is not known is not waited for', async () => {
  const { host } = new URL(server.origin);
  const answer = await raw(
    `POST ${API_BASE}/uploads?name=a.wav HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000000000\r\n\r\nabc`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 401 .*\r\nconnection: close\r\n/is);
});

it('a path leads to an operation or nowhere, however it is written', async () => {
  const { cookie } = owner;
  for (const path of [
    '/../../../../etc/passwd',
    `${API_BASE}/../../etc/passwd`,
    `${API_BASE}/%2e%2e/%2e%2e/etc/passwd`,
    `${API_BASE}/..%2f..%2fetc%2fpasswd`,
    `${API_BASE}/results/..%2f..%2f..%2fetc%2fpasswd`,
    `${API_BASE}/results/%2e%2e`,
    `${API_BASE}/results/....%5c....%5cwindows`,
    `${API_BASE}/tracks/1%00`,
    `${API_BASE}//roots`,
    '//evil.example/',
    '/welcome/../healthz/x',
  ]) {
    const { status } = await asked(path, { cookie });
    expect([path, status]).toEqual([path, expect.toSatisfy((each: number) => each === 400 || each === 404)]);
  }
  // What is closed stays closed under another way of writing it.
  for (const path of [
    `${API_BASE}/%72oots`,
    `${API_BASE}/roots/`,
    `${API_BASE}/ROOTS`,
    `${API_BASE}/roots?x=${API_BASE}/session`,
  ]) {
    expect([401, 404, 405]).toContain((await asked(path, {})).status);
  }
});

it('who asks too often is told when to come again: a person everywhere, nobody by the address', async () => {
  const other = await invited(server.origin, owner, 'guest');
  const ask = (headers: Record<string, string>) => asked(`${API_BASE}/session`, headers);
  const statuses: (number | undefined)[] = [];
  for (let i = 0; i < 32; i++) statuses.push((await ask({ cookie: other.cookie })).status);
  expect(statuses.indexOf(429)).toBe(30);
  const { status, headers } = await ask({ cookie: other.cookie });
  expect([status, Number(headers['retry-after'])]).toEqual([429, expect.toSatisfy((seconds: number) => seconds > 1)]);
  // Others of the same address go on.
  expect((await ask({ cookie: owner.cookie })).status).toBe(200);
  for (let i = 0; i < 32; i++) await asked(`${API_BASE}/roots`, { authorization: 'Bearer tutti_guess' });
  expect((await asked(`${API_BASE}/roots`, {})).status).toBe(429);
  expect((await asked('/healthz', {})).status).toBe(200);
});
