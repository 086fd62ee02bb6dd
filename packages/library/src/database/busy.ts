import { LibraryError } from '../errors.ts';

/** Why work that only one may do at a time is refused. */
export function busyWith(name: string, place: string): LibraryError {
  return new LibraryError(
    'denied',
    `${name} is under way in ${place} already: wait until it has ended, or end it where it was started`,
  );
}
