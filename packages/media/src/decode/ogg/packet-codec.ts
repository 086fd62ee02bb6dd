import type { AudioFormat } from '../audio-source.ts';

/** Samples of some packets; planar, in the order of channels that WAV and FLAC use. */
export interface DecodedPackets {
  readonly channels: readonly Float32Array[];
  readonly frames: number;
}

/** A codec inside an Ogg stream: it gets the stream's packets one page at a time. */
export interface PacketCodec {
  readonly format: AudioFormat;
  /** Frames at the start that are the encoder's run-up, no sound. */
  readonly preSkip: number;
  /** Linear gain that the stream asks for. */
  readonly gain: number;
  /** Takes packets until the headers are complete; true when this one was a header. @throws MediaError 'corrupt' */
  header(packet: Uint8Array): Promise<boolean>;
  decode(packets: readonly Uint8Array[]): Promise<DecodedPackets>;
  close(): void;
}

/**
 * Vorbis I section 4.3.9 (which Opus follows) puts the centre second and the low frequencies last; WAV and FLAC have
 * FL FR FC LFE and then the rest. Entry n: where each of n channels in WAV order lies among Vorbis's.
 */
const WAV_ORDER: readonly (readonly number[])[] = [
  [],
  [0],
  [0, 1],
  [0, 2, 1],
  [0, 1, 2, 3],
  [0, 2, 1, 3, 4],
  [0, 2, 1, 5, 3, 4],
  [0, 2, 1, 6, 5, 3, 4],
  [0, 2, 1, 7, 5, 6, 3, 4],
];

export function toWavOrder(channels: readonly Float32Array[]): readonly Float32Array[] {
  return WAV_ORDER[channels.length]!.map((from) => channels[from]!);
}

/** True when the packet begins with these Latin-1 characters. */
export function startsWith(packet: Uint8Array, text: string): boolean {
  return Buffer.from(packet.buffer, packet.byteOffset, packet.length).toString('latin1', 0, text.length) === text;
}
