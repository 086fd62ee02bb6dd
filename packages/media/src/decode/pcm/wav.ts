import { type PcmEncoding, pcmSampleBytes } from '@tutti/dsp';
import { MediaError } from '../../errors.ts';
import { MAXIMUM_CHUNKS } from '../../limits.ts';
import { checkStreamFigures } from '../../stream-figures.ts';
import { maskOfFormatChunk, speakersOfMask } from '../channel-mask.ts';
import type { FileBytes } from '../file-bytes.ts';
import { type ForeignCodec, integerEncoding, type PcmLayout } from './pcm-layout.ts';

// Format tags of the WAVE registry (RFC 2361) and of the multiple-channel extension.
const TAG_PCM = 1;
const TAG_FLOAT = 3;
const TAG_ALAW = 6;
const TAG_MULAW = 7;
const TAG_EXTENSIBLE = 0xfffe;

/** Bytes 2 to 15 of a sub-format GUID that only carries a format tag: 0000-0010-8000-00aa00389b71. */
const GUID_TAIL = Buffer.from('000000001000800000aa00389b71', 'hex');

const UNKNOWN_SIZE = 0xffffffff;

interface FormatChunk {
  readonly tag: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly blockAlign: number;
  readonly bits: number;
  /** Places of the channels; 0 when not given. */
  readonly mask: number;
}

function parseFormat(chunk: Buffer, bigEndian: boolean, name: string): FormatChunk {
  if (chunk.length < 16) {
    throw new MediaError('corrupt', `${name}: its fmt chunk has ${chunk.length} bytes; at least 16 are needed`, {
      path: name,
    });
  }
  const u16 = (at: number) => (bigEndian ? chunk.readUInt16BE(at) : chunk.readUInt16LE(at));
  const u32 = (at: number) => (bigEndian ? chunk.readUInt32BE(at) : chunk.readUInt32LE(at));
  let tag = u16(0);
  if (tag === TAG_EXTENSIBLE && chunk.length >= 40) {
    const tail = chunk.subarray(26, 40);
    tag = bigEndian || tail.equals(GUID_TAIL) ? u16(24) : TAG_EXTENSIBLE;
  }
  const mask = maskOfFormatChunk(chunk, bigEndian);
  return { tag, channels: u16(2), sampleRate: u32(4), blockAlign: u16(12), bits: u16(14), mask };
}

/** The encoding, or undefined when it is left to ffmpeg. */
function encodingOf(format: FormatChunk, bigEndian: boolean, name: string): PcmEncoding | undefined {
  const order = bigEndian ? 'be' : 'le';
  const { tag, bits, channels, blockAlign } = format;
  if (tag === TAG_ALAW) return 'alaw';
  if (tag === TAG_MULAW) return 'mulaw';
  if (tag === TAG_FLOAT && (bits === 32 || bits === 64)) return `f${bits}${order}`;
  if (tag !== TAG_PCM && tag !== TAG_FLOAT) return undefined;
  if (tag === TAG_FLOAT || bits < 1 || bits > 32) {
    throw new MediaError(
      'corrupt',
      `${name}: ${bits} bits a sample; WAV holds 1 to 32 bits as integers, 32 or 64 as floats`,
      { path: name },
    );
  }
  // Samples are left-justified in their container, which the block align tells when it is plausible.
  const least = Math.ceil(bits / 8);
  const container = blockAlign / channels;
  const bytes = Number.isInteger(container) && container >= least && container <= 4 ? container : least;
  const encoding = integerEncoding(order, bytes);
  return bigEndian && encoding === 's8' ? 'u8' : encoding;
}

/** How many bytes of samples there are: the header's claim against the file, with what is odd about it. */
function dataBytes(claimed: number, start: number, file: FileBytes, say: (text: string) => void): number {
  const there = file.size - start;
  if (claimed === UNKNOWN_SIZE || (claimed === 0 && there > 0)) {
    say(`the header gives no length (a stream was saved): everything up to the end of the file was read`);
    return there;
  }
  if (claimed <= there) return claimed;
  say(`the header claims ${claimed} bytes of samples, ${there} are there: the file was cut off`);
  return there;
}

/**
 * Reads the header of a RIFF, RIFX or RF64 WAVE file that begins at `start`: finds format and samples, whatever lies
 * between.
 * @returns where the samples are, or the codec's tag when it is not one that is read here
 * @throws MediaError 'corrupt' or 'limit'
 * Sources: Multimedia Programming Interface and Data Specifications 1.0 (1991); EBU Tech 3306 (RF64).
 */
export async function readWavHeader(file: FileBytes, start: number): Promise<PcmLayout | ForeignCodec> {
  const { name } = file;
  const warnings: string[] = [];
  const say = (text: string) => warnings.push(text);
  const bigEndian = (await file.read(start, 4)).toString('latin1') === 'RIFX';
  let format: FormatChunk | undefined;
  let longSize: number | undefined;
  let position = start + 12;
  for (let chunk = 0; position + 8 <= file.size; chunk++) {
    if (chunk === MAXIMUM_CHUNKS) {
      throw new MediaError('limit', `${name}: no samples within its first ${MAXIMUM_CHUNKS} chunks`, { path: name });
    }
    const head = await file.read(position, 8);
    const id = head.toString('latin1', 0, 4);
    const size = bigEndian ? head.readUInt32BE(4) : head.readUInt32LE(4);
    const body = position + 8;
    if (id === 'fmt ') {
      format = parseFormat(await file.read(body, Math.min(size, 64)), bigEndian, name);
    } else if (id === 'ds64') {
      const sizes = await file.read(body, 24);
      if (sizes.length === 24) longSize = Number(sizes.readBigUInt64LE(8));
    } else if (id === 'data') {
      if (!format) {
        throw new MediaError(
          'corrupt',
          `${name}: its samples come before any fmt chunk, so nothing says what they are`,
          {
            path: name,
          },
        );
      }
      const claimed = size === UNKNOWN_SIZE && longSize !== undefined ? longSize : size;
      return layoutOf(format, bigEndian, body, dataBytes(claimed, body, file, say), warnings, name);
    }
    position = body + size + (size & 1);
  }
  const lacks = format ? 'data chunk (no samples)' : 'fmt chunk';
  throw new MediaError('corrupt', `${name}: a WAV file without ${lacks}; it is cut off or damaged`, { path: name });
}

function layoutOf(
  format: FormatChunk,
  bigEndian: boolean,
  start: number,
  bytes: number,
  warnings: string[],
  name: string,
): PcmLayout | ForeignCodec {
  const { channels, sampleRate, bits, blockAlign, mask } = format;
  checkStreamFigures(name, sampleRate, channels);
  const encoding = encodingOf(format, bigEndian, name);
  if (!encoding) return { container: 'wav', codec: `format tag 0x${format.tag.toString(16)}` };
  const frameBytes = channels * pcmSampleBytes(encoding);
  if (blockAlign !== frameBytes) {
    warnings.push(
      `the header says ${blockAlign} bytes a frame; ${channels} channels of ${bits} bits are ${frameBytes}`,
    );
  }
  const speakers = speakersOfMask(mask, channels);
  return { container: 'wav', encoding, sampleRate, channels, bitsPerSample: bits, speakers, start, bytes, warnings };
}
