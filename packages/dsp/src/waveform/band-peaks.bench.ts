import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { BandPeaks } from './band-peaks.ts';
import { bandPeaksTwin } from './band-peaks.twin.ts';

const seconds = 5;
const frames = seconds * 44_100;
const kernels = new Kernels();
const channels = [songLike(frames, 44_100, 1), songLike(frames, 44_100, 2)];
const block = new SampleBlock(kernels, 2, frames);
block.write(channels, 0, frames);
const meter = new BandPeaks(kernels, { sampleRate: 44_100, channels: 2 });

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'waveform peaks in three bands',
    audioSeconds: seconds,
    kernel: () => {
      meter.process(block);
      meter.finish();
    },
    twin: () => {
      bandPeaksTwin(channels, 44_100, 4000);
    },
  },
];
