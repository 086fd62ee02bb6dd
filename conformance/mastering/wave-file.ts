// Sound files of 32-bit float samples, read and written without the code that is judged.
import { readFile, writeFile } from 'node:fs/promises';
import type { Signal } from './signal.ts';

const HEADER_BYTES = 44;
const FORMAT_FLOAT = 3;

/** Writes a WAV file of 32-bit floats; samples beyond ±1 stay as they are. */
export async function writeWave(path: string, { sampleRate, channels }: Signal): Promise<void> {
  const frames = channels[0]!.length;
  const frameBytes = 4 * channels.length;
  const bytes = Buffer.alloc(HEADER_BYTES + frames * frameBytes);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(FORMAT_FLOAT, 20);
  bytes.writeUInt16LE(channels.length, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * frameBytes, 28);
  bytes.writeUInt16LE(frameBytes, 32);
  bytes.writeUInt16LE(32, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(frames * frameBytes, 40);
  for (const [channel, samples] of channels.entries()) {
    for (let i = 0; i < frames; i++) bytes.writeFloatLE(samples[i]!, HEADER_BYTES + i * frameBytes + 4 * channel);
  }
  await writeFile(path, bytes);
}

/**
 * Reads a WAV file of 32-bit floats, as this room and ffmpeg's pcm_f32le write them.
 * @throws Error when it is something else
 */
export async function readWave(path: string): Promise<Signal> {
  const bytes = await readFile(path);
  let sampleRate = 0;
  let count = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    if (name === 'fmt ') {
      if (bytes.readUInt16LE(at + 8 + 14) !== 32) throw new Error(`${path}: not a WAV file of 32-bit floats`);
      count = bytes.readUInt16LE(at + 10);
      sampleRate = bytes.readUInt32LE(at + 12);
    }
    if (name === 'data') {
      if (count === 0) break;
      const frames = Math.floor(Math.min(length, bytes.length - at - 8) / (4 * count));
      const channels = Array.from({ length: count }, (_, channel) =>
        Float64Array.from({ length: frames }, (_, i) => bytes.readFloatLE(at + 8 + 4 * (i * count + channel))),
      );
      return { sampleRate, channels };
    }
    at += 8 + length + (length & 1);
  }
  throw new Error(`${path}: no samples of a WAV file`);
}
