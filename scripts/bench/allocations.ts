import { spawnSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { loadBenchmarks } from './load-benchmarks.ts';

/**
 * So large a nursery that nothing is collected while something is measured, and no thread that still frees what was
 * collected before.
 */
const NURSERY = ['--min-semi-space-size=512', '--max-semi-space-size=512', '--single-threaded-gc'];
/** The first calls compile and fill caches. */
const WARM_UP = 5;
const LOOKS = 5;

export interface Allocation {
  readonly name: string;
  /** Bytes of objects and of array buffers that one call allocates, whether they live on or not. */
  readonly bytes: number;
}
const allocationsSchema = z.array(z.strictObject({ name: z.string(), bytes: z.number() }));

/** Allocation of each work and stage, measured in a process of its own. */
export function allocationsApart(): Allocation[] {
  const done = spawnSync(process.execPath, [...NURSERY, ...process.execArgv, process.argv[1]!, '--allocations'], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`allocations could not be measured: ${done.stderr}`);
  return allocationsSchema.parse(JSON.parse(done.stdout));
}

/** Measures in this process, which should have been started for it. */
export async function measureAllocations(): Promise<Allocation[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const { works } = await loadBenchmarks();
  const once = (call: () => void) => {
    collect();
    const before = process.memoryUsage();
    call();
    const after = process.memoryUsage();
    return after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers;
  };
  const bytesOf = (call: () => void) => {
    for (let i = 0; i < WARM_UP; i++) call();
    return Array.from({ length: LOOKS }, () => once(call)).sort((a, b) => a - b)[LOOKS >> 1]!;
  };
  return works.flatMap(({ name, whole, stages }) => [
    { name, bytes: bytesOf(whole) },
    ...stages.map((stage) => ({ name: stage.name, bytes: bytesOf(stage.run) })),
  ]);
}
