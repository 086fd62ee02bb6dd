import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { KernelBenchmark, StagedWork } from '@tutti/dsp';

interface BenchmarkFile {
  readonly benchmarks?: readonly KernelBenchmark[];
  readonly stagedWork?: StagedWork;
}

const root = join(import.meta.dirname, '../..');

/** Every benchmark of the packages. */
export async function loadBenchmarks(): Promise<{
  readonly kernels: readonly KernelBenchmark[];
  readonly works: readonly StagedWork[];
}> {
  const files: BenchmarkFile[] = [];
  for (const file of globSync('packages/*/src/**/*.bench.ts', { cwd: root }).sort()) {
    files.push((await import(join(root, file))) as BenchmarkFile);
  }
  return {
    kernels: files.flatMap(({ benchmarks = [] }) => benchmarks),
    works: files.flatMap(({ stagedWork }) => stagedWork ?? []),
  };
}
