import { PcmEncoder, type PcmOutput } from '@tutti/dsp';
import type { SampleFormat, Sink, SinkContext } from './sink.ts';

const OUTPUTS: Readonly<Record<SampleFormat, PcmOutput>> = { int16: 's16le', int24: 's24le', float32: 'f32le' };
const BYTES: Readonly<Record<SampleFormat, number>> = { int16: 2, int24: 3, float32: 4 };

/** Speaker positions of 1 to 8 channels (dwChannelMask): mono, stereo, … 5.1 back, 6.1, 7.1. */
const SPEAKERS = [0, 0x4, 0x3, 0x7, 0x33, 0x37, 0x3f, 0x70f, 0x63f];

const LARGEST_RIFF = 0xffff_ffff;

interface WavFigures {
  readonly sampleRate: number;
  readonly channels: number;
  readonly sampleFormat: SampleFormat;
}

function formatChunk({ sampleRate, channels, sampleFormat }: WavFigures): Buffer {
  const bytes = BYTES[sampleFormat];
  const tag = sampleFormat === 'float32' ? 3 : 1;
  // The extensible form is asked for above 16 bits and above two channels; floats of one or two have a tag of their own.
  const extensible = channels > 2 || sampleFormat === 'int24';
  const body = Buffer.alloc(extensible ? 40 : tag === 3 ? 18 : 16);
  body.writeUInt16LE(extensible ? 0xfffe : tag, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(sampleRate, 4);
  body.writeUInt32LE(sampleRate * channels * bytes, 8);
  body.writeUInt16LE(channels * bytes, 12);
  body.writeUInt16LE(bytes * 8, 14);
  if (extensible) {
    body.writeUInt16LE(22, 16);
    body.writeUInt16LE(bytes * 8, 18);
    body.writeUInt32LE(SPEAKERS[channels]!, 20);
    body.writeUInt16LE(tag, 24);
    body.write('000000001000800000aa00389b71', 26, 'hex');
  }
  return chunk('fmt ', body);
}

function chunk(id: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/**
 * The header for `frames` frames: RIFF, or RF64 (EBU Tech 3306) when the file exceeds 4 GiB. Room for the 64-bit sizes
 * is kept from the start, so that the header has the same length either way.
 */
export function wavHeader(figures: WavFigures, frames: number): Buffer {
  const data = frames * figures.channels * BYTES[figures.sampleFormat];
  const fact = Buffer.alloc(4);
  fact.writeUInt32LE(Math.min(frames, LARGEST_RIFF));
  const format = formatChunk(figures);
  const facts = figures.sampleFormat === 'float32' ? chunk('fact', fact) : Buffer.alloc(0);
  const length = 12 + 36 + format.length + facts.length + 8;
  const riffSize = length - 8 + data + (data & 1);
  const large = riffSize > LARGEST_RIFF;

  const head = Buffer.alloc(12);
  head.write(large ? 'RF64' : 'RIFF', 0, 'latin1');
  head.writeUInt32LE(large ? LARGEST_RIFF : riffSize, 4);
  head.write('WAVE', 8, 'latin1');
  const sizes = Buffer.alloc(28);
  if (large) {
    sizes.writeBigUInt64LE(BigInt(riffSize), 0);
    sizes.writeBigUInt64LE(BigInt(data), 8);
    sizes.writeBigUInt64LE(BigInt(frames), 16);
  }
  const label = Buffer.alloc(8);
  label.write('data', 0, 'latin1');
  label.writeUInt32LE(large ? LARGEST_RIFF : data, 4);
  return Buffer.concat([head, chunk(large ? 'ds64' : 'JUNK', sizes), format, facts, label]);
}

export async function openWavSink(context: SinkContext): Promise<Sink> {
  const { target, block, sampleFormat, dither } = context;
  const encoder = new PcmEncoder(block, OUTPUTS[sampleFormat], dither);
  let frames = 0;
  await target.append(wavHeader(context, 0));
  return {
    async write() {
      frames += block.frames;
      await target.append(encoder.encode());
    },
    async finish() {
      if ((target.length & 1) === 1) await target.append(new Uint8Array(1));
      await target.writeAt(0, wavHeader(context, frames));
    },
  };
}
