import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { requireFfmpeg } from '../decode/ffmpeg/find-ffmpeg.ts';
import { type AudioPath, FileBytes } from '../decode/file-bytes.ts';
import { type Sniffed, sniff } from '../decode/sniff.ts';
import { MediaError, throwIfCancelled } from '../errors.ts';
import { FFMPEG_FORMATS, type FfmpegFormat } from './ffmpeg-formats.data.ts';

/** What a stream can be made into: what browsers play, and can be written from front to back. */
export const STREAM_FORMATS = ['mp3', 'opus', 'aac', 'flac'] as const;
export type StreamFormat = (typeof STREAM_FORMATS)[number];

const FLAC: FfmpegFormat = { muxer: 'flac', args: ['-c:a', 'flac'] };

/** Longest silence of ffmpeg before it is given up. */
const PATIENCE_MILLISECONDS = 60_000;
/** Most of what ffmpeg says that is kept. */
const MAXIMUM_COMPLAINT = 2000;

export interface TranscodeOptions {
  readonly format: StreamFormat;
  /** Where in the file it begins. */
  readonly startSeconds: number;
  readonly signal: AbortSignal;
  /** Instead of TUTTI_FFMPEG or the one on PATH. */
  readonly ffmpegPath?: string | undefined;
}

/**
 * Lets the user's ffmpeg write the sound of a file in another format, piece by piece, as fast as the pieces are taken. Who stops
 * taking them, or aborts the signal, ends the program.
 * @throws MediaError 'unsupported' with `needs: 'ffmpeg'` without it, or for no sound; 'corrupt' where it finds none; 'cancelled'
 */
export async function* transcode(path: AudioPath, options: TranscodeOptions): AsyncGenerator<Uint8Array> {
  const file = await FileBytes.open(path);
  const { name } = file;
  const { format, startSeconds, signal } = options;
  try {
    const found = await sniff(file);
    if (!found) throw new MediaError('unsupported', `${name}: no audio format was recognised in its content`);
    const program = await requireFfmpeg(options.ffmpegPath, name, `a stream of ${format}`);
    throwIfCancelled(signal, name);
    const { muxer, args } = format === 'flac' ? FLAC : FFMPEG_FORMATS[format]!;
    // A name that is no UTF-8 cannot be an argument: the open file is handed over instead.
    const byDescriptor = typeof file.path !== 'string';
    const input = byDescriptor ? 'file:/dev/fd/3' : `file:${resolve(String(file.path))}`;
    const reading = ['-ss', String(startSeconds), '-f', demuxerOf(found), '-i', input, '-map', '0:a:0', '-vn'];
    const child = spawn(
      program,
      [
        ...['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'error', '-protocol_whitelist', 'file,pipe'],
        ...[...reading, '-sn', '-dn', '-map_metadata', '-1', ...args, '-f', muxer, 'pipe:1'],
      ],
      { stdio: ['ignore', 'pipe', 'pipe', byDescriptor ? file.descriptor : 'ignore'], windowsHide: true },
    );
    const [, output, errors] = child.stdio;
    let complaint = '';
    errors!.on('data', (text: Buffer) => {
      if (complaint.length < MAXIMUM_COMPLAINT) complaint += text.toString();
    });
    const ended = new Promise<string | undefined>((settle) => {
      child.once('error', (error) => settle(error.message));
      child.once('close', (code) => settle(code === 0 ? undefined : complaint.trim() || `it ended with code ${code}`));
    });
    const kill = () => void child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    try {
      const pieces = output![Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      for (;;) {
        const late = setTimeout(kill, PATIENCE_MILLISECONDS);
        const { done, value } = await pieces.next().finally(() => clearTimeout(late));
        throwIfCancelled(signal, name);
        if (done) break;
        yield value;
      }
      const complained = await ended;
      if (complained) throw new MediaError('corrupt', `${name}: ffmpeg says: ${complained.split('\n').at(-1)}`);
    } finally {
      signal.removeEventListener('abort', kill);
      kill();
      output!.destroy();
      await ended;
    }
  } finally {
    await file.close();
  }
}

/** ffmpeg's name for the container: told, so that no file passes for a playlist that names other files. */
function demuxerOf(found: Sniffed): string {
  return found.kind === 'foreign' ? found.demuxer : found.kind;
}
