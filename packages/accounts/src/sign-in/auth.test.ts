import { emptyLibrary, onBothEngines } from '@tutti/library/testing';
import { getMigrations } from 'better-auth/db/migration';
import { expect, it } from 'vitest';
import { authForTests, PASSWORD, putOwner } from '../testing/accounts-for-tests.ts';
import { authOptions } from './auth.ts';
import { changePassword, personOfSession, signIn, signOut } from './sign-in.ts';

const address = '192.0.2.1';
/** What a browser sends of what it was told to keep. */
const cookieOf = (cookies: readonly string[]) => cookies.map((each) => each.split(';')[0]!).join('; ');

onBothEngines((fresh) => {
  it('has the tables that better-auth asks for', async () => {
    const database = await emptyLibrary(fresh);
    const options = authOptions({ database, secret: 'x'.repeat(32), warn: () => {} });
    const wanted = await getMigrations(options, { throwOnUnsafe: false });
    const { toBeCreated, toBeAdded, schemaProblems, unsafeChanges } = wanted;
    expect({ toBeCreated, toBeAdded, schemaProblems, unsafeChanges }).toEqual({
      ...{ toBeCreated: [], toBeAdded: [], schemaProblems: [], unsafeChanges: [] },
    });
  });

  it('lets in who knows the password, by a cookie that scripts cannot read, until they sign out', async () => {
    const database = await emptyLibrary(fresh);
    const owner = await putOwner(database);
    const { auth, warnings } = authForTests(database);
    const entered = await signIn(database, auth, { email: 'ADA@example.org', password: PASSWORD }, { address });
    expect(entered.person).toEqual(owner);
    expect(entered.cookies).toHaveLength(1);
    expect(entered.cookies[0]).toMatch(
      /^tutti\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );

    const cookie = cookieOf(entered.cookies);
    expect((await personOfSession(auth, { cookie, address }))?.person).toEqual(owner);
    expect(await personOfSession(auth, { address })).toBeUndefined();
    const forged = cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(await personOfSession(auth, { cookie: forged, address })).toBeUndefined();
    const [token] = decodeURIComponent(cookie.split('=')[1]!).split('.');
    expect(await personOfSession(auth, { cookie: `tutti.session_token=${token}`, address })).toBeUndefined();

    expect((await signOut(auth, { cookie, address })).join()).toMatch(/^tutti\.session_token=; Max-Age=0/);
    expect(await personOfSession(auth, { cookie, address })).toBeUndefined();
    // A session that is too old.
    const late = await signIn(database, auth, { email: owner.email, password: PASSWORD }, { address });
    const known = () => personOfSession(auth, { cookie: cookieOf(late.cookies), address });
    expect(await known()).toBeDefined();
    await database.run("UPDATE session SET expires_at = now() - interval '1 second'");
    expect(await known()).toBeUndefined();
    expect(warnings).toEqual([]);

    // Where people come by https, the cookie is for https alone.
    const { auth: byHttps } = authForTests(database, 'https://music.example');
    const { cookies } = await signIn(database, byHttps, { email: owner.email, password: PASSWORD }, { address });
    expect(cookies[0]).toMatch(/^__Secure-tutti\.session_token=.*; Secure(;|$)/);
  });

  it('does not tell a wrong name from a wrong password, and soon asks to wait', async () => {
    const database = await emptyLibrary(fresh);
    await putOwner(database);
    const { auth } = authForTests(database);
    const attempt = (email: string, password: string, from = address) =>
      signIn(database, auth, { email, password }, { address: from }).then(
        () => 'in',
        (error: Error) => error.message,
      );
    const refused = 'there is no account of that name with that password';
    expect(await attempt('nobody@example.org', PASSWORD)).toBe(refused);
    expect(await attempt('no address', PASSWORD)).toBe(refused);
    expect(await attempt('ada@example.org', 'x'.repeat(1000))).toBe(refused);
    const many = await Promise.all(Array.from({ length: 12 }, () => attempt('ada@example.org', 'a wrong one')));
    expect(many.filter((each) => each === refused)).toHaveLength(9);
    expect(many.filter((each) => /^too many tries: try again in 3\d\d\d seconds$/.test(each))).toHaveLength(3);
    expect(await attempt('ada@example.org', PASSWORD)).toMatch(/^too many tries/);
    // From elsewhere the account is open as before.
    expect(await attempt('ada@example.org', PASSWORD, '192.0.2.2')).toBe('in');
    await database.run("UPDATE sign_in_try SET tried_at = tried_at - interval '1 hour'");
    expect(await attempt('ada@example.org', PASSWORD)).toBe('in');
  });

  it('ends all sessions of an account whose password is changed, and of one that is gone', async () => {
    const database = await emptyLibrary(fresh);
    const owner = await putOwner(database);
    const { auth } = authForTests(database);
    const enter = (password: string) => signIn(database, auth, { email: owner.email, password }, { address });
    const cookie = cookieOf((await enter(PASSWORD)).cookies);
    const change = (current: string, next: string) =>
      changePassword(database, auth, owner, { current, next }, { cookie, address });
    await expect(change('a wrong one', 'another sentence as long')).rejects.toThrow(/no account of that name/);
    await expect(change(PASSWORD, 'short')).rejects.toThrow(/15 to 128 characters/);
    await change(PASSWORD, 'another sentence as long');
    expect(await personOfSession(auth, { cookie, address })).toBeUndefined();
    await expect(enter(PASSWORD)).rejects.toThrow(/no account of that name/);
    const later = cookieOf((await enter('another sentence as long')).cookies);
    await database.run('DELETE FROM person');
    expect(await personOfSession(auth, { cookie: later, address })).toBeUndefined();
  });
});
