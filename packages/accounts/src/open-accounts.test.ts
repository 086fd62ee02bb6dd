import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { emptyLibrary, onBothEngines } from '@tutti/library/testing';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { acceptInvitation, invite, inviteFirstOwner } from './invitations/invitations.ts';
import { createKey, listKeys, personOfKey, revokeKey } from './keys/keys.ts';
import { listPeople, removePerson, setRole } from './people/people.ts';
import { AUDIENCE, ISSUER } from './sign-in/auth.ts';
import { authForTests, PASSWORD, putOwner } from './testing/accounts-for-tests.ts';
import { issueToken, personOfToken, publicKeys } from './tokens/tokens.ts';

const account = (email: string) => ({ name: 'Somebody', email, password: PASSWORD });
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
const jwk = z.object({ kid: z.string(), x: z.string() });

onBothEngines((fresh) => {
  it('the first owner is made once, by the link that was shown last, within an hour', async () => {
    const database = await emptyLibrary(fresh);
    const before = await inviteFirstOwner(database);
    const { token, expiresAt } = await inviteFirstOwner(database);
    expect(Math.round((expiresAt.getTime() - Date.now()) / 60_000)).toBe(60);
    await expect(acceptInvitation(database, before.token, account('a@example.org'))).rejects.toMatchObject({
      kind: 'denied',
    });
    await database.run("UPDATE invitation SET expires_at = now() - interval '1 second'");
    await expect(acceptInvitation(database, token, account('a@example.org'))).rejects.toMatchObject({ kind: 'denied' });
    await database.run("UPDATE invitation SET expires_at = now() + interval '1 hour'");
    // However many try at the same time.
    const tries = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => acceptInvitation(database, token, account(`${name}@example.org`))),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await listPeople(database)).toMatchObject([{ role: 'owner' }]);
  });

  it('there is an owner however many give it up at the same time, and an address belongs to one', async () => {
    const database = await emptyLibrary(fresh);
    const owner = await putOwner(database);
    const second = await invite(database, { role: 'owner' }, owner.id);
    await expect(acceptInvitation(database, second.token, account('ADA@example.org'))).rejects.toMatchObject({
      kind: 'unsupported',
    });
    // What was refused for its address may be tried again.
    const other = await acceptInvitation(database, second.token, account('other@example.org'));
    const given = await Promise.allSettled([
      setRole(database, owner.id, 'guest'),
      removePerson(database, other.id),
      setRole(database, other.id, 'listener'),
    ]);
    expect(given.some(({ status }) => status === 'rejected')).toBe(true);
    expect((await listPeople(database)).filter(({ role }) => role === 'owner')).toHaveLength(1);
    await expect(invite(database, { person: 'nobody' }, owner.id)).rejects.toMatchObject({ kind: 'missing' });
  });

  it('keys open what they say as long as they hold, and are not kept themselves', async () => {
    const database = await emptyLibrary(fresh);
    const owner = await putOwner(database);
    const asked = { name: 'nightly', scopes: ['jobs:write', 'library:read', 'jobs:write'], days: 90 };
    const { key, secret } = await createKey(database, owner.id, asked);
    expect(key).toMatchObject({ name: 'nightly', scopes: ['jobs:write', 'library:read'], usedAt: null });
    expect(key.expiresAt.getTime() - key.createdAt.getTime()).toBe(90 * 86_400_000);
    const rows = await database.rows(
      z.object({ row: z.string() }),
      'SELECT row_to_json(k)::text AS row FROM api_key k',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.row).not.toContain(secret.slice(13));

    expect(await personOfKey(database, secret)).toEqual({ person: owner, key: key.id, scopes: key.scopes });
    const [used] = await listKeys(database, owner.id);
    expect(used!.usedAt).toBeInstanceOf(Date);
    // A use is noted once in a minute.
    await personOfKey(database, secret);
    expect(await listKeys(database, owner.id)).toEqual([used]);

    for (const wrong of [secret.slice(0, -1), `${secret}A`, secret.toUpperCase(), '', 'tutti_']) {
      expect(await personOfKey(database, wrong)).toBeUndefined();
    }
    await database.run("UPDATE api_key SET expires_at = now() - interval '1 second'");
    expect(await personOfKey(database, secret)).toBeUndefined();
    await database.run("UPDATE api_key SET expires_at = now() + interval '1 hour'");
    expect(await personOfKey(database, secret)).toBeDefined();
    await expect(revokeKey(database, 'somebody else', key.id)).rejects.toMatchObject({ kind: 'missing' });
    await revokeKey(database, owner.id, key.id);
    expect(await personOfKey(database, secret)).toBeUndefined();
    await expect(createKey(database, owner.id, { ...asked, scopes: [] })).rejects.toMatchObject({
      kind: 'unsupported',
    });
  });

  it('tokens open what they say for whom they were made, and nothing else does', async () => {
    const database = await emptyLibrary(fresh);
    const owner = await putOwner(database);
    const { auth } = authForTests(database);
    const { token, expiresAt } = await issueToken(auth, owner.id, { scopes: ['library:read', 'jobs:read'] });
    const known = (shown: string) => personOfToken(database, auth, shown);
    expect(await known(token)).toEqual({ person: owner, scopes: ['jobs:read', 'library:read'] });
    expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(14 * 60_000);

    const [head = '', body = '', signature = ''] = token.split('.');
    const { kid, ...header } = z.object({ kid: z.string(), alg: z.literal('EdDSA') }).parse(decoded(head));
    const claims = z.record(z.string(), z.unknown()).parse(decoded(body));
    const { x } = jwk.parse((await publicKeys(auth)).find((key) => key['kid'] === kid));
    expect(JSON.stringify(await publicKeys(auth))).not.toMatch(/"d":|private/);

    const signed = (payload: Record<string, unknown>) => auth.api.signJWT({ body: { payload } });
    const second = Math.floor(Date.now() / 1000);
    const own = { iss: ISSUER, aud: AUDIENCE, sub: owner.id, scope: 'library:read', iat: second, exp: second + 60 };
    expect(await known((await signed(own)).token)).toBeDefined();
    // Ours, and yet not to be let in by.
    for (const wrong of [
      { ...own, exp: second - 60 },
      { ...own, nbf: second + 600 },
      { ...own, aud: 'urn:of:another' },
      { ...own, iss: 'urn:of:another' },
      { ...own, sub: 'somebody who never was' },
      { ...own, scope: undefined },
    ]) {
      expect([wrong, await known((await signed(wrong)).token)]).toEqual([wrong, undefined]);
    }

    // Forged: of other claims, without a signature, with another key, with the public key taken for a secret one.
    const more = encoded({ ...claims, scope: 'accounts:write' });
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const signedBy = (text: string) => `${text}.${sign(null, Buffer.from(text), stranger).toString('base64url')}`;
    const none = `${encoded({ alg: 'none', kid })}.${body}`;
    const hmac = `${encoded({ alg: 'HS256', kid })}.${body}`;
    for (const forged of [
      `${head}.${more}.${signature}`,
      `${head}.${body}.`,
      `${head}.${body}`,
      `${none}.`,
      `${none}.${signature}`,
      `${encoded({ alg: 'nOnE', kid })}.${body}.`,
      signedBy(`${head}.${more}`),
      signedBy(`${encoded({ ...header, kid: 'of a stranger' })}.${body}`),
      signedBy(`${encoded({ ...header, kid, jwk: { kty: 'OKP', crv: 'Ed25519', x } })}.${body}`),
      `${hmac}.${createHmac('sha256', Buffer.from(x, 'base64url')).update(hmac).digest('base64url')}`,
      `${hmac}.${createHmac('sha256', '').update(hmac).digest('base64url')}`,
      `${encoded({ ...header, kid: ['a', 'list'] })}.${body}.${signature}`,
      'a.b.c',
      '..',
      '',
      'x'.repeat(100_000),
    ]) {
      expect([forged, await known(forged)]).toEqual([forged, undefined]);
    }

    await database.run('DELETE FROM person');
    expect(await known(token)).toBeUndefined();
  });
});
