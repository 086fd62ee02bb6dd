import { type PcmEncoding, pcmSampleBytes } from '@tutti/dsp';
import { MediaError } from '../../errors.ts';
import { MAXIMUM_CHUNKS } from '../../limits.ts';
import { checkStreamFigures } from '../../stream-figures.ts';
import type { FileBytes } from '../file-bytes.ts';
import { type ForeignCodec, integerEncoding, type PcmLayout } from './pcm-layout.ts';

interface CommonChunk {
  readonly channels: number;
  readonly frames: number;
  readonly bits: number;
  readonly sampleRate: number;
  readonly compression: string;
}

/** An 80-bit IEEE 754 extended number, which AIFF uses for the sample rate. */
function readExtended(bytes: Buffer, at: number): number {
  const exponent = bytes.readUInt16BE(at) & 0x7fff;
  return Number(bytes.readBigUInt64BE(at + 2)) * 2 ** (exponent - 16383 - 63);
}

function parseCommon(chunk: Buffer, compressed: boolean, name: string): CommonChunk {
  const least = compressed ? 22 : 18;
  if (chunk.length < least) {
    throw new MediaError('corrupt', `${name}: its COMM chunk has ${chunk.length} bytes; ${least} are needed`, {
      path: name,
    });
  }
  return {
    channels: chunk.readUInt16BE(0),
    frames: chunk.readUInt32BE(2),
    bits: chunk.readUInt16BE(6),
    // Old machines had rates between whole ones (22254.5 Hz); nothing else has.
    sampleRate: Math.round(readExtended(chunk, 8)),
    compression: compressed ? chunk.toString('latin1', 18, 22) : 'NONE',
  };
}

/** Compression types that leave integers as they are. */
const INTEGERS = ['NONE', 'none', 'twos', 'in24', 'in32', 'sowt', 'raw '];

function encodingOf({ compression, bits }: CommonChunk, name: string): PcmEncoding | undefined {
  const bytes = Math.ceil(bits / 8);
  if (INTEGERS.includes(compression) && (bits < 1 || bits > 32)) {
    throw new MediaError('corrupt', `${name}: ${bits} bits a sample; AIFF holds 1 to 32 as integers`, { path: name });
  }
  switch (compression) {
    case 'NONE':
    case 'none':
    case 'twos':
    case 'in24':
    case 'in32':
      return integerEncoding('be', bytes);
    case 'sowt':
      return bytes === 1 ? 's8' : integerEncoding('le', bytes);
    case 'raw ':
      return bytes === 1 ? 'u8' : undefined;
    case 'fl32':
    case 'FL32':
      return 'f32be';
    case 'fl64':
    case 'FL64':
      return 'f64be';
    case 'alaw':
    case 'ALAW':
      return 'alaw';
    case 'ulaw':
    case 'ULAW':
      return 'mulaw';
    default:
      return undefined;
  }
}

/** As `readWavHeader`, for AIFF and AIFF-C. Source: Audio Interchange File Format AIFF-C, draft of 1991. */
export async function readAiffHeader(file: FileBytes, start: number): Promise<PcmLayout | ForeignCodec> {
  const { name } = file;
  const compressed = (await file.read(start + 8, 4)).toString('latin1') === 'AIFC';
  let common: CommonChunk | undefined;
  let samples: { start: number; bytes: number } | undefined;
  let position = start + 12;
  for (let chunk = 0; position + 8 <= file.size && !(common && samples); chunk++) {
    if (chunk === MAXIMUM_CHUNKS) break;
    const head = await file.read(position, 8);
    const id = head.toString('latin1', 0, 4);
    const size = head.readUInt32BE(4);
    const body = position + 8;
    if (id === 'COMM') common = parseCommon(await file.read(body, Math.min(size, 64)), compressed, name);
    if (id === 'SSND') {
      const first = await file.read(body, 4);
      const offset = first.length === 4 ? first.readUInt32BE(0) : 0;
      samples = { start: body + 8 + offset, bytes: Math.max(0, size - 8 - offset) };
    }
    position = body + size + (size & 1);
  }
  if (!common) throw new MediaError('corrupt', `${name}: an AIFF file without a COMM chunk`, { path: name });
  const { channels, sampleRate, bits } = common;
  checkStreamFigures(name, sampleRate, channels);
  if (!samples) throw new MediaError('empty', `${name}: an AIFF file without samples (no SSND chunk)`, { path: name });
  const encoding = encodingOf(common, name);
  if (!encoding) return { container: 'aiff', codec: common.compression };
  const there = Math.max(0, file.size - samples.start);
  const claimed = Math.min(samples.bytes, common.frames * channels * pcmSampleBytes(encoding));
  const warnings: string[] = [];
  if (claimed > there) {
    warnings.push(`the header claims ${claimed} bytes of samples, ${there} are there: the file was cut off`);
  }
  return {
    container: 'aiff',
    encoding,
    sampleRate,
    channels,
    bitsPerSample: bits,
    start: samples.start,
    bytes: Math.min(claimed, there),
    warnings,
  };
}
