import { type Clip, clipFrames } from '@tutti/dsp';
import { createAudioWriter, decodeFile } from '@tutti/media';
import { type Signal, signalFrames } from '../../mastering/signal.ts';

/** A part of a clip as this room measures it. */
export function signalOf({ channels, sampleRate }: Clip, from = 0, to = channels[0]?.length ?? 0): Signal {
  return { sampleRate, channels: channels.map((samples) => Float64Array.from(samples.subarray(from, to))) };
}

/** Writes a WAV file of 24-bit integers, which every program reads. */
export async function writeSound(path: string, signal: Signal): Promise<void> {
  const { sampleRate } = signal;
  const clip = { sampleRate, channels: signal.channels.map((samples) => Float32Array.from(samples)) };
  await writeClip(path, clip);
}

export async function writeClip(path: string, { sampleRate, channels }: Clip): Promise<void> {
  const writer = await createAudioWriter(path, {
    sampleRate,
    channels: channels.length,
    sampleFormat: 'int24',
    force: true,
  });
  await writer.write(channels, clipFrames({ sampleRate, channels }));
  await writer.finish();
}

/** Reads a sound file; silence is added or the end cut so that it has `frames`. */
export async function readSound(path: string, frames: number): Promise<Signal> {
  const signal = signalOf((await decodeFile(path)).clip);
  if (signalFrames(signal) === frames) return signal;
  const channels = signal.channels.map((samples) => {
    const kept = new Float64Array(frames);
    kept.set(samples.subarray(0, frames));
    return kept;
  });
  return { sampleRate: signal.sampleRate, channels };
}
