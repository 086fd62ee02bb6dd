import type { DitherKind, Kernels, PcmDither, SampleBlock } from '@tutti/dsp';
import type { TargetFile } from './target-file.ts';

export type SampleFormat = 'int16' | 'int24' | 'float32';

export interface AudioWriterOptions {
  /** Hz, 4000 to 384000 */
  readonly sampleRate: number;
  /** 1 to 8, in the order of WAV: FL FR FC LFE BL BR … */
  readonly channels: number;
  /** How samples are kept in WAV, AIFF and FLAC (no floats in FLAC); 'int16' when not said. */
  readonly sampleFormat?: SampleFormat | undefined;
  /**
   * How samples become integers where integers are kept; when not said, with triangular dither if they have 16 bits and
   * without if they have 24. From a seeded generator: the same sound gives the same bytes.
   */
  readonly dither?: DitherKind | undefined;
  /** Replace a file that is there. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Instead of TUTTI_FFMPEG or the one on PATH. */
  readonly ffmpegPath?: string | undefined;
}

/** What a format needs to do. It may change the block's samples. */
export interface Sink {
  write(block: SampleBlock): Promise<void>;
  /** Everything is in the file after this, which is not closed yet. */
  finish(): Promise<void>;
  abort?(): Promise<void>;
}

export interface SinkContext {
  readonly target: TargetFile;
  readonly kernels: Kernels;
  readonly block: SampleBlock;
  readonly sampleRate: number;
  readonly channels: number;
  readonly sampleFormat: SampleFormat;
  /** None where it is undefined, as always for floats. */
  readonly dither: PcmDither | undefined;
  readonly options: AudioWriterOptions;
}
