import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { PcmDecoder, PcmEncoder } from './pcm.ts';
import { quantiseTwin, readSampleTwin } from './pcm.twin.ts';

const frames = 44_100;
const block = new SampleBlock(new Kernels(), 2, frames);
const decoder = new PcmDecoder(block, 's16le');
const encoder = new PcmEncoder(block, 's24le');
const bytes = Uint8Array.from({ length: frames * 4 }, (_, i) => (i * 31) & 0xff);
const view = new DataView(bytes.buffer);
const plain = new Float64Array(frames * 2);
const integers = new Int32Array(frames * 2);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'pcm: 16-bit stereo to planar floats',
    audioSeconds: 1,
    kernel: () => decoder.decode(bytes),
    twin: () => {
      for (let i = 0; i < plain.length; i++) plain[i] = readSampleTwin(view, i * 2, 's16le');
    },
  },
  {
    name: 'pcm: planar floats to 24-bit stereo, as for the audio hash',
    audioSeconds: 1,
    kernel: () => encoder.encode(),
    twin: () => {
      for (let i = 0; i < plain.length; i++) integers[i] = quantiseTwin(plain[i]!, 24);
    },
  },
];
