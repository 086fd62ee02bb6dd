import { createHash } from 'node:crypto';
import { PcmEncoder, SampleBlock } from '@tutti/dsp';
import { lendKernels } from '../kernel-pool.ts';
import { BLOCK_FRAMES } from '../limits.ts';

/** Part of what is hashed: another way of hashing gets another number. */
const VERSION = 'tutti.audio-hash/1';

export interface AudioHasher {
  /** Adds `frames` frames of planar samples. */
  update(channels: readonly Float32Array[], frames: number): void;
  /** The hash, 64 hexadecimal digits. Ends the hasher. */
  digest(): string;
}

/**
 * The identity of a sound: equal for the same decoded samples, whatever file, container or tags they come in.
 *
 * SHA-256 over the ASCII text `tutti.audio-hash/1 <sample rate> <channels>\n`, then every frame from the first real
 * sample on, its channels in WAV order, each sample as a 24-bit little-endian integer: value times 2^23, rounded half
 * to even, clamped to [-2^23, 2^23 - 1]. Twenty-four bits hold 16- and 24-bit sources exactly and absorb what lies
 * below: floats that differ by less than half a step hash alike, as far as rounding goes. Lossy files decode to the
 * same samples with the same decoder, so their hash holds while the decoder's version does.
 */
export function createAudioHasher(sampleRate: number, channels: number): AudioHasher {
  const { kernels, giveBack } = lendKernels();
  const block = new SampleBlock(kernels, channels, BLOCK_FRAMES);
  const encoder = new PcmEncoder(block, 's24le');
  const hash = createHash('sha256').update(`${VERSION} ${sampleRate} ${channels}\n`);
  return {
    update(samples, frames) {
      for (let done = 0; done < frames; done += block.frames) {
        block.write(samples, done, Math.min(BLOCK_FRAMES, frames - done));
        hash.update(encoder.encode());
      }
    },
    digest() {
      giveBack();
      return hash.digest('hex');
    },
  };
}
