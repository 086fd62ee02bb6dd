// How fast things are. `npm run bench -- [NAME PART] [--json]` prints the stages of the analysis, with their share of the
// whole, and each kernel beside its twin; `--check` compares with the stored ratios, `--write-baseline` stores them.
// `--peers [--file SONG] [--peers-dir DIR] [--rounds N] [--json]` runs the packed program beside others that are installed.
// Everything is timed in turn: ratios hold on a noisy machine, times do not.
import { parseArgs } from 'node:util';
import type { KernelBenchmark, StagedWork } from '@tutti/dsp';
import { type Allocation, allocationsApart, measureAllocations } from './bench/allocations.ts';
import { loadBenchmarks } from './bench/load-benchmarks.ts';
import { comparePeers } from './bench/peers/compare-peers.ts';
import { peerTable } from './bench/peers/peer-table.ts';
import { checkSpeed, writeBaseline } from './bench/speed-check.ts';
import { shortestTimes } from './bench/timing.ts';

const ROUNDS = 9;
const ROUND_MILLISECONDS = 50;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    'write-baseline': { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    file: { type: 'string' },
    'peers-dir': { type: 'string' },
    rounds: { type: 'string', default: '5' },
    // Used by the program itself, see allocations.ts.
    allocations: { type: 'boolean', default: false },
  },
});
const isWanted = (name: string) => positionals.length === 0 || positionals.some((part) => name.includes(part));

if (values.check) process.exit((await checkSpeed()) ? 0 : 1);
else if (values['write-baseline']) await writeBaseline();
else if (values.peers) await printPeers();
else if (values.allocations) console.log(JSON.stringify(await measureAllocations()));
else {
  const { kernels, works } = await loadBenchmarks();
  const wantedWorks = works.filter(({ name }) => isWanted(name));
  const allocations = wantedWorks.length > 0 ? allocationsApart() : [];
  for (const work of wantedWorks) printWork(work, allocations);
  printKernels(kernels.filter(({ name }) => isWanted(name)));
}

async function printPeers(): Promise<void> {
  const rounds = Number(values.rounds);
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error(`--rounds ${values.rounds}: a whole number from 1 on`);
  const comparison = await comparePeers({ file: values.file, peersFolder: values['peers-dir'], rounds });
  if (values.json) console.log(JSON.stringify(comparison));
  else for (const line of peerTable(comparison)) console.log(line);
}

/**
 * Stages with their share of all of them, and the whole as one call, which has some glue, a colder cache and, being longer,
 * less of a chance of not being disturbed.
 */
function printWork(
  { name, audioSeconds, kernels, whole, stages }: StagedWork,
  allocations: readonly Allocation[],
): void {
  const [wholeTime, ...times] = shortestTimes([whole, ...stages.map(({ run }) => run)], ROUNDS, ROUND_MILLISECONDS);
  const sum = times.reduce((total, time) => total + time, 0);
  const row = (title: string, milliseconds: number, share: number) => ({
    name: title,
    realTimeFactor: (1000 * audioSeconds) / milliseconds,
    share,
    allocatedBytes: allocations.find((allocation) => allocation.name === title)?.bytes ?? 0,
  });
  const rows = [
    ...stages.map((stage, i) => row(stage.name, times[i]!, times[i]! / sum)),
    row(name, wholeTime!, wholeTime! / sum),
  ];
  const kernelBytes = kernels.wasm.memory.buffer.byteLength;
  if (values.json) {
    for (const each of rows) console.log(JSON.stringify(each));
    console.log(JSON.stringify({ name, kernelBytes }));
    return;
  }
  console.log(`${'stage'.padEnd(44)} ${'RTF'.padStart(9)} ${'share'.padStart(9)} ${'kB/s'.padStart(9)}`);
  for (const each of rows) printStage(each, audioSeconds);
  console.log(`all stages together: ${((1000 * audioSeconds) / sum).toFixed(0)} times real time`);
  console.log(`kernel memory ${(kernelBytes / 2 ** 20).toFixed(1)} MiB; kB/s: heap allocated for a second of audio\n`);
}

function printStage(
  row: { name: string; realTimeFactor: number; share: number; allocatedBytes: number },
  audioSeconds: number,
): void {
  const columns = [
    row.realTimeFactor.toFixed(0),
    `${(100 * row.share).toFixed(1)} %`,
    (row.allocatedBytes / 1000 / audioSeconds).toFixed(1),
  ];
  console.log(`${row.name.padEnd(44)} ${columns.map((text) => text.padStart(9)).join(' ')}`);
}

function printKernels(kernels: readonly KernelBenchmark[]): void {
  if (!values.json && kernels.length > 0) {
    console.log(`${'kernel'.padEnd(44)} ${'RTF'.padStart(9)} ${'twin RTF'.padStart(9)} ${'ratio'.padStart(6)}`);
  }
  for (const { name, audioSeconds, kernel, twin } of kernels) {
    const [kernelTime, twinTime] = shortestTimes([kernel, twin], ROUNDS, ROUND_MILLISECONDS);
    const figures = {
      name,
      kernelRtf: (1000 * audioSeconds) / kernelTime!,
      twinRtf: (1000 * audioSeconds) / twinTime!,
      kernelNanoseconds: kernelTime! * 1e6,
      ratio: twinTime! / kernelTime!,
    };
    if (values.json) console.log(JSON.stringify(figures));
    else {
      const columns = [figures.kernelRtf.toFixed(0).padStart(9), figures.twinRtf.toFixed(0).padStart(9)];
      console.log(`${figures.name.padEnd(44)} ${columns.join(' ')} ${figures.ratio.toFixed(1).padStart(6)}`);
    }
  }
}
