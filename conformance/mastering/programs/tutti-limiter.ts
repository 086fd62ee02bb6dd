import { Kernels, type LimiterOptions, SampleBlock, TruePeakLimiter } from '@tutti/dsp';
import { amplitudeOf, type Signal, signalFrames } from '../signal.ts';
import { readWave, writeWave } from '../wave-file.ts';
import type { Program } from './program.ts';
import { reachLoudness } from './reach-loudness.ts';

const BLOCK_FRAMES = 8192;

/** A signal times a gain through the limiter, latency taken off. */
export function limitSignal(
  { sampleRate, channels }: Signal,
  gainDb: number,
  options: Omit<LimiterOptions, 'sampleRate' | 'channels'>,
): Signal {
  const kernels = new Kernels();
  const limiter = new TruePeakLimiter(kernels, { sampleRate, channels: channels.length, ...options });
  const block = new SampleBlock(kernels, channels.length, BLOCK_FRAMES);
  const frames = signalFrames({ sampleRate, channels });
  const late = limiter.latencyFrames;
  const gain = amplitudeOf(gainDb);
  const fed = channels.map((samples) => {
    const line = new Float32Array(frames + late);
    for (let i = 0; i < frames; i++) line[i] = gain * samples[i]!;
    return line;
  });
  for (let at = 0; at < frames + late; at += BLOCK_FRAMES) {
    block.write(fed, at, Math.min(BLOCK_FRAMES, frames + late - at));
    limiter.process(block);
    block.read(fed, at);
  }
  return { sampleRate, channels: fed.map((samples) => Float64Array.from(samples.subarray(late))) };
}

/** The limiter of `@tutti/dsp` behind nothing but a gain. */
export const tuttiLimiter: Program = {
  name: 'tutti limiter',
  about: 'a gain and TruePeakLimiter as it stands without options',
  async master(order) {
    const input = await readWave(order.inputPath);
    await reachLoudness(order, (gainDb) =>
      writeWave(order.outputPath, limitSignal(input, gainDb, { ceilingDb: order.ceilingDb })),
    );
    return null;
  },
};
