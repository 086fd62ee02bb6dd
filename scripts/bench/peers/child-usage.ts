import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a program used from its start to its end, with the programs that it started and waited for. */
export interface Usage {
  /** Seconds of processor time, user and system. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Largest resident set of one of its processes in MiB; null where GNU time is not installed. */
  readonly peakMebibytes: number | null;
  /** Everything that it printed. */
  readonly output: string;
  /** Its exit status. */
  readonly status: number;
}

const LONGEST_MILLISECONDS = 600_000;
const MOST_OUTPUT_BYTES = 2 ** 26;
/** The shell counts in milliseconds, GNU time in hundredths of a second; only the second knows of memory. */
const SCRIPT = 'TIMEFORMAT="%3U %3S %3R"; time "$@" 2>&1 >&3 3>&-';

/** Where a program of that name is found on PATH; undefined where none is. */
export function programOnPath(name: string): string | undefined {
  const { stdout } = spawnSync('bash', ['-c', 'type -P -- "$1"', 'bash', name], { encoding: 'utf8' });
  return stdout.trim() || undefined;
}

/**
 * Runs a program to its end. A small shell starts it and not this process: what a child has held counts from the fork
 * on, and so would be at least what its parent holds.
 * @param scratch a folder for the time that it runs
 */
export function usageOf(command: readonly string[], scratch: string): Usage {
  const gnuTime = programOnPath('time');
  const memory = join(scratch, 'peak-memory');
  const watched = gnuTime ? [gnuTime, '-q', '-f', '%M', '-o', memory, ...command] : command;
  const done = spawnSync('bash', ['-c', SCRIPT, 'bash', ...watched], {
    ...{ encoding: 'utf8', timeout: LONGEST_MILLISECONDS, maxBuffer: MOST_OUTPUT_BYTES },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  if (done.error) throw done.error;
  const [user, system, wall] = done.stderr.trim().split(/\s+/).map(Number);
  if (wall === undefined || Number.isNaN(user! + system! + wall)) throw new Error(`no times: ${done.stderr}`);
  const kibibytes = gnuTime ? Number(readFileSync(memory, 'utf8')) : null;
  if (gnuTime) rmSync(memory);
  return {
    cpuSeconds: user! + system!,
    wallSeconds: wall,
    peakMebibytes: kibibytes === null ? null : kibibytes / 1024,
    output: `${done.stdout}${done.output[3] ?? ''}`,
    status: done.status ?? 1,
  };
}
