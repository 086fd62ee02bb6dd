import type { Clip } from '@tutti/dsp';
import { displayPath } from '../display-path.ts';
import { MediaError } from '../errors.ts';
import { createAudioHasher } from '../hash/audio-hash.ts';
import { MAXIMUM_CLIP_BYTES } from '../limits.ts';
import type { AudioFormat } from './audio-source.ts';
import type { AudioPath } from './file-bytes.ts';
import { type OpenAudioOptions, openAudio } from './open-audio.ts';

export interface DecodedFile {
  readonly clip: Clip;
  /** With `seconds` as measured. */
  readonly format: AudioFormat;
  readonly warnings: readonly string[];
  /** See `createAudioHasher`. */
  readonly audioHash: string;
}

/** Most frames that are made room for on a header's word; beyond, room grows with what has come. */
const TRUSTED_FRAMES = 2 ** 26;

/** Collects blocks of unknown number. */
class ClipBuilder {
  #channels: Float32Array<ArrayBuffer>[];
  #frames = 0;

  constructor(channels: number, expectedFrames: number) {
    this.#channels = Array.from({ length: channels }, () => new Float32Array(expectedFrames));
  }

  get frames(): number {
    return this.#frames;
  }

  add(channels: readonly Float32Array[], frames: number): void {
    const needed = this.#frames + frames;
    const room = this.#channels[0]!.length;
    if (needed > room) this.#resize(Math.max(needed, Math.ceil(room * 1.5)));
    this.#channels.forEach((channel, index) => {
      channel.set(channels[index]!, this.#frames);
    });
    this.#frames = needed;
  }

  finish(): Float32Array<ArrayBuffer>[] {
    if (this.#channels[0]!.length !== this.#frames) this.#resize(this.#frames);
    return this.#channels;
  }

  #resize(frames: number): void {
    this.#channels = this.#channels.map((channel) => {
      const next = new Float32Array(frames);
      next.set(channel.subarray(0, Math.min(frames, this.#frames)));
      return next;
    });
  }
}

/**
 * Decodes a whole file into memory.
 * @throws MediaError as `openAudio`; 'limit' when the samples would take more than 4 GiB
 */
export async function decodeFile(path: AudioPath, options: OpenAudioOptions = {}): Promise<DecodedFile> {
  const source = await openAudio(path, options);
  try {
    const { sampleRate, channels, seconds } = source.format;
    const expected = Math.min(Math.ceil((seconds ?? 60) * sampleRate), TRUSTED_FRAMES);
    const builder = new ClipBuilder(channels, Math.max(1, expected));
    const hasher = createAudioHasher(sampleRate, channels);
    const most = Math.floor(MAXIMUM_CLIP_BYTES / 4 / channels);
    for await (const block of source.blocks()) {
      if (builder.frames + block.frames > most) {
        const name = displayPath(path);
        throw new MediaError('limit', `${name}: more than ${MAXIMUM_CLIP_BYTES} bytes of samples`, { path: name });
      }
      builder.add(block.channels, block.frames);
      hasher.update(block.samples);
    }
    const format = { ...source.format, seconds: builder.frames / sampleRate };
    return {
      clip: { sampleRate, channels: builder.finish() },
      format,
      warnings: source.warnings,
      audioHash: hasher.digest(),
    };
  } finally {
    await source.close();
  }
}
