// Names of files that are being written, and what becomes of them when their process is killed: it cannot remove them
// itself, so the next one that writes into the folder does.
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

let count = 0;
const looked = new Set<string>();

/** The first of `sources` that gives something: on other systems than Linux some do not exist. */
function firstOf(...sources: (() => string)[]): string {
  for (const source of sources) {
    try {
      return source();
    } catch {
      // Not on this system.
    }
  }
  return '';
}

/**
 * Stands for all processes whose numbers mean the same: one machine since it was started, one namespace of processes.
 * A folder may be seen by several machines and containers, where the same number is another process or none.
 */
const place = createHash('sha256')
  .update(firstOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'), hostname))
  .update(firstOf(() => readlinkSync('/proc/self/ns/pid')))
  .digest('hex')
  .slice(0, 12);

/** A new name in the folder for a file that is not whole yet. */
export function newPartPath(folder: string): string {
  count += 1;
  return join(folder, `.tutti-${place}-${process.pid}-${threadId}-${count}.part`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is told by EPERM.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * Removes what killed processes left in the folder, once a folder: only files that `newPartPath` named, in this place,
 * by a process that is gone. What another machine left, or this one before it was last started, stays.
 */
export async function removeStaleParts(folder: string): Promise<void> {
  if (looked.has(folder)) return;
  looked.add(folder);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, where, pid] = /^\.tutti-([0-9a-f]{12})-(\d+)-\d+-\d+\.part$/.exec(name) ?? [];
    if (where !== place || isAlive(Number(pid))) continue;
    // Best effort: it may be gone already, or the folder not ours to tidy.
    await unlink(join(folder, name)).catch(() => {});
  }
}
