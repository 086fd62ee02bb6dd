import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '../../apps/cli/src/main.ts');
const NAME = 'mix.wav';
const JOURNAL = `.${NAME}.tutti-journal`;
const LOOK_MILLISECONDS = 5;

export interface KillOptions {
  /** What `tutti mix` is given, without the output. */
  readonly args: readonly string[];
  /** Empty; it is written into. */
  readonly folder: string;
  readonly kills: number;
  /** Told of each run that was killed. */
  readonly onKill?: (kill: { readonly milliseconds: number; readonly keptFrames: number }) => void;
}

function start(args: readonly string[], folder: string, complaints: 'inherit' | 'ignore' = 'inherit'): ChildProcess {
  return spawn(
    process.execPath,
    ['--conditions=@tutti/source', MAIN, 'mix', ...args, '-o', join(folder, NAME), '--quiet'],
    { stdio: ['ignore', 'ignore', complaints] },
  );
}

/** Runs to the end. @throws Error when the command does not come through */
async function runThrough(args: readonly string[], folder: string): Promise<number> {
  const from = performance.now();
  const [code] = await once(start(args, folder), 'exit');
  if (code !== 0) throw new Error(`tutti mix ended with ${code}`);
  return performance.now() - from;
}

/** Stereo frames that a journal holds, about. */
function keptFrames(folder: string): number {
  const path = join(folder, JOURNAL);
  return existsSync(path) ? Math.floor(statSync(path).size / 8) : 0;
}

/**
 * Kills `tutti mix` (SIGKILL) at random moments and starts it again, until it was killed so often; then lets it come through.
 * Half of the moments are drawn over the time of a run, so that each of its stages is met, half over the frames of the mix.
 * Drawn anew each time: over time every moment is met.
 * @returns what is wrong with what came out: other bytes than an undisturbed run's, or something left beside them
 */
export async function killMix({ args, folder, kills, onKill }: KillOptions): Promise<string[]> {
  const [whole, killed] = [join(folder, 'whole'), join(folder, 'killed')];
  mkdirSync(whole);
  mkdirSync(killed);
  const milliseconds = await runThrough(args, whole);
  const frames = statSync(join(whole, NAME)).size / 6;
  const wrong = new Set<string>();
  for (let done = 0; done < kills; ) {
    const byTime = Math.random() < 0.5;
    const most = byTime ? Math.random() * milliseconds : Number.POSITIVE_INFINITY;
    const mostFrames = byTime ? Number.POSITIVE_INFINITY : Math.random() * frames;
    const from = performance.now();
    const child = start(args, killed);
    const ended = once(child, 'exit');
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    while (!isOver && performance.now() - from < most && keptFrames(killed) < mostFrames)
      await sleep(LOOK_MILLISECONDS);
    child.kill('SIGKILL');
    const [code] = await ended;
    if (code === null) {
      done += 1;
      onKill?.({ milliseconds: Math.round(performance.now() - from), keptFrames: keptFrames(killed) });
      if (!existsSync(join(killed, NAME))) continue;
      // It had its name already, so it has to be whole: the next run refuses to replace it and tidies up.
      const [refused] = await once(start(args, killed, 'ignore'), 'exit');
      if (refused === 0) wrong.add('a mix that was there was replaced');
    } else if (code !== 0) wrong.add(`a run ended with ${code}`);
    // It came to its end first: one mix more to look at.
    for (const fault of faultsOf(killed, whole)) wrong.add(fault);
    rmSync(killed, { recursive: true });
    mkdirSync(killed);
  }
  await runThrough(args, killed);
  for (const fault of faultsOf(killed, whole)) wrong.add(fault);
  return [...wrong];
}

function faultsOf(killed: string, whole: string): string[] {
  const expected = readdirSync(whole).sort();
  const found = readdirSync(killed).sort();
  const other = expected.filter(
    (name) => !found.includes(name) || !readFileSync(join(whole, name)).equals(readFileSync(join(killed, name))),
  );
  return [
    ...other.map((name) => `${name} is not the same`),
    ...found.filter((name) => !expected.includes(name)).map((name) => `${basename(name)} was left`),
  ];
}
