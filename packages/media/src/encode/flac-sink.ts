import { createHash } from 'node:crypto';
import { FlacEncoder, PcmEncoder, SampleBlock } from '@tutti/dsp';
import { MediaError } from '../errors.ts';
import type { Sink, SinkContext } from './sink.ts';

/** Frames of every block but the last: what other encoders use at the usual rates. */
const BLOCK_SIZE = 4096;

const VENDOR = 'Tutti';

interface StreamFigures {
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: 16 | 24;
  readonly frames: number;
  /** Bytes of the shortest and the longest frame; 0 when unknown. */
  readonly shortest: number;
  readonly longest: number;
  /** MD5 of the samples; zeros when unknown. */
  readonly md5: Buffer;
}

/** The stream's mark, STREAMINFO and an empty comment block (RFC 9639, section 8). */
export function flacHeader(figures: StreamFigures): Buffer {
  const info = Buffer.alloc(38);
  info.writeUInt32BE(34, 0);
  info.writeUInt16BE(BLOCK_SIZE, 4);
  info.writeUInt16BE(BLOCK_SIZE, 6);
  info.writeUIntBE(figures.shortest, 8, 3);
  info.writeUIntBE(figures.longest, 11, 3);
  const packed =
    (BigInt(figures.sampleRate) << 44n) |
    (BigInt(figures.channels - 1) << 41n) |
    (BigInt(figures.bitsPerSample - 1) << 36n) |
    BigInt(figures.frames);
  info.writeBigUInt64BE(packed, 14);
  figures.md5.copy(info, 22);
  const comment = Buffer.alloc(4 + 4 + VENDOR.length + 4);
  comment.writeUInt32BE(0x84000000 + comment.length - 4, 0);
  comment.writeUInt32LE(VENDOR.length, 4);
  comment.write(VENDOR, 8, 'latin1');
  return Buffer.concat([Buffer.from('fLaC', 'latin1'), info, comment]);
}

/** Writes native FLAC, a block at a time. */
export async function openFlacSink({
  target,
  kernels,
  block,
  sampleRate,
  channels,
  sampleFormat,
  dither,
}: SinkContext): Promise<Sink> {
  if (sampleFormat === 'float32') {
    throw new MediaError('unsupported', `${target.path}: FLAC holds integers; choose int16 or int24, or write WAV`, {
      path: target.path,
    });
  }
  const bitsPerSample = sampleFormat === 'int16' ? 16 : 24;
  const pending = new SampleBlock(kernels, channels, BLOCK_SIZE);
  // Dither is added in the pending block, so that check sum and frames are of the same samples.
  const pcm = new PcmEncoder(pending, bitsPerSample === 16 ? 's16le' : 's24le', dither);
  const encoder = new FlacEncoder(pending, bitsPerSample, sampleRate);
  const md5 = createHash('md5');
  let filled = 0;
  let frames = 0;
  let shortest = 2 ** 24;
  let longest = 0;
  const figures = { sampleRate, channels, bitsPerSample } as const;
  await target.append(flacHeader({ ...figures, frames: 0, shortest: 0, longest: 0, md5: Buffer.alloc(16) }));

  async function writePending(): Promise<void> {
    pending.frames = filled;
    md5.update(pcm.encode());
    const bytes = encoder.encode();
    frames += filled;
    filled = 0;
    shortest = Math.min(shortest, bytes.length);
    longest = Math.max(longest, bytes.length);
    await target.append(bytes);
  }

  return {
    async write() {
      for (let done = 0; done < block.frames; ) {
        const count = Math.min(BLOCK_SIZE - filled, block.frames - done);
        for (let channel = 0; channel < channels; channel++) {
          pending.channel(channel).set(block.channel(channel).subarray(done, done + count), filled);
        }
        filled += count;
        done += count;
        if (filled === BLOCK_SIZE) await writePending();
      }
    },
    async finish() {
      if (filled > 0) await writePending();
      // A block of less than 16 frames may only be the last one; the header's figure stays that of the others.
      const header = { ...figures, frames, shortest: Math.min(shortest, longest), longest, md5: md5.digest() };
      await target.writeAt(0, flacHeader(header));
    },
  };
}
