// Questions asked in turn, and how long the answers took.
import { loadavg } from 'node:os';

/** Asks something; `round` counts from 0. */
export type Question = (round: number) => Promise<unknown>;

/** Rounds that are not counted: caches are warm after them. */
const WARMING = 2;

function share(sorted: readonly number[], of: number): string {
  return sorted[Math.min(sorted.length - 1, Math.floor(of * sorted.length))]!.toFixed(1).padStart(7);
}

export async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s, load ${loadavg()[0]!.toFixed(1)}`);
  return result;
}

/**
 * Asks all of them in each round, and prints of each the median, p95 and p99 by the clock and the mean of the processors' time, in
 * milliseconds: the last of these is told on a machine that others use as well.
 */
export async function timeQuestions(
  questions: readonly (readonly [string, Question])[],
  rounds: number,
): Promise<void> {
  console.log(`${'question'.padEnd(36)}    p50     p95     p99   (ms)   processors`);
  const times = questions.map((): number[] => []);
  const used = questions.map(() => 0);
  for (let round = 0; round < rounds + WARMING; round++) {
    for (const [i, [, ask]] of questions.entries()) {
      const [started, before] = [performance.now(), process.cpuUsage()];
      await ask(round);
      if (round < WARMING) continue;
      times[i]!.push(performance.now() - started);
      const { user, system } = process.cpuUsage(before);
      used[i]! += (user + system) / 1000;
    }
  }
  const print = (name: string, values: readonly number[], processors: number) => {
    const sorted = values.toSorted((a, b) => a - b);
    console.log(
      `${name.padEnd(36)}${share(sorted, 0.5)} ${share(sorted, 0.95)} ${share(sorted, 0.99)}        ${share([processors / values.length], 0)}`,
    );
  };
  for (const [i, [name]] of questions.entries()) print(name, times[i]!, used[i]!);
  print(
    'all of them',
    times.flat(),
    used.reduce((sum, each) => sum + each, 0),
  );
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(`memory of this process ${memory} MiB, load ${loadavg()[0]!.toFixed(1)}`);
}
