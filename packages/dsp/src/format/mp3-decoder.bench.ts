import type { KernelBenchmark } from '../benchmark.ts';
import { Kernels } from '../kernels.ts';
import { mp3Fixture } from '../testing/mp3-fixture.ts';
import { Mp3Decoder } from './mp3-decoder.ts';
import { Mp3DecoderTwin } from './mp3-decoder.twin.ts';

const frames = mp3Fixture('stereo-128.mp3');
const decoder = new Mp3Decoder(new Kernels());
const twin = new Mp3DecoderTwin();

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'MP3 decoder, 128 kbit/s',
    audioSeconds: (frames.length * 1152) / 44_100,
    kernel: () => {
      for (const frame of frames) decoder.decode(frame, 1152);
    },
    twin: () => {
      for (const frame of frames) twin.decode(frame);
    },
  },
];
