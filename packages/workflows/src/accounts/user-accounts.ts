import { type Accounts, openAccounts } from '@tutti/accounts';
import type { Database } from '@tutti/library';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { type UserLibraryOptions, withLibrary } from '../library/user-library.ts';
import { serviceSecret } from './service-secret.ts';

/** Where people reach the service, when something stands before it: `https://music.example`. */
export function publicOrigin(): string | undefined {
  const { publicUrl } = readConfiguration().set;
  return publicUrl === undefined ? undefined : String(publicUrl);
}

/**
 * The accounts of a library.
 * @param warn told what is worth an operator's eye
 * @throws WorkflowError as `serviceSecret`
 */
export async function userAccounts(library: Database, warn: (what: string) => void): Promise<Accounts> {
  const secret = await serviceSecret();
  return openAccounts({ database: library, secret, publicOrigin: publicOrigin(), warn });
}

/** Opens the user's library, does something with its accounts, and closes it. @throws LibraryError; what `work` throws */
export function withAccounts<Result>(
  options: UserLibraryOptions,
  work: (accounts: Accounts) => Promise<Result>,
): Promise<Result> {
  return withLibrary(options, async (library) => work(await userAccounts(library, options.say ?? (() => {}))));
}
