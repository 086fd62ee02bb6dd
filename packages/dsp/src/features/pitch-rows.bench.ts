import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { FilterBank } from '../transform/filter-bank.ts';
import { meanRows, standingOut } from './pitch-rows.ts';
import { meanRowsTwin, standOutTwin } from './pitch-rows.twin.ts';
import { semitoneLevelSums } from './semitone-levels.ts';
import { semitoneLevelSumsTwin } from './semitone-levels.twin.ts';
import { tuningSums } from './tuning.ts';
import { tuningTwin } from './tuning.twin.ts';

/** A minute of pitch frames, and of blocks of eight of them. */
const kernels = new Kernels();
const BINS = 216;
const ROWS = 750;
const PER_BLOCK = 8;
const AROUND = 18;
const bank = FilterBank.chroma(kernels, {
  ...{ bins: BINS, binsPerOctave: 36, lowestHz: 55, tuningHz: 440 },
  ...{ centreHz: 220, spreadOctaves: 1.25, partials: 6, partialDecay: 0.6 },
});
const frames = noise(ROWS * BINS).map((value) => Math.abs(value) ** 4);
const { means } = meanRows(kernels, frames, BINS, PER_BLOCK);
const tuning = { bins: BINS, binsPerSemitone: 3, lowestBin: 12, prominence: 1.5 };

function eachBlock(visit: (row: Float32Array) => void): void {
  for (let at = 0; at < means.length; at += BINS) visit(means.subarray(at, at + BINS));
}

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'blocks of pitch frames',
    audioSeconds: 60,
    kernel: () => {
      meanRows(kernels, frames, BINS, PER_BLOCK);
    },
    twin: () => {
      meanRowsTwin(frames, BINS, PER_BLOCK);
    },
  },
  {
    name: 'pitch classes that stand out',
    audioSeconds: 60,
    kernel: () => {
      standingOut(kernels, bank, means, { gain: 30, around: AROUND });
    },
    twin: () => eachBlock((row) => standOutTwin(row, 30, AROUND)),
  },
  {
    name: 'running sums of semitones',
    audioSeconds: 60,
    kernel: () => {
      semitoneLevelSums(kernels, frames, BINS, 10);
    },
    twin: () => {
      semitoneLevelSumsTwin(frames, BINS, 10);
    },
  },
  {
    name: 'tuning of blocks',
    audioSeconds: 60,
    kernel: () => {
      tuningSums(kernels, means, tuning);
    },
    twin: () => eachBlock((row) => tuningTwin(row, tuning)),
  },
];
