import {
  type Database,
  type LibraryOptions,
  openLibrary,
  type RestoredLibrary,
  restoreLibrary,
  type WrittenBackup,
  writeBackup,
} from '@tutti/library';
import { WorkflowError } from '../failure.ts';
import { userFolder } from '../user-folder.ts';
import { isThere } from '../write-whole.ts';

export interface UserLibraryOptions {
  /** Told what takes longer than a moment. */
  readonly say?: ((what: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Where the user's library is: on the server of DATABASE_URL, or in the user's folder. */
function whereabouts({ say }: UserLibraryOptions): LibraryOptions {
  return { folder: userFolder(), databaseUrl: process.env['DATABASE_URL'], say };
}

/**
 * Opens the user's library, does something with it, and closes it, whatever happens.
 * @throws LibraryError as `openLibrary`; what `work` throws
 */
export async function withLibrary<Result>(
  options: UserLibraryOptions,
  work: (library: Database) => Promise<Result>,
): Promise<Result> {
  const library = await openLibrary(whereabouts(options));
  try {
    return await work(library);
  } finally {
    await library.close();
  }
}

/**
 * Writes the whole library into a file, from which it can be restored here or elsewhere.
 * @param replace a file of that name
 * @throws WorkflowError 'denied' when there is such a file and `replace` is not set; LibraryError
 */
export async function backUpLibrary(
  path: string,
  replace: boolean,
  options: UserLibraryOptions,
): Promise<WrittenBackup> {
  if (!replace && (await isThere(path))) {
    throw new WorkflowError('denied', `${path} is there already: --force replaces it`);
  }
  return withLibrary(options, (library) => writeBackup(library, path, options.signal));
}

/**
 * Puts a backup in the place of the library; what was there is backed up first.
 * @param replace allows that there is a library
 * @throws LibraryError as `restoreLibrary`
 */
export function restoreFromBackup(
  path: string,
  replace: boolean,
  options: UserLibraryOptions,
): Promise<RestoredLibrary> {
  return restoreLibrary(path, replace, whereabouts(options));
}
