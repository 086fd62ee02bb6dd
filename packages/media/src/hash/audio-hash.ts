import { createHash } from 'node:crypto';
import { PcmEncoder, type SampleBlock } from '@tutti/dsp';

/** Part of what is hashed: another way of hashing gets another number. */
const VERSION = 'tutti.audio-hash/1';

export interface AudioHasher {
  /** Adds the frames of a block. The first time a block comes, room for its bytes is allocated in its kernels. */
  update(block: SampleBlock): void;
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
  let encoder: PcmEncoder | undefined;
  const hash = createHash('sha256').update(`${VERSION} ${sampleRate} ${channels}\n`);
  return {
    update(block) {
      if (encoder?.block !== block) encoder = new PcmEncoder(block, 's24le');
      hash.update(encoder.encode());
    },
    digest: () => hash.digest('hex'),
  };
}
