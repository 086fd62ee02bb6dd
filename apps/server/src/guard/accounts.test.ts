import { ACCOUNT_OPERATIONS, API_BASE, createClient, type Operation } from '@tutti/contract/api';
import { expect, it } from 'vitest';
import { runningServer } from '../testing/running-server.ts';
import { invited, type Member, member, PASSWORD } from '../testing/signed-in.ts';

const links: string[] = [];
const server = runningServer({ work: undefined, onInvitation: (link) => links.push(link) });
const clientOf = (headers: Record<string, string> = {}) => createClient(server.origin, fetch, headers);
const asMember = ({ cookie }: Member) => clientOf({ cookie });
const refused = (status: number, detail?: RegExp) =>
  expect.objectContaining({
    problem: expect.objectContaining({ status, ...(detail && { detail: expect.stringMatching(detail) }) }),
  });

let owner: Member;

it('is open on its own machine as long as nobody has an account, and to nothing that is handed on', async () => {
  expect(await clientOf().call('getSession', {})).toEqual({
    ...{ person: null, role: 'owner', scopes: null, via: 'own machine' },
  });
  expect(await clientOf().call('listRoots', {})).toEqual({ items: [], next: null });
  await expect(clientOf({ 'x-forwarded-for': '192.0.2.7' }).call('listRoots', {})).rejects.toEqual(
    refused(401, /nobody has an account here yet/),
  );
  // What belongs to a person has to wait.
  const body = { name: 'early', scopes: ['library:read'] as const, days: 1 };
  await expect(clientOf().call('createKey', { body })).rejects.toEqual(refused(403, /make the owner account first/));
});

it('shows a page for the link that needs nothing from elsewhere and runs nothing but its own script', async () => {
  expect(links).toHaveLength(1);
  expect(links[0]).toMatch(new RegExp(`^${server.origin}/welcome#[\\w-]{43}$`));
  const page = await fetch(links[0]!);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-/,
  );
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  expect(await page.text()).toContain('/api/v1/invitations/accept');
});

it('makes the owner by the link, once, and answers nobody else from then on', async () => {
  const token = links[0]!.split('#')[1]!;
  const account = { name: 'Ada', email: 'Ada@example.org', password: PASSWORD };
  const accept = (body: typeof account & { token: string }) => clientOf().call('acceptInvitation', { body });
  await expect(accept({ ...account, token: 'guessed' })).rejects.toEqual(
    refused(403, /was used, is too old, or never was/),
  );
  await expect(accept({ ...account, token, password: 'too short' })).rejects.toEqual(refused(422, /15 to 128/));
  owner = await member(server.origin, token, account.email);
  await expect(accept({ ...account, token })).rejects.toEqual(refused(403));

  await expect(clientOf().call('listRoots', {})).rejects.toEqual(refused(401, /sign in first/));
  expect(await clientOf().call('getSession', {})).toEqual({ person: null, role: null, scopes: null, via: 'nothing' });
  expect(await asMember(owner).call('getSession', {})).toMatchObject({
    person: { email: 'ada@example.org', role: 'owner' },
    via: 'session',
  });
  for (const path of ['/healthz', '/readyz', '/api/v1/openapi.json']) {
    expect((await fetch(`${server.origin}${path}`)).status).toBe(200);
  }
});

it('gives cookies that scripts and other sites cannot use, and takes them back', async () => {
  const answer = await clientOf().open('signIn', { body: { email: 'ada@example.org', password: PASSWORD } });
  const [cookie] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/^tutti\.session_token=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
  const browser = clientOf({ cookie: cookie!.split(';')[0]! });
  expect(await browser.call('listRoots', {})).toEqual({ items: [], next: null });
  const gone = await browser.open('signOut', {});
  expect(gone.headers.getSetCookie()[0]).toMatch(/^tutti\.session_token=; Max-Age=0/);
  await expect(browser.call('listRoots', {})).rejects.toEqual(refused(401));
  await expect(
    clientOf().call('signIn', { body: { email: 'ada@example.org', password: 'not what it is' } }),
  ).rejects.toEqual(refused(401, /^there is no account of that name with that password$/));
});

it('does what the examples of its operations ask for', async () => {
  const { token } = await asMember(owner).call('invite', { body: { role: 'listener' } });
  const person = (await invited(server.origin, owner, 'guest', 'leaves@example.org')).id;
  let cookie = owner.cookie;
  const order = [
    ...(['acceptInvitation', 'signIn', 'getSession', 'listPeople', 'setRole', 'removePerson', 'invite'] as const),
    ...(['listAudit', 'createKey', 'listKeys', 'revokeKey', 'issueToken', 'listTokenKeys', 'changePassword'] as const),
    'signOut',
  ] as const;
  expect(order.toSorted()).toEqual(Object.keys(ACCOUNT_OPERATIONS).sort());
  for (const name of order) {
    const { method, path, body, answer, example }: Operation = ACCOUNT_OPERATIONS[name];
    const made = {
      ...(example.body as object),
      ...(name === 'acceptInvitation' && { token, email: 'joins@example.org' }),
    };
    const url = path.replace('{person}', person).replace('{key}', '1');
    const response = await fetch(`${server.origin}${API_BASE}${url}`, {
      method,
      headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(made) }),
    });
    expect([name, response.status]).toEqual([name, answer.status]);
    if (answer.schema) answer.schema.parse(await response.json());
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
  }
  // The password was changed.
  const body = { email: 'ada@example.org', password: ACCOUNT_OPERATIONS.changePassword.example.body.next };
  const answer = await clientOf().open('signIn', { body });
  owner = { ...owner, cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! };
});

it('lets programs in by keys that open what they say, as long as they hold', async () => {
  const { secret, key } = await asMember(owner).call('createKey', {
    body: { name: 'reader', scopes: ['library:read', 'accounts:write'], days: 1 },
  });
  expect(secret).toMatch(/^tutti_[\w-]{43}$/);
  expect(key.beginning).toBe(secret.slice(0, 12));
  const program = clientOf({ authorization: `Bearer ${secret}` });
  expect(await program.call('listRoots', {})).toEqual({ items: [], next: null });
  expect(await program.call('getSession', {})).toMatchObject({ via: `key ${key.id}`, scopes: key.scopes });
  await expect(program.call('listJobs', {})).rejects.toEqual(
    refused(403, /needs the scope jobs:read; the key \d+ has/),
  );
  // It cannot live on by another one, nor open more than it does.
  const more = { name: 'more', scopes: ['library:read'] as const, days: 366 };
  await expect(program.call('createKey', { body: more })).rejects.toEqual(refused(403, /signed in by a password/));
  await expect(program.call('issueToken', { body: { scopes: ['jobs:write'] } })).rejects.toEqual(
    refused(403, /does not have jobs:write itself/),
  );
  const { token } = await program.call('issueToken', { body: { scopes: ['library:read'] } });
  const bearer = clientOf({ authorization: `Bearer ${token}` });
  expect(await bearer.call('getSession', {})).toMatchObject({ via: 'token', scopes: ['library:read'] });
  // Of somebody else it is not there.
  const other = await invited(server.origin, owner, 'guest', 'other@example.org');
  await expect(asMember(other).call('revokeKey', { params: { key: key.id } })).rejects.toEqual(refused(404));
  await asMember(owner).call('revokeKey', { params: { key: key.id } });
  await expect(program.call('listRoots', {})).rejects.toEqual(refused(401, /opens nothing/));
});

it('keeps an owner, and lets nobody in who was taken out', async () => {
  const people = async () => (await asMember(owner).call('listPeople', {})).items;
  const params = { person: owner.id };
  await expect(asMember(owner).call('removePerson', { params })).rejects.toEqual(refused(403, /last owner/));
  await expect(asMember(owner).call('setRole', { params, body: { role: 'guest' } })).rejects.toEqual(refused(403));
  const other = await invited(server.origin, owner, 'editor', 'goes@example.org');
  const key = await other.withKey();
  expect((await people()).map(({ email }) => email)).toContain('goes@example.org');
  await asMember(owner).call('removePerson', { params: { person: other.id } });
  await expect(asMember(other).call('listRoots', {})).rejects.toEqual(refused(401));
  await expect(clientOf(key).call('listRoots', {})).rejects.toEqual(refused(401));
});

it('gives a forgotten password anew by an invitation, and nothing else of the account', async () => {
  const other = await invited(server.origin, owner, 'listener', 'forgets@example.org');
  const { token } = await asMember(owner).call('invite', { body: { person: other.id } });
  const body = { token, name: 'Mallory', email: 'mallory@example.org', password: 'a new sentence to remember' };
  expect(await clientOf().call('acceptInvitation', { body })).toMatchObject({
    ...{ id: other.id, name: 'forgets', email: 'forgets@example.org', role: 'listener' },
  });
  await expect(asMember(other).call('listRoots', {})).rejects.toEqual(refused(401));
  await clientOf().call('signIn', { body: { email: 'forgets@example.org', password: body.password } });
});

it('notes who did what, by what and from where, done or refused', async () => {
  const { items, next } = await asMember(owner).call('listAudit', { query: { limit: 500 } });
  expect(next).toBeNull();
  const told = items.map(({ person, via, action, status }) => [
    person?.name ?? null,
    via.split(' ')[0],
    action,
    status,
  ]);
  expect(told).toContainEqual([null, 'own', 'createKey', 403]);
  expect(told).toContainEqual(['Ada', 'own', 'acceptInvitation', 201]);
  expect(told).toContainEqual([null, 'nothing', 'signIn', 401]);
  expect(told).toContainEqual(['Ada', 'session', 'createKey', 201]);
  expect(told).toContainEqual(['Ada', 'key', 'issueToken', 403]);
  expect(told).toContainEqual(['other', 'session', 'revokeKey', 404]);
  expect(items.every(({ address }) => address === '127.0.0.1')).toBe(true);
  expect(JSON.stringify(items)).not.toMatch(/sentence|tutti_/);
  const newest = await asMember(owner).call('listAudit', { query: { limit: 2 } });
  expect(newest.items).toEqual(items.slice(0, 2));
  expect((await asMember(owner).call('listAudit', { query: { limit: 1, before: newest.next! } })).items).toEqual([
    items[2],
  ]);
});
