import type { KernelBenchmark } from '../benchmark.ts';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { songLike } from '../testing/signals.ts';
import { FlacDecoder } from './flac-decoder.ts';
import { flacFrameTwin } from './flac-decoder.twin.ts';
import { FlacEncoder } from './flac-encoder.ts';
import { encodeFlacTwin } from './flac-encoder.twin.ts';
import { quantiseTwin } from './pcm.twin.ts';

const FRAMES = 4096;
const BITS = 16;
const RATE = 44_100;

const block = new SampleBlock(new Kernels(), 2, FRAMES);
const song = [songLike(FRAMES, RATE), songLike(FRAMES, RATE, 2)];
const integers = song.map((channel) => Array.from(channel, (x) => quantiseTwin(x, BITS)));
block.write(song, 0, FRAMES);
const encoder = new FlacEncoder(block, BITS, RATE);
const bytes = encoder.encode().slice();
const decoder = new FlacDecoder(block, {
  ...{ minimumBlock: FRAMES, maximumBlock: FRAMES, sampleRate: RATE, channels: 2, bitsPerSample: BITS },
});
decoder.load(bytes);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'FLAC decoder, 16 bits',
    audioSeconds: FRAMES / RATE,
    kernel: () => decoder.decode(0),
    twin: () => flacFrameTwin(bytes, BITS),
  },
  {
    name: 'FLAC encoder, 16 bits',
    audioSeconds: FRAMES / RATE,
    kernel: () => encoder.encode(),
    twin: () => encodeFlacTwin(integers, BITS, RATE, 0),
  },
];
