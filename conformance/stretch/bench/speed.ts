import { spawnSync } from 'node:child_process';
import { medianOf } from '../../accuracy/metrics/bootstrap.ts';
import type { StretchProgram } from '../programs/programs.ts';

export interface Speed {
  readonly program: string;
  /**
   * Median over the rounds: seconds of sound over seconds of processor time, WAV to WAV. What the program takes for one
   * second of sound is taken off: its start, for which some have an interpreter and sources to read.
   */
  readonly realTimeFactor: number;
  /** Median over the rounds of its processor time over that of the first program in the same round. */
  readonly timesFirst: number;
}

/** The shell counts the processor time of what it waits for. */
const SCRIPT = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>&1 3>&-';

function cpuSeconds(command: readonly string[]): number {
  const { stderr, status } = spawnSync('bash', ['-c', SCRIPT, 'bash', ...command], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command[0]} ended with ${status}`);
  const [user, system] = stderr.trim().split(/\s+/).map(Number);
  return user! + system!;
}

/** A file of that many seconds. */
export interface TimedFile {
  readonly path: string;
  readonly seconds: number;
}

/** Every program in turn, round after round, on a file of a second and on a long one. */
export function compareSpeed(
  programs: readonly StretchProgram[],
  short: TimedFile,
  long: TimedFile,
  output: string,
  ratio: number,
  rounds: number,
): Speed[] {
  const times = programs.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, program] of programs.entries()) {
      const start = cpuSeconds(program.command(short.path, output, ratio));
      times[i]!.push(cpuSeconds(program.command(long.path, output, ratio)) - start);
    }
  }
  return programs.map(({ name }, i) => ({
    program: name,
    realTimeFactor: (long.seconds - short.seconds) / medianOf(times[i]!)!,
    timesFirst: medianOf(times[i]!.map((time, round) => time / times[0]![round]!))!,
  }));
}
