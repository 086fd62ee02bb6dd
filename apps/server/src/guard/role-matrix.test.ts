import { API_BASE, OPERATIONS, type OperationName, problemSchema, ROLES, type Role, SCOPES } from '@tutti/contract/api';
import { beforeAll, describe, expect, it } from 'vitest';
import { runningServer } from '../testing/running-server.ts';
import { invited, type Member, member } from '../testing/signed-in.ts';

let link = '';
const server = runningServer({ work: undefined, onInvitation: (told) => (link = told) });

/** The least that somebody must be, stated once more: what is in the operations is held to it. */
const LEAST: Readonly<Record<OperationName, Role | 'anybody'>> = {
  ...{ acceptInvitation: 'anybody', signIn: 'anybody', getSession: 'anybody', signOut: 'anybody' },
  ...{ listTokenKeys: 'anybody', changePassword: 'guest', listKeys: 'guest', createKey: 'guest', revokeKey: 'guest' },
  ...{ issueToken: 'guest', listPeople: 'owner', setRole: 'owner', removePerson: 'owner', invite: 'owner' },
  ...{ listAudit: 'owner', listRoots: 'listener', addRoot: 'owner', removeRoot: 'owner', followLibrary: 'listener' },
  ...{ listTracks: 'guest', countFacets: 'guest', getTrack: 'guest', listPictures: 'guest', getPicture: 'guest' },
  ...{ getAnalysis: 'listener', getMarks: 'listener', listSimilar: 'listener', findPath: 'listener' },
  ...{ submitJob: 'editor', cancelJob: 'editor', retryJob: 'editor' },
  ...{ uploadSong: 'editor', beginUpload: 'editor', listUploads: 'editor', getUpload: 'editor' },
  ...{ addToUpload: 'editor', giveUpUpload: 'editor', getSound: 'listener', streamSound: 'listener' },
  ...{ listJobs: 'listener', getJob: 'listener', followJob: 'listener', getResult: 'listener' },
};

const names = Object.keys(OPERATIONS) as OperationName[];
/** Titles of what the guard says: an operation refuses in other words. */
const REFUSALS: Readonly<Record<string, number>> = { 'Who are you?': 401, 'This is not yours to do': 403 };

/** Whether somebody is let through to an operation; what becomes of its example there does not matter. */
async function isLetIn(name: OperationName, headers: Record<string, string>, method?: string): Promise<boolean> {
  const { path, body, example, ...operation } = OPERATIONS[name];
  // A key that is nobody's: the one that is shown must hold to the end.
  const params: Readonly<Record<string, unknown>> = {
    ...example.params,
    ...('key' in example.params && { key: 999_999 }),
  };
  const query = new URLSearchParams(Object.entries(example.query).map(([key, value]) => [key, String(value)]));
  const url = `${server.origin}${API_BASE}${path.replace(/\{(\w+)\}/g, (_, key: string) => String(params[key]))}?${query}`;
  const gone = new AbortController();
  const answer = await fetch(url, {
    method: method ?? operation.method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(example.body) }),
    signal: gone.signal,
  });
  try {
    expect(answer.status).not.toBe(500);
    if (method === 'HEAD') return answer.status !== 401 && answer.status !== 403;
    if (!answer.headers.get('content-type')?.includes('problem')) return true;
    const { title, status } = problemSchema.parse(await answer.json());
    if (title in REFUSALS) expect(status).toBe(REFUSALS[title]);
    return !(title in REFUSALS);
  } finally {
    gone.abort();
  }
}

/** The operations that somebody is let through to. */
async function openTo(headers: Record<string, string>): Promise<OperationName[]> {
  const open: OperationName[] = [];
  for (const name of names) if (await isLetIn(name, headers)) open.push(name);
  return open;
}

describe('every operation', () => {
  let owner: Member;
  let members: Readonly<Record<Role, Member>>;
  beforeAll(async () => {
    owner = await member(server.origin, link.split('#')[1]!, 'owner@example.org');
    const [guest, listener, editor] = await Promise.all(
      (['guest', 'listener', 'editor'] as const).map((role) => invited(server.origin, owner, role)),
    );
    members = { guest: guest!, listener: listener!, editor: editor!, owner };
  });

  it('is in the table, and says the same of itself', () => {
    expect(names.toSorted()).toEqual(Object.keys(LEAST).toSorted());
    const said = names.map((name) => [name, OPERATIONS[name].needs?.role ?? 'anybody']);
    expect(Object.fromEntries(said)).toEqual(LEAST);
  });

  it('is closed to who is signed out, unless it is for anybody', async () => {
    const anybody = names.filter((name) => LEAST[name] === 'anybody');
    expect(await openTo({})).toEqual(anybody);
    expect(await openTo({ authorization: 'Bearer tutti_nothing' })).toEqual(anybody);
    expect(await openTo({ cookie: 'tutti.session_token=nothing.nothing' })).toEqual(anybody);
  });

  it.each(ROLES)('is open to %s and to those above it as it says', async (role) => {
    const reach = ROLES.indexOf(role);
    const expected = names.filter((name) => {
      const least = LEAST[name];
      return least === 'anybody' || ROLES.indexOf(least) <= reach;
    });
    expect(await openTo(await members[role].withKey())).toEqual(expected);
  });

  it.each(SCOPES)('is open to a key of the owner that has the scope %s alone as it says', async (scope) => {
    const expected = names.filter((name) => [undefined, scope].includes(OPERATIONS[name].needs?.scope));
    expect(await openTo(await members.owner.withKey([scope]))).toEqual(expected);
  });

  it('is no more open to HEAD than to GET', async () => {
    for (const name of names.filter((each) => OPERATIONS[each].method === 'GET')) {
      expect([name, await isLetIn(name, {}, 'HEAD')]).toEqual([name, LEAST[name] === 'anybody']);
    }
  });

  it('follows a role that is changed at once, also for keys', async () => {
    const promoted = await invited(server.origin, owner, 'guest', 'promoted@example.org');
    const key = await promoted.withKey();
    const become = (role: Role) =>
      fetch(`${server.origin}${API_BASE}/people/${promoted.id}`, {
        method: 'PATCH',
        headers: { cookie: owner.cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ role }),
      });
    expect(await isLetIn('listRoots', key)).toBe(false);
    expect((await become('listener')).status).toBe(200);
    expect(await isLetIn('listRoots', key)).toBe(true);
    expect(await isLetIn('listRoots', { cookie: promoted.cookie })).toBe(true);
    await become('guest');
    expect(await isLetIn('listRoots', { cookie: promoted.cookie })).toBe(false);
  });
});
