/** What a person may be; each may do what those before may. */
export const ROLES = ['guest', 'listener', 'editor', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** What keys and tokens open: a person who is signed in has all of them, within their role. */
export const SCOPES = [
  'library:read',
  'library:write',
  'jobs:read',
  'jobs:write',
  'accounts:read',
  'accounts:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who may ask for an operation: this role or one above it, and by a key or a token only one that has the scope. */
export interface Needs {
  readonly role: Role;
  readonly scope: Scope;
}
