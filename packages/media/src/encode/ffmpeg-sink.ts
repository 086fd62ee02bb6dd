import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Dither, PcmEncoder } from '@tutti/dsp';
import { requireFfmpeg } from '../decode/ffmpeg/find-ffmpeg.ts';
import { MediaError } from '../errors.ts';
import type { FfmpegFormat } from './ffmpeg-formats.data.ts';
import type { Sink, SinkContext } from './sink.ts';

/** Most of what ffmpeg says that is kept. */
const MAXIMUM_COMPLAINT = 2000;

/** Lets the user's ffmpeg encode what is piped to it as 32-bit floats. */
export async function openFfmpegSink(context: SinkContext, { muxer, args, pcm }: FfmpegFormat): Promise<Sink> {
  const { target, kernels, block, sampleRate, channels, sampleFormat, dither, options } = context;
  const { path } = target;
  const program = await requireFfmpeg(options.ffmpegPath, path, `writing ${muxer}`);
  const encoder = new PcmEncoder(block, 'f32le');
  // What has been rounded to steps already stays as it is when ffmpeg rounds it.
  const bits = sampleFormat === 'int16' ? 16 : 24;
  const rounding = pcm && dither && new Dither(kernels, { ...dither, bits, channels });
  const codec = pcm ? ['-c:a', pcm[sampleFormat]] : args;
  // ffmpeg writes under the temporary name itself: some containers are finished by going back to their start.
  await target.release();
  const input = ['-f', 'f32le', '-ar', String(sampleRate), '-ac', String(channels), '-i', 'pipe:0'];
  const output = [...codec, '-map_metadata', '-1', '-f', muxer, '-y', `file:${target.temporaryPath}`];
  const child = spawn(program, ['-hide_banner', '-nostats', '-loglevel', 'error', ...input, ...output], {
    stdio: ['pipe', 'ignore', 'pipe'],
    windowsHide: true,
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < MAXIMUM_COMPLAINT) complaint += text;
  });
  const ended = new Promise<{ code: number | null; error?: Error }>((settle) => {
    child.once('error', (error) => settle({ code: null, error }));
    child.once('close', (code) => settle({ code }));
  });
  // A broken pipe shows as the program's end, which says why.
  child.stdin.on('error', () => {});

  async function failure(): Promise<MediaError> {
    const { code, error } = await ended;
    const reason = error ? error.message : complaint.trim().split('\n').at(-1) || `it ended with code ${code}`;
    if (/No space left/.test(complaint)) {
      return new MediaError('denied', `cannot write ${path}: the disk is full`, { path });
    }
    const unknown = /Unknown encoder|Encoder .* not found|not currently supported/.test(complaint);
    const kind = unknown ? 'unsupported' : 'internal';
    return new MediaError(kind, `cannot write ${path}: ffmpeg says: ${reason}`, { path, cause: error });
  }

  return {
    async write() {
      rounding?.process(block);
      // The bytes are copied: the pipe takes them in its own time.
      const more = child.stdin.write(Buffer.from(encoder.encode()));
      if (child.exitCode !== null || child.stdin.destroyed) throw await failure();
      if (!more) await Promise.race([once(child.stdin, 'drain').catch(() => {}), ended]);
    },
    async finish() {
      child.stdin.end();
      const { code } = await ended;
      if (code !== 0) throw await failure();
    },
    async abort() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
