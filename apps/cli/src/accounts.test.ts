import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@tutti/contract/api';
import { putEmbeddedFolder } from '@tutti/library/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTutti, tutti } from './testing/run-tutti.ts';

const home = mkdtempSync(join(tmpdir(), 'tutti-accounts-'));
const environment = { TUTTI_HOME: home, DATABASE_URL: '', TUTTI_SECRET: '', TUTTI_PUBLIC_URL: '' };
const run = (...args: string[]) => tutti(args, home, environment);

/** As something asks that stands before the service. */
function asked(port: number, path: string, method: string, headers: Record<string, string>, body = '') {
  return new Promise<{ cookie: string; said: string }>((resolve, reject) => {
    request({ port, path, method, headers }, (response) => {
      let said = '';
      response.setEncoding('utf8').on('data', (text: string) => (said += text));
      response.on('end', () => resolve({ cookie: response.headers['set-cookie']?.[0] ?? '', said }));
    })
      .on('error', reject)
      .end(body);
  });
}
const SLOW = { timeout: 240_000 };
beforeAll(() => putEmbeddedFolder(join(home, 'library/database')));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('the first start shows a link to make the owner account; keys are made for programs', SLOW, async () => {
  expect(await run('serve', '--port', '0', '--host', '0.0.0.0', '--no-work')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/--host is given, and nobody has an account here yet: .*make the owner account/),
  });
  expect(await run('key', 'create', 'early', '--scope', 'library:read')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/tutti serve shows a link to make the first one/),
  });

  const { child, ended } = startTutti(['serve', '--port', '0', '--no-work'], home, environment);
  let said = '';
  child.stderr.on('data', (text: string) => (said += text));
  const origin = await new Promise<string>((resolve) =>
    child.stdout.once('data', (text: string) => resolve(text.trim())),
  );
  const token = /make the owner account, within an hour: http:\/\/127\.0\.0\.1:\d+\/welcome#([\w-]+)\n/.exec(said)?.[1];
  const body = { token: token!, name: 'Ada', email: 'ada@example.org', password: 'a sentence that is long enough' };
  await createClient(origin, fetch).call('acceptInvitation', { body });
  child.kill('SIGTERM');
  await ended;
  if (process.platform !== 'win32') expect(statSync(join(home, 'service-secret')).mode & 0o777).toBe(0o600);

  // From now on others may reach it, by what stands before it.
  const behind = { ...environment, TUTTI_PUBLIC_URL: 'https://music.example' };
  const reached = startTutti(['serve', '--port', '0', '--host', '0.0.0.0', '--no-work'], home, behind);
  const port = await new Promise<number>((resolve) =>
    reached.child.stdout.once('data', (text: string) => resolve(Number(new URL(text.trim()).port))),
  );
  const forwarded = { host: 'music.example', 'x-forwarded-for': '198.51.100.7', 'content-type': 'application/json' };
  const signIn = await asked(
    port,
    '/api/v1/session',
    'POST',
    forwarded,
    JSON.stringify({ email: body.email, password: body.password }),
  );
  expect(signIn.cookie).toMatch(/^__Secure-tutti\.session_token=[^;]+; .*; Secure(;|$)/);
  const cookie = signIn.cookie.split(';')[0]!;
  const { items } = JSON.parse((await asked(port, '/api/v1/audit', 'GET', { ...forwarded, cookie })).said) as {
    items: readonly object[];
  };
  expect(items[0]).toMatchObject({ action: 'signIn', address: '198.51.100.7', person: { name: 'Ada' }, status: 200 });
  reached.child.kill('SIGTERM');
  expect((await reached.ended).stdout).not.toContain('welcome');

  const made = await run('key', 'create', 'nightly', 'scan', '--scope', 'jobs:write', 'library:read', '--days', '7');
  expect(made.code).toBe(2);
  const { code, stdout } = await run(
    'key',
    'create',
    'nightly',
    '--scope',
    'jobs:write',
    'library:read',
    '--days',
    '7',
  );
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^tutti_[\w-]{43}\n$/)]);
  const listed = await run('key', 'list');
  expect(listed.stdout).toMatch(
    /^1 {2}tutti_\w{0,6}.*… {2}until \d{4}-\d\d-\d\d {2}never used {2}jobs:write,library:read {2}nightly\n$/,
  );
  expect(listed.stdout).not.toContain(stdout.trim());
  expect(await run('key', 'revoke', '1')).toMatchObject({ code: 0, stdout: '' });
  expect(await run('account', 'list')).toMatchObject({ stdout: 'owner     ada@example.org  Ada\n' });
  expect(await run('account', 'link', 'ada@example.org')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\/welcome#[\w-]{43}\n$/),
  });
});
