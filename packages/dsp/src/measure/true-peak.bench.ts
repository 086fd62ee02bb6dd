import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { noise, songLike } from '../testing/signals.ts';
import { LevelMeter } from './level.ts';
import { levelTwin } from './level.twin.ts';
import { TruePeakMeter } from './true-peak.ts';
import { truePeakTwin } from './true-peak.twin.ts';

const sampleRate = 44_100;
const seconds = 4;
const frames = seconds * sampleRate;
const kernels = new Kernels();
const meter = new TruePeakMeter(kernels, { sampleRate, channels: 2 });
const levels = new LevelMeter(kernels, { channels: 2 });

function load(channels: Float32Array[]): SampleBlock {
  const block = new SampleBlock(kernels, 2, frames);
  block.write(channels, 0, frames);
  return block;
}

function truePeakBenchmark(name: string, channels: Float32Array[]): KernelBenchmark {
  const block = load(channels);
  const plain = channels.map((samples) => Float64Array.from(samples));
  return {
    name,
    audioSeconds: seconds,
    kernel: () => {
      meter.reset();
      meter.process(block);
      meter.result();
    },
    twin: () => {
      for (const samples of plain) truePeakTwin(samples, sampleRate);
    },
  };
}

const song = [1, 2].map((seed) => songLike(frames, sampleRate, seed));
const songBlock = load(song);

export const benchmarks: KernelBenchmark[] = [
  truePeakBenchmark('true peak of a song', song),
  truePeakBenchmark('true peak of white noise', [noise(frames, 1), noise(frames, 2)]),
  {
    name: 'level: peak, RMS, mean',
    audioSeconds: seconds,
    kernel: () => levels.process(songBlock),
    twin: () => {
      for (const samples of song) levelTwin(samples);
    },
  },
];
