import type { FileBytes } from './file-bytes.ts';
import { FOREIGN_FORMATS } from './foreign-formats.data.ts';
import { skipId3v2 } from './id3.ts';
import { findMpegAudio } from './mp3/find-mpeg-audio.ts';

/** What a file is by its content, and where that begins (behind tags or junk). */
export type Sniffed =
  | { readonly kind: 'wav' | 'aiff' | 'flac' | 'ogg'; readonly start: number }
  /** `junk`: bytes before the first frame that are neither tag nor sound. */
  | { readonly kind: 'mp3'; readonly start: number; readonly junk: number }
  /** Left to ffmpeg, which is told its name for the container. */
  | { readonly kind: 'foreign'; readonly demuxer: string; readonly start: number };

const HEAD_BYTES = 64;

/** Goes by the content, never by the name's ending; undefined when nothing is recognised. */
export async function sniff(file: FileBytes): Promise<Sniffed | undefined> {
  const start = await skipId3v2(file);
  const head = await file.read(start, HEAD_BYTES);
  const text = (from: number, to: number) => head.toString('latin1', from, to);
  if (/^(RIFF|RIFX|RF64|BW64)$/.test(text(0, 4)) && text(8, 12) === 'WAVE') return { kind: 'wav', start };
  if (text(0, 4) === 'FORM' && /^AIF[FC]$/.test(text(8, 12))) return { kind: 'aiff', start };
  if (text(0, 4) === 'fLaC') return { kind: 'flac', start };
  if (text(0, 4) === 'OggS') return { kind: 'ogg', start };
  const foreign = FOREIGN_FORMATS.find(({ at, magic }) => text(at, at + magic.length) === magic);
  if (foreign) return { kind: 'foreign', demuxer: foreign.demuxer, start };
  const mpeg = await findMpegAudio(file, start);
  if (!mpeg) return undefined;
  if (mpeg.layer === 3) return { kind: 'mp3', start: mpeg.position, junk: mpeg.position - start };
  return { kind: 'foreign', demuxer: mpeg.layer === 'adts' ? 'aac' : 'mp3', start: mpeg.position };
}
