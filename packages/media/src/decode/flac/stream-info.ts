import type { FlacStreamInfo } from '@tutti/dsp';
import { MediaError } from '../../errors.ts';
import { checkStreamFigures } from '../../stream-figures.ts';

export const STREAM_INFO_BYTES = 34;

export interface ParsedStreamInfo extends FlacStreamInfo {
  /** Frames of the whole stream; 0 when unknown. */
  readonly totalFrames: number;
}

/** Parses the body of a STREAMINFO block (RFC 9639, section 8.2). */
export function parseStreamInfo(bytes: Buffer, name: string): ParsedStreamInfo {
  if (bytes.length < STREAM_INFO_BYTES) {
    throw new MediaError('corrupt', `${name}: a FLAC file cut off in its header`, { path: name });
  }
  const minimumBlock = bytes.readUInt16BE(0);
  const maximumBlock = bytes.readUInt16BE(2);
  const packed = bytes.readBigUInt64BE(10);
  const sampleRate = Number(packed >> 44n);
  const channels = Number((packed >> 41n) & 7n) + 1;
  const bitsPerSample = Number((packed >> 36n) & 31n) + 1;
  checkStreamFigures(name, sampleRate, channels);
  if (maximumBlock < 16 || minimumBlock > maximumBlock || bitsPerSample < 4) {
    throw new MediaError(
      'corrupt',
      `${name}: its FLAC header is damaged (blocks of ${minimumBlock} to ${maximumBlock} frames, ${bitsPerSample} bits)`,
      { path: name },
    );
  }
  return {
    minimumBlock,
    maximumBlock,
    sampleRate,
    channels,
    bitsPerSample,
    totalFrames: Number(packed & 0xfffffffffn),
  };
}
