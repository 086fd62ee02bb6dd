import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Clip, clipFrames, type Kernels, Resampler, SampleBlock } from '@tutti/dsp';
import { decodeFile, findFfmpeg } from '@tutti/media';
import type { ChangeName } from './tolerance.ts';

/** A change of a sound, and how much later everything in it is then. */
export interface Change {
  readonly name: ChangeName;
  readonly laterSeconds: number;
  /** @returns null where the change cannot be made: of one channel, or without ffmpeg */
  apply(kernels: Kernels, clip: Clip): Clip | null | Promise<Clip | null>;
}

const LEAD_IN_SECONDS = 1;

function mapped(clip: Clip, change: (sample: number) => number): Clip {
  return { ...clip, channels: clip.channels.map((samples) => samples.map(change)) };
}

/** Silence of any length, or something else that is no sound, before a song. */
export function leadIn({ sampleRate, channels }: Clip, frames: number, sampleAt: () => number = () => 0): Clip {
  return {
    sampleRate,
    channels: channels.map((samples) => {
      const later = new Float32Array(frames + samples.length).map((_, i) => (i < frames ? sampleAt() : 0));
      later.set(samples, frames);
      return later;
    }),
  };
}

/** Triangular dither of 16 bits: the difference of two even random numbers, rounded to steps of 2^-15. */
function dither(): () => number {
  let state = 1;
  const even = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return () => Math.round(even() - even()) / 2 ** 15;
}

function resampled(kernels: Kernels, clip: Clip, toRate: number): Clip {
  const frames = clipFrames(clip);
  const count = clip.channels.length;
  const mark = kernels.mark();
  try {
    const maximumFrames = 65_536;
    const resampler = new Resampler(kernels, { channels: count, fromRate: clip.sampleRate, toRate, maximumFrames });
    const input = new SampleBlock(kernels, count, maximumFrames);
    const output = new SampleBlock(kernels, count, resampler.maximumOutputFrames);
    const channels = clip.channels.map(() => new Float32Array(Math.round((frames * toRate) / clip.sampleRate)));
    let written = 0;
    const take = () => {
      output.read(channels, written);
      written += output.frames;
    };
    for (let at = 0; at < frames; at += maximumFrames) {
      input.write(clip.channels, at, Math.min(maximumFrames, frames - at));
      resampler.process(input, output);
      take();
    }
    resampler.flush(output);
    take();
    return { sampleRate: toRate, channels };
  } finally {
    kernels.release(mark);
  }
}

async function asMp3(clip: Clip): Promise<Clip | null> {
  const program = await findFfmpeg();
  if (program === undefined) return null;
  const folder = await mkdtemp(join(tmpdir(), 'tutti-metamorphic-'));
  try {
    const count = clip.channels.length;
    const interleaved = new Float32Array(clipFrames(clip) * count);
    clip.channels.forEach((samples, channel) => {
      for (let i = 0; i < samples.length; i++) interleaved[i * count + channel] = samples[i]!;
    });
    const [raw, mp3] = [join(folder, 'sound.raw'), join(folder, 'sound.mp3')];
    await writeFile(raw, Buffer.from(interleaved.buffer));
    const input = ['-f', 'f32le', '-ar', `${clip.sampleRate}`, '-ac', `${count}`, '-i', raw];
    await promisify(execFile)(program, ['-v', 'error', '-y', ...input, '-c:a', 'libmp3lame', '-b:a', '128k', mp3]);
    return (await decodeFile(mp3)).clip;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Every change of the table. A gain of +3 dB wants a sound with as much room above it. */
export const CHANGES: readonly Change[] = [
  { name: 'gain of -20 dB', laterSeconds: 0, apply: (_, clip) => mapped(clip, (sample) => 0.1 * sample) },
  { name: 'gain of -6 dB', laterSeconds: 0, apply: (_, clip) => mapped(clip, (sample) => 10 ** (-6 / 20) * sample) },
  { name: 'gain of +3 dB', laterSeconds: 0, apply: (_, clip) => mapped(clip, (sample) => 10 ** (3 / 20) * sample) },
  { name: 'inverted polarity', laterSeconds: 0, apply: (_, clip) => mapped(clip, (sample) => -sample) },
  {
    name: 'a second of silence before',
    laterSeconds: LEAD_IN_SECONDS,
    apply: (_, clip) => leadIn(clip, LEAD_IN_SECONDS * clip.sampleRate),
  },
  {
    name: 'a second of dither before',
    laterSeconds: LEAD_IN_SECONDS,
    apply: (_, clip) => leadIn(clip, LEAD_IN_SECONDS * clip.sampleRate, dither()),
  },
  { name: 'resampled to 48 kHz', laterSeconds: 0, apply: (kernels, clip) => resampled(kernels, clip, 48_000) },
  { name: 'resampled to 22.05 kHz', laterSeconds: 0, apply: (kernels, clip) => resampled(kernels, clip, 22_050) },
  {
    name: 'mono from stereo',
    laterSeconds: 0,
    apply: (_, { sampleRate, channels: [left, right] }) =>
      left && right ? { sampleRate, channels: [left.map((sample, i) => 0.5 * (sample + right[i]!))] } : null,
  },
  {
    name: 'left channel only',
    laterSeconds: 0,
    apply: (_, { sampleRate, channels: [left, right] }) => (left && right ? { sampleRate, channels: [left] } : null),
  },
  { name: 'MP3 at 128 kbit/s', laterSeconds: 0, apply: (_, clip) => asMp3(clip) },
];
