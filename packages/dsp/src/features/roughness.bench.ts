import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { roughnessCurve } from './roughness.ts';
import { frameRoughnessTwin } from './roughness.twin.ts';

/** A minute of pitch frames, of which every fourth is looked at. */
const kernels = new Kernels();
const options = { bins: 216, lowestHz: 55, binsPerOctave: 36, framesApart: 4, mostPeaks: 12, quietest: 0.01 };
const frames = noise(750 * options.bins).map((value) => Math.abs(value) ** 4);
const step = options.framesApart * options.bins;

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'roughness of partials',
    audioSeconds: 60,
    kernel: () => {
      roughnessCurve(kernels, frames, options);
    },
    twin: () => {
      for (let at = 0; at < frames.length; at += step)
        frameRoughnessTwin(frames.subarray(at, at + options.bins), options);
    },
  },
];
