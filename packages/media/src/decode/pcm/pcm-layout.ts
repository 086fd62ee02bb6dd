import type { PcmEncoding, Speaker } from '@tutti/dsp';

/** Where the samples of an uncompressed file lie, and how they are written. */
export interface PcmLayout {
  readonly container: 'wav' | 'aiff';
  readonly encoding: PcmEncoding;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  /** Where each channel belongs, if the header says so. */
  readonly speakers?: readonly Speaker[] | undefined;
  /** File position of the first sample. */
  readonly start: number;
  /** Bytes of samples that are there. */
  readonly bytes: number;
  /** What was odd about the header. */
  readonly warnings: readonly string[];
}

/** A file that is of this container but holds a codec that is not read here. */
export interface ForeignCodec {
  readonly container: 'wav' | 'aiff';
  /** The codec's name or number, for messages. */
  readonly codec: string;
}

/** Name of the codec for `AudioFormat`. */
export function codecOf(encoding: PcmEncoding): string {
  if (encoding === 'alaw' || encoding === 'mulaw') return encoding;
  return encoding.startsWith('f') ? 'float' : 'pcm';
}

const INTEGERS = {
  le: ['u8', 's16le', 's24le', 's32le'],
  be: ['s8', 's16be', 's24be', 's32be'],
} as const;

/** Integer encoding of a container of 1 to 4 bytes. WAV writes 8 bits unsigned, AIFF signed. */
export function integerEncoding(order: 'le' | 'be', bytes: number): PcmEncoding | undefined {
  return INTEGERS[order][bytes - 1];
}
