import type { Kernels, SampleBlock } from '@tutti/dsp';
import { MediaError, throwIfCancelled, toMediaError } from '../errors.ts';
import { lendKernels } from '../kernel-pool.ts';
import { DEFAULT_MAXIMUM_SECONDS } from '../limits.ts';
import { Warnings } from '../warnings.ts';
import type { AudioBlock, AudioSource, Decoder } from './audio-source.ts';
import { openWithFfmpeg } from './ffmpeg/ffmpeg-decoder.ts';
import { requireFfmpeg } from './ffmpeg/find-ffmpeg.ts';
import { type AudioPath, FileBytes } from './file-bytes.ts';
import { openFlac } from './flac/flac.ts';
import { openMp3 } from './mp3/mp3.ts';
import { openOgg } from './ogg/ogg.ts';
import { readAiffHeader } from './pcm/aiff.ts';
import { openPcm } from './pcm/pcm-decoder.ts';
import { readWavHeader } from './pcm/wav.ts';
import { sniff } from './sniff.ts';

export interface OpenAudioOptions {
  readonly signal?: AbortSignal | undefined;
  /** Instead of TUTTI_FFMPEG or the one on PATH. */
  readonly ffmpegPath?: string | undefined;
  /** Longer sound ends with an error of kind 'limit'. */
  readonly maximumSeconds?: number | undefined;
  /**
   * What decodes, so that samples can be worked on where they come to lie. What is allocated in them is the caller's to
   * release once the file is closed. Kernels of the pool when absent.
   */
  readonly kernels?: Kernels | undefined;
}

/** Shorter sound gets a warning: it is hardly what was meant. */
const SHORT_SECONDS = 0.05;

/** Bytes before the first frame of an MP3 that nobody needs to hear of: padding that some taggers leave. */
const USUAL_JUNK = 4096;

interface Opening {
  readonly file: FileBytes;
  readonly kernels: Kernels;
  readonly warnings: Warnings;
  readonly options: OpenAudioOptions;
}

async function chooseDecoder({ file, kernels, warnings, options }: Opening): Promise<Decoder> {
  const found = await sniff(file);
  if (!found) {
    throw new MediaError('unsupported', `${file.name}: no audio format was recognised in its content`, {
      path: file.name,
    });
  }
  const byFfmpeg = async (demuxer: string, what: string) => {
    const program = await requireFfmpeg(options.ffmpegPath, file.name, `reading ${what}`);
    return openWithFfmpeg(file, kernels, warnings, { program, demuxer, signal: options.signal });
  };
  switch (found.kind) {
    case 'wav':
    case 'aiff': {
      const read = found.kind === 'wav' ? readWavHeader : readAiffHeader;
      const layout = await read(file, found.start);
      if ('codec' in layout) return byFfmpeg(found.kind, `${found.kind.toUpperCase()} with ${layout.codec}`);
      return openPcm(file, layout, kernels, warnings);
    }
    case 'flac':
      return openFlac(file, found.start, kernels, warnings);
    case 'ogg':
      return (await openOgg({ file, kernels, warnings }, found.start)) ?? byFfmpeg('ogg', 'this Ogg codec');
    case 'mp3':
      if (found.junk > USUAL_JUNK) warnings.add(`the first ${found.junk} bytes are neither tag nor sound`);
      return openMp3(file, found.start, kernels, warnings);
    case 'foreign':
      return byFfmpeg(found.demuxer, `this format (${found.demuxer})`);
  }
}

/** What a decoder throws that is no MediaError comes from data it could not digest. */
function decodingError(error: unknown, name: string): MediaError {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    return new MediaError('corrupt', `${name}: its data is damaged beyond what the decoder bears`, {
      path: name,
      cause: error,
    });
  }
  return toMediaError(error, name, 'decode');
}

/**
 * Opens a sound file for reading once, block by block, in bounded memory. What kind of file it is is decided by its
 * content. WAV, AIFF, FLAC, Ogg (Vorbis, Opus, FLAC) and MP3 are read here; others by the user's ffmpeg.
 * @param path a string, or bytes when the name is no valid UTF-8
 * @returns close it when done, also after an error
 * @throws MediaError of a kind of the closed set; `needs: 'ffmpeg'` when that program would have helped
 */
export async function openAudio(path: AudioPath, options: OpenAudioOptions = {}): Promise<AudioSource> {
  const file = await FileBytes.open(path);
  const warnings = new Warnings();
  const { kernels, giveBack } = options.kernels ? { kernels: options.kernels, giveBack: () => {} } : lendKernels();
  let decoder: Decoder | undefined;
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await decoder?.close?.();
    await file.close();
    giveBack();
  };
  try {
    throwIfCancelled(options.signal, file.name);
    decoder = await chooseDecoder({ file, kernels, warnings, options });
  } catch (error) {
    await close();
    throw decodingError(error, file.name);
  }
  const { format } = decoder;
  return { format, warnings: warnings.list, close, blocks: () => guard(decoder, file.name, warnings, options) };
}

/** Passes blocks on, watches over cancellation and length, and turns every failure into a MediaError. */
async function* guard(
  { format, blocks }: Decoder,
  name: string,
  warnings: Warnings,
  { signal, maximumSeconds = DEFAULT_MAXIMUM_SECONDS }: OpenAudioOptions,
): AsyncGenerator<AudioBlock, void, undefined> {
  const most = maximumSeconds * format.sampleRate;
  let total = 0;
  try {
    for await (const block of blocks()) {
      throwIfCancelled(signal, name);
      if (block.frames === 0) continue;
      total += block.frames;
      if (total > most) {
        throw new MediaError('limit', `${name} is longer than the ${maximumSeconds} s that were allowed`, {
          path: name,
        });
      }
      yield blockOf(block);
    }
  } catch (error) {
    throw decodingError(error, name);
  }
  if (total === 0) throw new MediaError('empty', `${name} has a header but no sound`, { path: name });
  if (total < SHORT_SECONDS * format.sampleRate)
    warnings.add(total === 1 ? 'there is only one frame of sound' : `there are only ${total} frames of sound`);
}

function blockOf(block: SampleBlock): AudioBlock {
  const { frames } = block;
  const channels = Array.from({ length: block.channelCount }, (_, channel) =>
    block.channel(channel).subarray(0, frames),
  );
  return { channels, frames, samples: block };
}
