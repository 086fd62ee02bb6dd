import type { SampleBlock, Speaker } from '@tutti/dsp';

/** What a file holds. */
export interface AudioFormat {
  /** `wav`, `aiff`, `flac`, `ogg`, `mp3`, or ffmpeg's name for it. */
  readonly container: string;
  /** `pcm`, `float`, `alaw`, `mulaw`, `flac`, `vorbis`, `opus`, `mp3`, or ffmpeg's name for it. */
  readonly codec: string;
  /** Hz */
  readonly sampleRate: number;
  readonly channels: number;
  /** Where each channel belongs, of more than two and where the file or its codec says so. */
  readonly speakers?: readonly Speaker[];
  /** As the file declares it; measured in the result of `decodeFile`. Null when unknown. */
  readonly seconds: number | null;
  readonly bitsPerSample?: number;
  readonly lossless: boolean;
}

/**
 * A run of samples. The channels are views that are good until the next block is asked for: copy what has to last.
 */
export interface AudioBlock {
  /** Planar, each `frames` long, nominal range [-1, 1], all finite. */
  readonly channels: readonly Float32Array[];
  readonly frames: number;
  /** The same samples in the memory of the kernels that the file was opened with: to be read, not to be changed. */
  readonly samples: SampleBlock;
}

/** An open file, to be read once from front to back. */
export interface AudioSource {
  readonly format: AudioFormat;
  /** What was odd so far; complete after the last block. */
  readonly warnings: readonly string[];
  /** The samples from the first real one on, encoder delay and padding removed. May be called once. */
  blocks(): AsyncGenerator<AudioBlock, void, undefined>;
  /** Frees everything; may be called at any time and more than once. */
  close(): Promise<void>;
}

/** What each format's reader gives to `openAudio`; it owns neither the file nor the kernels. */
export interface Decoder {
  readonly format: AudioFormat;
  /** Fills one block after the other. Stops at the first fault that cannot be bridged, with a warning. */
  blocks(): AsyncGenerator<SampleBlock, void, undefined>;
  close?(): Promise<void>;
}
