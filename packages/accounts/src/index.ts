export type { AuditEntry, Deed } from './audit/audit.ts';
export { AccountError, type AccountErrorKind } from './errors.ts';
export type { Invitation, InvitedTo } from './invitations/invitations.ts';
export type { ApiKey } from './keys/keys.ts';
export { type Accounts, type Bearer, openAccounts } from './open-accounts.ts';
export type { Person } from './people/people.ts';
export { ROLES, type Role } from './people/roles.ts';
export type { BrowserHeaders } from './sign-in/sign-in.ts';
export { TooManyTries } from './sign-in/sign-in-tries.ts';
