// Runs every kernel beside its twin, in turn, and prints real-time factors (seconds of audio per second of one core)
// and the ratio of the medians: `npm run bench -- [NAME PART] [--json]`. Ratios hold on a noisy machine; times do not.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { KernelBenchmark } from '@tutti/dsp';

const ROUNDS = 9;
const ROUND_SECONDS = 0.05;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });

/** Seconds that one call takes, measured over enough calls to fill a round. */
function secondsPerCall(call: () => void): number {
  let calls = 0;
  const start = performance.now();
  let elapsed = 0;
  do {
    call();
    calls += 1;
    elapsed = (performance.now() - start) / 1000;
  } while (elapsed < ROUND_SECONDS);
  return elapsed / calls;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

function measure({ name, audioSeconds, kernel, twin }: KernelBenchmark) {
  const kernelTimes: number[] = [];
  const twinTimes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    kernelTimes.push(secondsPerCall(kernel));
    twinTimes.push(secondsPerCall(twin));
  }
  const kernelSeconds = median(kernelTimes);
  const twinSeconds = median(twinTimes);
  return {
    name,
    kernelRtf: audioSeconds / kernelSeconds,
    twinRtf: audioSeconds / twinSeconds,
    kernelNanoseconds: kernelSeconds * 1e9,
    ratio: twinSeconds / kernelSeconds,
  };
}

const root = join(import.meta.dirname, '..');
if (!values.json)
  console.log(`${'kernel'.padEnd(44)} ${'RTF'.padStart(9)} ${'twin RTF'.padStart(9)} ${'ratio'.padStart(6)}`);
for (const file of globSync('packages/*/src/**/*.bench.ts', { cwd: root }).sort()) {
  const { benchmarks } = (await import(join(root, file))) as { benchmarks: KernelBenchmark[] };
  for (const benchmark of benchmarks) {
    if (positionals.length > 0 && !positionals.some((part) => benchmark.name.includes(part))) continue;
    const figures = measure(benchmark);
    if (values.json) console.log(JSON.stringify(figures));
    else {
      const columns = [figures.kernelRtf.toFixed(0).padStart(9), figures.twinRtf.toFixed(0).padStart(9)];
      console.log(`${figures.name.padEnd(44)} ${columns.join(' ')} ${figures.ratio.toFixed(1).padStart(6)}`);
    }
  }
}
