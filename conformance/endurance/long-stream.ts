// Listens to a stream of hours that is made as it goes, block by block, and says what the process held each hour:
//   node scripts/run.mjs conformance/endurance/long-stream.ts [--hours 10]
// What may grow is features, about 19 kB a second of sound; the samples may not stay. Ends with 1 when they do.
import { parseArgs } from 'node:util';
import { Kernels, SampleBlock } from '@tutti/dsp';
import { TrackListener } from '@tutti/music/analysis';

const { values } = parseArgs({ options: { hours: { type: 'string', default: '10' } } });
const hours = Number(values.hours);
const SAMPLE_RATE = 44_100;
const BLOCK_FRAMES = 65_536;
const MEGABYTE = 2 ** 20;
/** Rows double as they grow, so twice the features, and copies of single curves while the answer is made. */
const MOST_BYTES_A_SECOND = 4 * 19_000;
const BASE_MEGABYTES = 400;

const kernels = new Kernels();
const listener = new TrackListener(kernels, { sampleRate: SAMPLE_RATE, channels: 2 });
const block = new SampleBlock(kernels, 2, BLOCK_FRAMES);

/** A bar of two seconds: a click on each beat over a chord that changes every second bar, the same for ever. */
const bar = Float32Array.from({ length: 8 * SAMPLE_RATE }, (_, i) => {
  const time = i / SAMPLE_RATE;
  const beat = time % 0.5;
  const root = time < 4 ? 220 : 293.66;
  const chord = [1, 1.26, 1.5].reduce((sum, ratio) => sum + Math.sin(2 * Math.PI * root * ratio * time), 0);
  return 0.4 * Math.exp(-60 * beat) * Math.sin(2 * Math.PI * 1800 * beat) + 0.08 * chord;
});

function rssMegabytes(): number {
  return process.memoryUsage().rss / MEGABYTE;
}

let largest = 0;
const frames = hours * 3600 * SAMPLE_RATE;
const started = rssMegabytes();
console.log(`before the first sample ${started.toFixed(0)} MB`);
for (let at = 0, hour = 1; at < frames; at += block.frames) {
  block.frames = Math.min(BLOCK_FRAMES, frames - at);
  for (let channel = 0; channel < 2; channel++) {
    const samples = block.channel(channel);
    for (let i = 0; i < block.frames; i++) samples[i] = bar[(at + i) % bar.length]!;
  }
  listener.push(block);
  largest = Math.max(largest, rssMegabytes());
  if (at + block.frames < hour * 3600 * SAMPLE_RATE) continue;
  console.log(`after ${hour} h ${rssMegabytes().toFixed(0)} MB`);
  hour += 1;
}
const { tempo, key, loudness, structure } = listener.finish();
largest = Math.max(largest, rssMegabytes());
const allowed = BASE_MEGABYTES + (MOST_BYTES_A_SECOND * hours * 3600) / MEGABYTE;
const samplesMegabytes = (frames * 8) / MEGABYTE;
console.log(
  `${tempo.bpm?.toFixed(2)} BPM, ${tempo.beats.length} beats, ${key.tonic} ${key.mode}, ` +
    `${loudness.integratedLufs?.toFixed(1)} LUFS, ${structure.sections.length} sections`,
);
console.log(
  `largest ${largest.toFixed(0)} MB; ${allowed.toFixed(0)} allowed; the samples alone are ${samplesMegabytes.toFixed(0)} MB`,
);
process.exitCode = largest <= allowed ? 0 : 1;
