import type { SampleFormat } from './sink.ts';

/** How ffmpeg is asked for a format. */
export interface FfmpegFormat {
  /** Its name for the container. */
  readonly muxer: string;
  /** Encoder and quality: transparent for music, not the smallest. */
  readonly args: readonly string[];
  /** Encoders of a container for plain samples, instead. */
  readonly pcm?: Readonly<Record<SampleFormat, string>>;
}

const AIFF: FfmpegFormat = {
  muxer: 'aiff',
  args: [],
  pcm: { int16: 'pcm_s16be', int24: 'pcm_s24be', float32: 'pcm_f32be' },
};

/** By the name's ending. */
export const FFMPEG_FORMATS: Readonly<Record<string, FfmpegFormat>> = {
  mp3: { muxer: 'mp3', args: ['-c:a', 'libmp3lame', '-q:a', '0'] },
  ogg: { muxer: 'ogg', args: ['-c:a', 'libvorbis', '-q:a', '7'] },
  opus: { muxer: 'opus', args: ['-c:a', 'libopus', '-b:a', '192k'] },
  m4a: { muxer: 'ipod', args: ['-c:a', 'aac', '-b:a', '256k'] },
  aac: { muxer: 'adts', args: ['-c:a', 'aac', '-b:a', '256k'] },
  aiff: AIFF,
  aif: AIFF,
  caf: { muxer: 'caf', args: ['-c:a', 'pcm_f32le'] },
  wv: { muxer: 'wv', args: ['-c:a', 'wavpack'] },
  wma: { muxer: 'asf', args: ['-c:a', 'wmav2', '-b:a', '256k'] },
};
