import { z } from 'zod';
import { ROLES, SCOPES } from './needs.ts';
import { operation } from './operation.ts';
import { idParameter, none } from './parts.ts';

const nothing = { params: {}, query: {}, body: undefined };
const group = 'accounts';

const name = z.string().trim().min(1).max(100);
const email = z.email().max(254).describe('by which one signs in; no mail is sent to it');
const password = z.string().min(1).max(1000).describe('of 15 to 128 characters');
const scopes = z.array(z.enum(SCOPES)).min(1).max(SCOPES.length).readonly();
const person = z.string().min(1).max(100);

export const personSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  since: z.iso.datetime(),
});

const personInPath = z.strictObject({ person });

/** Whom the service takes the asker for. */
export const callerSchema = z.strictObject({
  person: personSchema.nullable().describe('null for nobody, and on the own machine while there are no accounts'),
  role: z.enum(ROLES).nullable().describe('null for somebody who may do nothing yet'),
  scopes: z
    .array(z.string())
    .readonly()
    .nullable()
    .describe('what the key or token opens; null where it is none, and all is open'),
  via: z.string().describe('session, key and its number, token, own machine, nothing'),
});

export const acceptInvitation = operation({
  method: 'POST',
  path: '/invitations/accept',
  group,
  needs: null,
  summary: 'Makes the account that an invitation is for, or gives an account a new password.',
  description:
    'Each invitation holds once. The first one, for the owner, is shown in the terminal of the service. Of an account that ' +
    'there is, only the password changes.',
  params: none,
  query: none,
  body: z.strictObject({ token: z.string().min(1).max(100), name, email, password }),
  answer: { status: 201, description: 'the account', schema: personSchema },
  errors: ['denied', 'unsupported'],
  example: {
    params: {},
    query: {},
    body: { token: 'of the link', name: 'Ada', email: 'ada@example.org', password: 'a sentence that is long enough' },
  },
});

export const signIn = operation({
  method: 'POST',
  path: '/session',
  group,
  needs: null,
  summary: 'Signs in by a password: the answer sets a cookie.',
  params: none,
  query: none,
  body: z.strictObject({ email: z.string().min(1).max(254), password: z.string().min(1).max(1000) }),
  answer: { status: 200, description: 'who signed in', schema: personSchema },
  errors: ['denied'],
  example: { params: {}, query: {}, body: { email: 'ada@example.org', password: 'a sentence that is long enough' } },
});

export const getSession = operation({
  method: 'GET',
  path: '/session',
  group,
  needs: null,
  summary: 'Whom the service takes the asker for.',
  params: none,
  query: none,
  body: null,
  answer: { status: 200, description: 'who, and by what they are known', schema: callerSchema },
  errors: [],
  example: nothing,
});

export const signOut = operation({
  method: 'DELETE',
  path: '/session',
  group,
  needs: null,
  summary: 'Signs out: the session of the cookie ends.',
  params: none,
  query: none,
  body: null,
  answer: { status: 204, description: 'it has ended, or there was none', schema: null },
  errors: [],
  example: nothing,
});

export const changePassword = operation({
  method: 'PUT',
  path: '/session/password',
  group,
  needs: { role: 'guest', scope: 'accounts:write' },
  summary: 'Gives the own account a new password; all its sessions end.',
  params: none,
  query: none,
  body: z.strictObject({ current: z.string().min(1).max(1000), next: password }),
  answer: { status: 204, description: 'it holds from now on: sign in with it', schema: null },
  errors: ['denied', 'unsupported'],
  example: {
    params: {},
    query: {},
    body: { current: 'a sentence that is long enough', next: 'another sentence as long' },
  },
});

export const listPeople = operation({
  method: 'GET',
  path: '/people',
  group,
  needs: { role: 'owner', scope: 'accounts:read' },
  summary: 'All accounts.',
  params: none,
  query: none,
  body: null,
  answer: {
    status: 200,
    description: 'by their addresses',
    schema: z.strictObject({ items: z.array(personSchema).readonly() }),
  },
  errors: [],
  example: nothing,
});

export const setRole = operation({
  method: 'PATCH',
  path: '/people/{person}',
  group,
  needs: { role: 'owner', scope: 'accounts:write' },
  summary: 'Gives somebody another role; there is always an owner.',
  params: personInPath,
  query: none,
  body: z.strictObject({ role: z.enum(ROLES) }),
  answer: { status: 200, description: 'the account', schema: personSchema },
  errors: ['missing', 'denied'],
  example: { params: { person: 'the-id-of-a-person' }, query: {}, body: { role: 'editor' } },
});

export const removePerson = operation({
  method: 'DELETE',
  path: '/people/{person}',
  group,
  needs: { role: 'owner', scope: 'accounts:write' },
  summary: 'Takes an account away, with its keys and sessions; there is always an owner.',
  params: personInPath,
  query: none,
  body: null,
  answer: { status: 204, description: 'it is gone', schema: null },
  errors: ['missing', 'denied'],
  example: { params: { person: 'the-id-of-a-person' }, query: {}, body: undefined },
});

export const invite = operation({
  method: 'POST',
  path: '/invitations',
  group,
  needs: { role: 'owner', scope: 'accounts:write' },
  summary: 'Invites somebody to make an account, or one who forgot the password to think of a new one.',
  description: 'The token is shown once. It holds for a week, for an owner for an hour.',
  params: none,
  query: none,
  body: z.union([z.strictObject({ role: z.enum(ROLES) }), z.strictObject({ person })]),
  answer: {
    status: 201,
    description: 'for the path /welcome#TOKEN, or for POST /invitations/accept',
    schema: z.strictObject({ token: z.string(), expiresAt: z.iso.datetime() }),
  },
  errors: ['missing'],
  example: { params: {}, query: {}, body: { role: 'listener' } },
});

export const keySchema = z.strictObject({
  id: z.int().positive(),
  name: z.string(),
  beginning: z.string().describe('its first characters, to know it by'),
  scopes: z.array(z.string()).readonly(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable().describe('last, to the minute; null when it never was'),
});

export const listKeys = operation({
  method: 'GET',
  path: '/keys',
  group,
  needs: { role: 'guest', scope: 'accounts:read' },
  summary: 'The own keys for programs.',
  params: none,
  query: none,
  body: null,
  answer: {
    status: 200,
    description: 'the oldest first; what they are themselves is not kept',
    schema: z.strictObject({ items: z.array(keySchema).readonly() }),
  },
  errors: ['denied'],
  example: nothing,
});

export const createKey = operation({
  method: 'POST',
  path: '/keys',
  group,
  needs: { role: 'guest', scope: 'accounts:write' },
  summary: 'Makes a key for a program, which shows it as `Authorization: Bearer KEY`.',
  description:
    'It opens what its scopes and the role of its person both do. Only somebody who is signed in makes keys: no key does.',
  params: none,
  query: none,
  body: z.strictObject({ name, scopes, days: z.int().min(1).max(366).describe('that it holds') }),
  answer: {
    status: 201,
    description: 'the key; it is shown this once',
    schema: z.strictObject({ key: keySchema, secret: z.string() }),
  },
  errors: ['denied'],
  example: { params: {}, query: {}, body: { name: 'nightly scan', scopes: ['library:read', 'jobs:write'], days: 90 } },
});

export const revokeKey = operation({
  method: 'DELETE',
  path: '/keys/{key}',
  group,
  needs: { role: 'guest', scope: 'accounts:write' },
  summary: 'Makes an own key hold no longer.',
  params: z.strictObject({ key: idParameter }),
  query: none,
  body: null,
  answer: { status: 204, description: 'it opens nothing any more', schema: null },
  errors: ['missing', 'denied'],
  example: { params: { key: 1 }, query: {}, body: undefined },
});

export const issueToken = operation({
  method: 'POST',
  path: '/tokens',
  group,
  needs: { role: 'guest', scope: 'accounts:write' },
  summary: 'Makes a JWT that says for a quarter of an hour who asks.',
  description:
    'It is shown as `Authorization: Bearer TOKEN`; a key makes none that opens more than itself. One with an audience is for that service, which tells by GET /tokens/keys ' +
    'that it is from here; it does not open this one.',
  params: none,
  query: none,
  body: z.strictObject({ scopes, audience: z.string().min(1).max(200).optional() }),
  answer: {
    status: 201,
    description: 'the token',
    schema: z.strictObject({ token: z.string(), expiresAt: z.iso.datetime() }),
  },
  errors: ['denied'],
  example: { params: {}, query: {}, body: { scopes: ['library:read'] } },
});

export const listTokenKeys = operation({
  method: 'GET',
  path: '/tokens/keys',
  group,
  needs: null,
  summary: 'The public keys by which tokens are told to be from here (RFC 7517).',
  params: none,
  query: none,
  body: null,
  answer: {
    status: 200,
    description: 'a JSON Web Key Set',
    schema: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())).readonly() }),
  },
  errors: [],
  example: nothing,
});

export const auditEntrySchema = z.strictObject({
  id: z.int().positive(),
  at: z.iso.datetime(),
  person: z.strictObject({ id: z.string(), name: z.string() }).nullable().describe('null for nobody who is known'),
  via: z.string().describe('session, key and its number, token, own machine, nothing'),
  address: z.string(),
  action: z.string().describe('the name of the operation'),
  subject: z.string().describe('the path that was asked for'),
  status: z.int().describe('of the answer'),
});

export const listAudit = operation({
  method: 'GET',
  path: '/audit',
  group,
  needs: { role: 'owner', scope: 'accounts:read' },
  summary: 'Who did what: all that changes something, done or refused.',
  description: 'Kept for 400 days.',
  params: none,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(500).default(50),
    before: idParameter.optional().describe('`next` of the page before'),
  }),
  body: null,
  answer: {
    status: 200,
    description: 'the newest first',
    schema: z.strictObject({
      items: z.array(auditEntrySchema).readonly(),
      next: z
        .int()
        .positive()
        .nullable()
        .describe('the `before` of the page after this one; null where this is the last'),
    }),
  },
  errors: [],
  example: nothing,
});

/** All that has to do with accounts, by name. */
export const ACCOUNT_OPERATIONS = {
  ...{ acceptInvitation, signIn, getSession, signOut, changePassword },
  ...{ listPeople, setRole, removePerson, invite, listAudit },
  ...{ listKeys, createKey, revokeKey, issueToken, listTokenKeys },
} as const;
