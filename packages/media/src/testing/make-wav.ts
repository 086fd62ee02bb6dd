export interface WavParts {
  /** Format tag; 1 for integers, 3 for floats. */
  readonly tag?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly bits?: number;
  readonly blockAlign?: number;
  /** Sizes to write instead of the right ones. */
  readonly riffSize?: number;
  readonly dataSize?: number;
  /** Chunks between fmt and data. */
  readonly between?: Uint8Array;
}

/** A WAV file around `data`, right or wrong in any field. */
export function makeWav(data: Uint8Array, parts: WavParts = {}): Buffer {
  const { tag = 1, channels = 1, sampleRate = 44_100, bits = 16, between = new Uint8Array(0) } = parts;
  const blockAlign = parts.blockAlign ?? (channels * bits) / 8;
  const head = Buffer.alloc(36);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(parts.riffSize ?? 36 + between.length + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(tag, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE((sampleRate * blockAlign) >>> 0, 28);
  head.writeUInt16LE(blockAlign & 0xffff, 32);
  head.writeUInt16LE(bits, 34);
  const label = Buffer.alloc(8);
  label.write('data', 0, 'latin1');
  label.writeUInt32LE(parts.dataSize ?? data.length, 4);
  return Buffer.concat([head, between, label, data]);
}

/** Interleaved 16-bit little-endian samples. */
export function int16Bytes(channels: readonly Float32Array[]): Buffer {
  const frames = channels[0]!.length;
  const bytes = Buffer.alloc(frames * channels.length * 2);
  for (let i = 0; i < frames; i++) {
    channels.forEach((samples, channel) => {
      bytes.writeInt16LE(Math.round(samples[i]! * 32768), (i * channels.length + channel) * 2);
    });
  }
  return bytes;
}
