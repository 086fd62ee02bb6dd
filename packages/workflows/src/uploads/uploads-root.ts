import { join } from 'node:path';
import type { Database } from '@tutti/library';
import { failureOf } from '../failure.ts';
import { addLibraryRoot } from '../library/library-roots.ts';
import { userFolder } from '../user-folder.ts';

/** Where songs go that are sent to this machine. */
export function uploadsFolder(): string {
  return join(userFolder(), 'uploads');
}

/** Makes the uploads a part of the library, unless a folder of it has them already. */
export async function takeInUploads(library: Database, folder: string): Promise<void> {
  try {
    await addLibraryRoot(library, folder);
  } catch (error) {
    if (failureOf(error).kind !== 'denied') throw error;
  }
}
