import type { Person } from '@tutti/workflows';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { guard } from './guard.ts';

const person = (role: Person['role']): Person => ({
  ...{ id: role, name: role, email: `${role}@example.org`, role, since: new Date(0) },
});

/** A service with three routes, whose people show their role as a key. */
async function guarded(hasOwner = true) {
  const app = fastify();
  const noted: string[] = [];
  guard(app, {
    ...{ loopback: true, publicOrigin: undefined, rate: { burst: 100, perSecond: 1 } },
    accounts: {
      hasOwner: async () => hasOwner,
      ofSession: async () => undefined,
      ofBearer: async (shown) => ({ person: person(shown as Person['role']), scopes: ['library:read'], via: 'key 1' }),
      noteDeed: async ({ action, status }) => {
        noted.push(`${action} ${status}`);
        throw new Error('the disk is full');
      },
    },
  });
  const answer = () => 'in';
  app.get('/api/v1/read', { config: { needs: { role: 'listener', scope: 'library:read' } } }, answer);
  app.get('/api/v1/silent', answer);
  app.post('/api/v1/open', { config: { needs: null, operation: 'open' } }, answer);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    noted,
    close: () => app.close(),
    async ask(url: string, role?: Person['role'], method: 'GET' | 'POST' = 'GET') {
      const headers = role && { authorization: `Bearer ${role}` };
      return (await fetch(`${origin}/api/v1${url}`, { method, ...(headers && { headers }) })).status;
    },
  };
}

it('a route that says nothing of who may ask is open to nobody but the owner, and to no key for something else', async () => {
  const { ask, close } = await guarded();
  expect(await ask('/silent')).toBe(401);
  expect(await ask('/silent', 'editor')).toBe(403);
  expect(await ask('/silent', 'owner')).toBe(403);
  expect(await ask('/read')).toBe(401);
  expect(await ask('/read', 'guest')).toBe(403);
  expect(await ask('/read', 'listener')).toBe(200);
  expect(await ask('/nowhere')).toBe(404);
  await close();
});

it('before there is an owner, all is open to the own machine', async () => {
  const { ask, close } = await guarded(false);
  expect(await ask('/silent')).toBe(200);
  expect(await ask('/read')).toBe(200);
  await close();
});

it('what changes something is noted, and answered even where that cannot be', async () => {
  const { ask, close, noted } = await guarded();
  expect(await ask('/open', undefined, 'POST')).toBe(200);
  expect(await ask('/read', 'listener')).toBe(200);
  await close();
  expect(noted).toEqual(['open 200']);
});
