import { type FSWatcher, statSync, watch } from 'node:fs';
import { join, sep } from 'node:path';
import type { AudioPath } from '@tutti/media';

/** Folders that are looked after. */
export interface FolderWatch {
  /** Looks whether folders came, went or were exchanged for others. @returns whether any did */
  look(): boolean;
  close(): void;
}

interface Watched {
  readonly path: AudioPath;
  watcher: FSWatcher | undefined;
  /** Which folder it is; null while there is none. */
  identity: string | null;
}

/**
 * Watches folders and all below them, as far as the system tells; who needs the truth walks. What is hidden, and what lies below
 * `ignored`, is no change. A folder whose changes the system does not tell, because it knows no way or has no watches left, is
 * only looked at.
 */
export function watchFolders(
  paths: readonly AudioPath[],
  ignored: readonly string[],
  onChange: () => void,
): FolderWatch {
  const folders: Watched[] = paths.map((path) => ({ path, watcher: undefined, identity: null }));
  const start = (folder: Watched) => {
    folder.watcher?.close();
    folder.identity = identityOf(folder.path);
    folder.watcher = folder.identity === null ? undefined : watcherOf(folder.path, ignored, onChange);
    folder.watcher?.on('error', () => {
      folder.watcher?.close();
      folder.watcher = undefined;
    });
  };
  for (const folder of folders) start(folder);
  return {
    look() {
      const other = folders.filter(({ path, identity }) => identityOf(path) !== identity);
      for (const folder of other) start(folder);
      return other.length > 0;
    },
    close() {
      for (const { watcher } of folders) watcher?.close();
    },
  };
}

function identityOf(path: AudioPath): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return null;
  }
}

function watcherOf(path: AudioPath, ignored: readonly string[], onChange: () => void): FSWatcher | undefined {
  // Below a name that is no UTF-8 the system's events cannot be told from others.
  if (typeof path !== 'string') return undefined;
  try {
    return watch(path, { recursive: true, persistent: false }, (_, name) => {
      if (name === null || matters(path, name, ignored)) onChange();
    });
  } catch {
    return undefined;
  }
}

function matters(folder: string, name: string, ignored: readonly string[]): boolean {
  if (name.split(sep).some((part) => part.startsWith('.'))) return false;
  const path = join(folder, name);
  return !ignored.some((other) => path === other || path.startsWith(other + sep));
}
