import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { loadBenchmarks } from './load-benchmarks.ts';
import { RelativeSpeed } from './timing.ts';

/** Speeds by name, in units of the reference loop. */
export type Speeds = Readonly<Record<string, number>>;

/** What is this much slower than in the baseline fails. Below two, so that a twofold slowdown is seen through noise. */
export const LIMIT = 1.75;
const ROUNDS = 7;
/** What seems slow is measured again, longer, before it is called so. */
const SECOND_LOOKS = [15, 40, 80, 160] as const;
const LEISURELY_LOOKS = 8;

const BASELINE = join(import.meta.dirname, 'baseline.json');
const baselineSchema = z.strictObject({
  /** Ratios of SIMD kernels to a plain loop differ between processors. */
  processor: z.string(),
  speeds: z.record(z.string(), z.number().positive()),
});

export interface Slowdown {
  readonly name: string;
  /** How many times slower than in the baseline. */
  readonly factor: number;
}

/** What is slower than in the baseline by more than the limit, the slowest first. */
export function slowdowns(measured: Speeds, baseline: Speeds): Slowdown[] {
  return Object.entries(measured)
    .flatMap(([name, speed]) => {
      const expected = baseline[name];
      return expected === undefined ? [] : [{ name, factor: expected / speed }];
    })
    .filter(({ factor }) => factor > LIMIT)
    .sort((a, b) => b.factor - a.factor);
}

function thisProcessor(): string {
  return `${process.arch}, ${cpus()[0]?.model.trim() ?? 'unknown'}`;
}

/** Everything whose speed is watched: kernels, and stages of works. A whole work is too long to be timed undisturbed. */
async function watched(): Promise<Map<string, RelativeSpeed>> {
  const { kernels, works } = await loadBenchmarks();
  const calls = new Map(kernels.map(({ name, kernel }) => [name, kernel]));
  for (const { name, stages } of works) {
    for (const stage of stages) calls.set(`${name}: ${stage.name}`, stage.run);
  }
  return new Map([...calls].map(([name, call]) => [name, new RelativeSpeed(call)]));
}

function speedsOf(measured: ReadonlyMap<string, RelativeSpeed>): Speeds {
  return Object.fromEntries([...measured].map(([name, speed]) => [name, speed.value()]));
}

/**
 * Measures everything in units of a plain loop run in the same process and compares with the stored ratios.
 * @returns whether nothing has become slower; sentences about what has are printed
 */
export async function checkSpeed(): Promise<boolean> {
  const { processor, speeds: baseline } = baselineSchema.parse(JSON.parse(readFileSync(BASELINE, 'utf8')));
  if (processor !== thisProcessor()) {
    console.log(`not checked: the baseline is of ${processor}, this is ${thisProcessor()}`);
    return true;
  }
  const measured = await watched();
  for (const speed of measured.values()) speed.look(ROUNDS);
  let slow = slowdowns(speedsOf(measured), baseline);
  for (const rounds of SECOND_LOOKS) {
    for (const { name } of slow) measured.get(name)!.look(rounds);
    slow = slowdowns(speedsOf(measured), baseline);
  }
  const known = [...measured].filter(([name]) => baseline[name] !== undefined);
  const ratios = known
    .map(([name, speed]) => ({ name, ratio: speed.value() / baseline[name]! }))
    .sort((a, b) => a.ratio - b.ratio);
  const text = (at: number) => `${ratios.at(at)?.ratio.toFixed(2)} (${ratios.at(at)?.name})`;
  console.log(`speed of ${known.length} kernels and stages, of the baseline's: ${text(0)} to ${text(-1)}`);
  const fresh = [...measured.keys()].filter((name) => baseline[name] === undefined);
  if (fresh.length > 0) console.log(`not watched before \`npm run bench -- --write-baseline\`: ${fresh.join(', ')}`);
  for (const { name, factor } of slow) {
    console.log(
      `SLOWER: ${name} takes ${factor.toFixed(2)} times as long as in the baseline, beside a plain loop in the same run. If that is meant: npm run bench -- --write-baseline`,
    );
  }
  return slow.length === 0;
}

/**
 * Measures everything at leisure and stores it as what later runs are compared with. The loop counts by its shortest time
 * in the whole run: a disturbance can make a stored speed too low, and so the check too mild, but never too high.
 */
export async function writeBaseline(): Promise<void> {
  const measured = await watched();
  for (let look = 0; look < LEISURELY_LOOKS; look++) {
    for (const speed of measured.values()) speed.look(ROUNDS);
  }
  const pass = Math.min(...[...measured.values()].map(({ passMilliseconds }) => passMilliseconds));
  const speeds = Object.fromEntries(
    [...measured].map(([name, speed]) => [name, Number(speed.value(pass).toPrecision(4))]),
  );
  writeFileSync(BASELINE, `${JSON.stringify({ processor: thisProcessor(), speeds }, null, 2)}\n`);
  console.log(`${measured.size} speeds written to ${BASELINE}`);
}
