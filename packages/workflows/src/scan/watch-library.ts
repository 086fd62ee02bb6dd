import type { ScanReport } from '@tutti/contract';
import { type Database, LibraryError, listRoots } from '@tutti/library';
import { pathOf } from '@tutti/media';
import { userFolder } from '../user-folder.ts';
import { type ScanOptions, scanLibrary } from './scan-library.ts';
import { type FolderWatch, watchFolders } from './watch-folders.ts';

export interface WatchOptions extends Omit<ScanOptions, 'signal'> {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Told what each scan found, the first one too. */
  readonly onScan?: ((report: ScanReport) => void) | undefined;
  /** Told when a scan could not be made, because another one is under way; it is tried again. */
  readonly onBusy?: ((message: string) => void) | undefined;
  readonly times?: Partial<WatchTimes> | undefined;
}

/** Milliseconds. */
export interface WatchTimes {
  /** Nothing may have changed for so long before files are read: what is being written is let finish. */
  readonly settle: number;
  /** So long after the first change files are read although others go on changing. */
  readonly longest: number;
  /** Between two looks whether folders went away or came back. */
  readonly look: number;
  /** Between two walks although nothing was noticed: systems do not tell everything. */
  readonly walk: number;
}

const USUAL_TIMES: WatchTimes = { settle: 3000, longest: 60_000, look: 10_000, walk: 15 * 60_000 };

/**
 * Keeps the library at what is in its folders: scans, waits until something changed and came to rest, and scans again, one scan
 * after another, until `signal` ends it. That a scan is cut short by that loses nothing: the next one goes on.
 * @returns when `signal` is aborted
 * @throws as `scanLibrary`, but for a scan that is under way elsewhere
 */
export async function watchLibrary(library: Database, options: WatchOptions): Promise<void> {
  const { signal, onScan, onBusy, times: given, ...scanOptions } = options;
  const times = { ...USUAL_TIMES, ...given };
  const changes = new Changes();
  let folders: FolderWatch | undefined;
  let watched = '';
  try {
    while (!signal.aborted) {
      const paths = (await listRoots(library)).map(({ path }) => path);
      const list = paths.map((path) => path.toString('hex')).join(' ');
      if (folders === undefined || list !== watched) {
        folders?.close();
        folders = watchFolders(paths.map(pathOf), [userFolder()], () => changes.note());
        watched = list;
      }
      // Before the scan: what changes while it walks is a reason for the next one.
      changes.forget();
      const done = await scanOnce(library, { ...scanOptions, signal }, onBusy);
      if (done) onScan?.(done);
      if (done) await rest(folders, changes, times, signal);
      else await pause(times.look, signal);
    }
  } finally {
    folders?.close();
  }
}

/** @returns undefined when it was ended, or another one is under way */
async function scanOnce(
  library: Database,
  options: ScanOptions & { readonly signal: AbortSignal },
  onBusy: WatchOptions['onBusy'],
): Promise<ScanReport | undefined> {
  try {
    return await scanLibrary(library, options);
  } catch (error) {
    if (options.signal.aborted) return undefined;
    if (!(error instanceof LibraryError && error.kind === 'denied')) throw error;
    onBusy?.(error.message);
    return undefined;
  }
}

/** Waits until there is a reason to scan. */
async function rest(folders: FolderWatch, changes: Changes, times: WatchTimes, signal: AbortSignal): Promise<void> {
  const walk = performance.now() + times.walk;
  let look = performance.now() + times.look;
  while (!signal.aborted) {
    const now = performance.now();
    const due = Math.min(walk, changes.due(times));
    if (now >= due) return;
    if (now >= look) {
      if (folders.look()) return;
      look = now + times.look;
    }
    await Promise.race([pause(Math.min(due, look) - now, signal), changes.next()]);
  }
}

/** What was noticed since the last scan began. */
class Changes {
  #first = Infinity;
  #last = Infinity;
  #wake = () => {};

  note(): void {
    this.#last = performance.now();
    // One that comes while others settle moves the moment; there is nobody to be woken.
    if (this.#first !== Infinity) return;
    this.#first = this.#last;
    this.#wake();
  }

  forget(): void {
    this.#first = Infinity;
    this.#last = Infinity;
  }

  /** When there is a reason to scan. */
  due({ settle, longest }: WatchTimes): number {
    return Math.min(this.#last + settle, this.#first + longest);
  }

  /** Until the first change after a time without. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** Ends early when the signal is aborted. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}
