import { SPEAKERS, type Speaker } from '@tutti/dsp';

/**
 * Where the channels of a file belong, by its WAVE channel mask: a bit for each loudspeaker, the lowest for the first
 * channel; bits for which there is no channel are left over.
 * @returns undefined when the mask leaves a channel without a place
 * Source: Microsoft, "Multiple channel audio data and WAVE files" (2007).
 */
export function speakersOfMask(mask: number, channels: number): readonly Speaker[] | undefined {
  const named = SPEAKERS.filter((_, bit) => (mask & (1 << bit)) !== 0).slice(0, channels);
  return named.length === channels ? named : undefined;
}

/** The channel mask of a `fmt ` chunk, little-endian unless said; 0 when it has none. */
export function maskOfFormatChunk(chunk: Buffer, bigEndian = false): number {
  if (chunk.length < 24) return 0;
  const tag = bigEndian ? chunk.readUInt16BE(0) : chunk.readUInt16LE(0);
  if (tag !== 0xfffe) return 0;
  return bigEndian ? chunk.readUInt32BE(20) : chunk.readUInt32LE(20);
}

/**
 * What `AudioFormat` says of the places of channels: nothing of mono and stereo, and nothing where they are not known.
 */
export function speakersPart(speakers: readonly Speaker[] | undefined): { speakers?: readonly Speaker[] } {
  return speakers !== undefined && speakers.length > 2 ? { speakers } : {};
}
