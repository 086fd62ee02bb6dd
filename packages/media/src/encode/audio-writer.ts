import { extname } from 'node:path';
import { SampleBlock, screenBlock } from '@tutti/dsp';
import { MediaError, throwIfCancelled, toMediaError } from '../errors.ts';
import { lendKernels } from '../kernel-pool.ts';
import { BLOCK_FRAMES, LARGEST_SAMPLE } from '../limits.ts';
import { checkStreamFigures } from '../stream-figures.ts';
import { FFMPEG_FORMATS } from './ffmpeg-formats.data.ts';
import { openFfmpegSink } from './ffmpeg-sink.ts';
import { openFlacSink } from './flac-sink.ts';
import type { AudioWriterOptions, Sink, SinkContext } from './sink.ts';
import { TargetFile } from './target-file.ts';
import { openWavSink } from './wav-sink.ts';

/** A sound file that is being written. It appears under its name when `finish` is done. */
export interface AudioWriter {
  /** Adds `frames` frames of planar samples; integers clamp what is beyond ±1. */
  write(channels: readonly Float32Array[], frames: number): Promise<void>;
  /** @param before done when the file is whole and has no name yet: what belongs to it can appear with it. When it fails, so does this. */
  finish(before?: () => Promise<void>): Promise<void>;
  /** Leaves nothing behind. May be called at any time and more than once. */
  abort(): Promise<void>;
}

/** Any seed will do; the same for every file, so that the same sound gives the same bytes. */
const DITHER_SEED = 0x7475_7474;

function openSink(ending: string, context: SinkContext): Promise<Sink> {
  const { target } = context;
  if (ending === 'wav') return openWavSink(context);
  if (ending === 'flac') return openFlacSink(context);
  const format = FFMPEG_FORMATS[ending];
  if (format) return openFfmpegSink(context, format);
  const known = ['wav', 'flac', ...Object.keys(FFMPEG_FORMATS)].join(', ');
  throw new MediaError(
    'unsupported',
    `${target.path}: no format is known for the ending .${ending}; known are ${known}`,
    {
      path: target.path,
    },
  );
}

/**
 * Starts a sound file whose format its ending says: .wav and .flac here, .mp3, .ogg, .opus, .m4a and others by the user's ffmpeg.
 * @throws MediaError 'unsupported', 'missing', 'denied' or 'limit'
 */
export async function createAudioWriter(path: string, options: AudioWriterOptions): Promise<AudioWriter> {
  const { sampleRate, channels, sampleFormat = 'int16', force = false, signal } = options;
  checkStreamFigures(path, sampleRate, channels);
  throwIfCancelled(signal, path);
  const target = await TargetFile.create(path, force);
  const { kernels, giveBack } = lendKernels();
  const block = new SampleBlock(kernels, channels, BLOCK_FRAMES);
  const kind =
    sampleFormat === 'float32' ? 'none' : (options.dither ?? (sampleFormat === 'int16' ? 'triangular' : 'none'));
  const dither = kind === 'none' ? undefined : { kind, sampleRate, seed: DITHER_SEED };
  let state: 'open' | 'done' = 'open';
  let sink: Sink | undefined;
  let written = 0;

  async function abort(): Promise<void> {
    if (state === 'done') return;
    state = 'done';
    await sink?.abort?.();
    await target.discard();
    giveBack();
  }

  /** Runs one step; when it fails, nothing is left behind. */
  async function step(action: () => Promise<void>): Promise<void> {
    if (state === 'done') throw new MediaError('internal', `${path} is finished already`, { path });
    try {
      throwIfCancelled(signal, path);
      await action();
    } catch (error) {
      await abort();
      throw toMediaError(error, path, 'write');
    }
  }

  await step(async () => {
    sink = await openSink(extname(path).slice(1).toLowerCase(), {
      ...{ target, kernels, block, sampleRate, channels, sampleFormat, dither, options },
    });
  });

  return {
    abort,
    write: (samples, frames) =>
      step(async () => {
        for (let done = 0; done < frames; done += block.frames) {
          block.write(samples, done, Math.min(BLOCK_FRAMES, frames - done));
          if (screenBlock(block, LARGEST_SAMPLE) > 0) {
            const second = ((written + done) / sampleRate).toFixed(3);
            throw new MediaError('internal', `${path}: samples that are no numbers were to be written at ${second} s`, {
              path,
            });
          }
          await sink!.write(block);
        }
        written += frames;
      }),
    finish: (before) =>
      step(async () => {
        await sink!.finish();
        await target.commit(before);
        state = 'done';
        giveBack();
      }),
  };
}
