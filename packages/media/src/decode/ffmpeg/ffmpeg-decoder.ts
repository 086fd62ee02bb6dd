import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type Kernels, PcmDecoder, SampleBlock, type Speaker } from '@tutti/dsp';
import { MediaError, throwIfCancelled } from '../../errors.ts';
import { BLOCK_FRAMES, LARGEST_LOSSY_SAMPLE, LARGEST_SAMPLE } from '../../limits.ts';
import { checkStreamFigures } from '../../stream-figures.ts';
import type { Warnings } from '../../warnings.ts';
import type { AudioFormat, Decoder } from '../audio-source.ts';
import { maskOfFormatChunk, speakersOfMask, speakersPart } from '../channel-mask.ts';
import type { FileBytes } from '../file-bytes.ts';
import { SampleScreen } from '../sample-screen.ts';
import { FfmpegReport } from './ffmpeg-report.ts';

/** Longest silence of ffmpeg before it is given up. */
const PATIENCE_MS = 60_000;

/** Most bytes of header before the samples of the WAV stream that ffmpeg writes. */
const MAXIMUM_HEADER_BYTES = 65_536;

type Child = ChildProcessByStdio<null, Readable, Readable>;

export interface FfmpegOptions {
  readonly program: string;
  /** ffmpeg's name for the container: told, so that no file passes for a playlist that names other files. */
  readonly demuxer: string;
  readonly signal?: AbortSignal | undefined;
}

function start(file: FileBytes, { program, demuxer }: FfmpegOptions): Child {
  // A name that is no UTF-8 cannot be an argument: hand the open file over instead.
  const byDescriptor = typeof file.path !== 'string';
  const input = byDescriptor ? 'file:/dev/fd/3' : `file:${resolve(file.path as string)}`;
  const args = ['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'level+info', '-protocol_whitelist', 'file,pipe'];
  args.push(
    '-f',
    demuxer,
    '-i',
    input,
    '-map',
    '0:a:0',
    '-vn',
    '-sn',
    '-dn',
    '-c:a',
    'pcm_f32le',
    '-f',
    'wav',
    'pipe:1',
  );
  return spawn(program, args, {
    stdio: byDescriptor ? ['ignore', 'pipe', 'pipe', file.descriptor] : ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  }) as Child;
}

interface StreamFigures {
  readonly sampleRate: number;
  readonly channels: number;
  readonly speakers: readonly Speaker[] | undefined;
}

/** What the header says that ffmpeg's WAV stream begins with, and its length; undefined when more is needed. */
function parseStreamHeader(bytes: Buffer): (StreamFigures & { length: number }) | undefined {
  let figures: StreamFigures | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = bytes.toString('latin1', at, at + 4);
    if (id === 'data' && figures) return { ...figures, length: at + 8 };
    const size = bytes.readUInt32LE(at + 4);
    if (id === 'fmt ' && at + 8 + size <= bytes.length) {
      const channels = bytes.readUInt16LE(at + 10);
      const mask = maskOfFormatChunk(bytes.subarray(at + 8, at + 8 + size));
      figures = { channels, sampleRate: bytes.readUInt32LE(at + 12), speakers: speakersOfMask(mask, channels) };
    }
    at += 8 + size + (size & 1);
  }
  return undefined;
}

/** Lets the user's ffmpeg decode the file and reads 32-bit floats from its pipe. */
export async function openWithFfmpeg(
  file: FileBytes,
  kernels: Kernels,
  warnings: Warnings,
  options: FfmpegOptions,
): Promise<Decoder> {
  const { name } = file;
  const report = new FfmpegReport(warnings);
  const child = start(file, options);
  const ended = new Promise<{ code: number | null; error?: Error }>((settle) => {
    child.once('error', (error) => settle({ code: null, error }));
    child.once('close', (code) => settle({ code }));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => report.take(text));
  const kill = () => void child.kill('SIGKILL');
  options.signal?.addEventListener('abort', kill, { once: true });
  const close = async () => {
    options.signal?.removeEventListener('abort', kill);
    kill();
    // Unread output would keep the pipe open, and 'close' would never come.
    child.stdout.destroy();
    await ended;
  };
  const pipe = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;

  async function nextChunk(): Promise<Buffer | undefined> {
    let stalled = false;
    const timer = setTimeout(() => {
      stalled = true;
      kill();
    }, PATIENCE_MS);
    const { value, done } = await pipe.next().finally(() => clearTimeout(timer));
    throwIfCancelled(options.signal, name);
    if (stalled) {
      throw new MediaError('corrupt', `${name}: ffmpeg gave nothing for ${PATIENCE_MS / 1000} s and was stopped`, {
        path: name,
      });
    }
    return done ? undefined : value;
  }

  async function readHeader() {
    let bytes: Buffer = Buffer.alloc(0);
    for (;;) {
      const header = parseStreamHeader(bytes);
      if (header) return { ...header, rest: bytes.subarray(header.length) };
      const chunk = bytes.length < MAXIMUM_HEADER_BYTES ? await nextChunk() : undefined;
      if (!chunk) break;
      bytes = Buffer.concat([bytes, chunk]);
    }
    const { error } = await ended;
    const reason = error
      ? `ffmpeg could not be started (${error.message})`
      : report.lastError || 'ffmpeg found no sound';
    throw new MediaError(error ? 'internal' : 'corrupt', `${name}: ${reason}`, { path: name, cause: error });
  }

  try {
    const { sampleRate, channels, speakers, rest } = await readHeader();
    checkStreamFigures(name, sampleRate, channels);
    const { container, codec, seconds, lossless, bitsPerSample } = report;
    const format: AudioFormat = {
      ...{ container, codec, sampleRate, channels, ...speakersPart(speakers), seconds, lossless },
      ...(bitsPerSample === undefined ? {} : { bitsPerSample }),
    };
    const block = new SampleBlock(kernels, channels, BLOCK_FRAMES);
    const pcm = new PcmDecoder(block, 'f32le');

    async function* blocks(): AsyncGenerator<SampleBlock, void, undefined> {
      const screen = new SampleScreen(lossless ? LARGEST_SAMPLE : LARGEST_LOSSY_SAMPLE, sampleRate);
      let pending: Buffer | undefined = rest;
      let left: Buffer = Buffer.alloc(0);
      for (; pending; pending = await nextChunk()) {
        let bytes: Buffer = left.length > 0 ? Buffer.concat([left, pending]) : pending;
        while (bytes.length >= pcm.frameBytes) {
          const frames = Math.min(BLOCK_FRAMES, Math.floor(bytes.length / pcm.frameBytes));
          pcm.decode(bytes.subarray(0, frames * pcm.frameBytes));
          bytes = bytes.subarray(frames * pcm.frameBytes);
          screen.check(block);
          yield block;
        }
        left = bytes;
      }
      const { code } = await ended;
      if (code !== 0) warnings.add(`ffmpeg ended with code ${code}: ${report.lastError || 'no reason given'}`);
      screen.finish(name, warnings);
    }
    return { format, blocks, close };
  } catch (error) {
    await close();
    throw error;
  }
}
