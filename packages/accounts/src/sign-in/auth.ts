import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { jwt } from 'better-auth/plugins/jwt';
import type { AccountDatabase } from '../database/account-database.ts';
import { dialectOf } from '../database/kysely-dialect.ts';
import { PASSWORD_CHARACTERS } from './password.ts';
import {
  PERSON_TABLE,
  SESSION_TABLE,
  SIGN_IN_WAY_TABLE,
  SIGNING_KEY_TABLE,
  VERIFICATION_TABLE,
} from './tables.data.ts';

export interface AuthOptions {
  readonly database: AccountDatabase;
  /** Signs cookies and encrypts the keys of tokens; at least 32 characters, the same in all processes of one database. */
  readonly secret: string;
  /** Where people reach the service, `https://music.example`: cookies are then for https alone. */
  readonly publicOrigin?: string | undefined;
  /** Told what is worth an operator's eye. */
  readonly warn: (what: string) => void;
}

/** Who issues tokens, and for whom those are that open this service. */
export const ISSUER = 'urn:tutti';
export const AUDIENCE = 'urn:tutti:api';
const TOKEN_LIFE = '15m';
const DAY_SECONDS = 86_400;
/** The header in which it is told from where somebody signs in; it is made here, callers cannot set it. */
export const ADDRESS_HEADER = 'x-tutti-address';

/** Its options for a database: what is asked of it is sessions, passwords and the keys of tokens. */
export function authOptions({ database, secret, publicOrigin, warn }: AuthOptions) {
  return {
    appName: 'Tutti',
    secret,
    baseURL: publicOrigin ?? 'http://127.0.0.1',
    basePath: '/api/v1/auth',
    database: { dialect: dialectOf(database), type: 'postgres', transaction: false },
    user: {
      ...PERSON_TABLE,
      additionalFields: { role: { type: 'string', required: true, input: false, defaultValue: 'guest' } },
    },
    session: { ...SESSION_TABLE, expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS },
    account: SIGN_IN_WAY_TABLE,
    verification: VERIFICATION_TABLE,
    emailAndPassword: {
      enabled: true,
      // Accounts are made by invitation.
      disableSignUp: true,
      maxPasswordLength: PASSWORD_CHARACTERS.most,
    },
    plugins: [
      jwt({
        jwt: { issuer: ISSUER, audience: AUDIENCE, expirationTime: TOKEN_LIFE },
        disableSettingJwtHeader: true,
        schema: SIGNING_KEY_TABLE,
      }),
    ],
    advanced: {
      cookiePrefix: 'tutti',
      useSecureCookies: publicOrigin?.startsWith('https:') ?? false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    // Tries are counted in sign-in-tries.ts, where all processes see them.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (level, message) => warn(`better-auth, ${level}: ${message}`),
    },
  } as const satisfies BetterAuthOptions;
}

export function openAuth(options: AuthOptions) {
  return betterAuth(authOptions(options));
}

export type Auth = ReturnType<typeof openAuth>;
