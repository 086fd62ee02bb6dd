import { type Clip, clipFrames, FeatureStream, type Features, type Kernels, Resampler, SampleBlock } from '@tutti/dsp';

/** Hz: what comes at another rate is converted, so that a sound gives the same features at whatever rate it is stored. */
const LISTENING_RATE = 44_100;
/** Frames that are converted at a time. */
const SLICE_FRAMES = 4096;
/**
 * Nothing is listened for above 16 kHz, so what is folded over from above a lower rate may reach down to 17.6 kHz, which
 * takes a quarter of the work; on the way up what there is has to be kept.
 */
const DOWN_BANDS = { passBand: 0.8, stopBand: 1.2 } as const;
const UP_BANDS = { passBand: 0.95, stopBand: 1.05 } as const;

/**
 * Features of a stream, measured at one rate whatever the rate of the samples: bins and frames lie at the same places for
 * every rate, and a sound that was resampled is heard as it was before.
 * Stages: samples -> 44.1 kHz -> `FeatureStream`, whose bands end where the samples' own rate ends.
 */
export class ListeningStream {
  readonly #features: FeatureStream;
  readonly #sampleRate: number;
  /** Null where the sound has the rate that it is listened to at. */
  readonly #conversion: {
    readonly resampler: Resampler;
    readonly input: SampleBlock;
    readonly output: SampleBlock;
  } | null = null;

  /** @throws DspError 'invalid-parameter' on options out of range, 'out-of-memory' when the kernels' memory is full */
  constructor(kernels: Kernels, { sampleRate, channels }: { sampleRate: number; channels: number }) {
    this.#sampleRate = sampleRate;
    if (sampleRate !== LISTENING_RATE) {
      const resampler = new Resampler(kernels, {
        ...{ channels, fromRate: sampleRate, toRate: LISTENING_RATE, maximumFrames: SLICE_FRAMES },
        ...(sampleRate > LISTENING_RATE ? DOWN_BANDS : UP_BANDS),
      });
      const input = new SampleBlock(kernels, channels, SLICE_FRAMES);
      const output = new SampleBlock(kernels, channels, resampler.maximumOutputFrames);
      this.#conversion = { resampler, input, output };
    }
    this.#features = new FeatureStream(kernels, { sampleRate: LISTENING_RATE, topHz: sampleRate / 2 });
  }

  /** Hz, of the samples. */
  get sampleRate(): number {
    return this.#sampleRate;
  }

  /** Hz, of the features. */
  get frameRate(): number {
    return this.#features.frameRate;
  }

  /** Takes the next samples. @throws DspError 'invalid-parameter' when a sample is not finite; reset it then */
  process(block: SampleBlock): void {
    if (this.#conversion === null) {
      this.#features.process(block);
      return;
    }
    const { resampler, input, output } = this.#conversion;
    const channels = block.channels();
    for (let done = 0; done < block.frames; done += SLICE_FRAMES) {
      input.write(channels, done, Math.min(SLICE_FRAMES, block.frames - done));
      resampler.process(input, output);
      this.#features.process(output);
    }
  }

  /** As `FeatureStream.holdsMoreThan`. */
  holdsMoreThan(frames: number): boolean {
    return this.#features.holdsMoreThan(frames);
  }

  /** As `FeatureStream.cut`. */
  cut(frames: number, from: number): Features {
    return this.#features.cut(frames, from);
  }

  /** As `FeatureStream.finish`. */
  finish(): Features {
    if (this.#conversion !== null) {
      this.#conversion.resampler.flush(this.#conversion.output);
      this.#features.process(this.#conversion.output);
    }
    return this.#features.finish();
  }

  /** Forgets all samples. */
  reset(): void {
    this.#features.reset();
    this.#conversion?.resampler.reset();
  }
}

/** Features of a whole clip. The kernels' memory is as it was afterwards. @throws DspError as `ListeningStream` */
export function featuresHeard(kernels: Kernels, clip: Clip): Features {
  const mark = kernels.mark();
  try {
    const channels = clip.channels.length;
    const stream = new ListeningStream(kernels, { sampleRate: clip.sampleRate, channels });
    const block = new SampleBlock(kernels, channels, SLICE_FRAMES);
    const frames = clipFrames(clip);
    for (let offset = 0; offset < frames; offset += SLICE_FRAMES) {
      block.write(clip.channels, offset, Math.min(SLICE_FRAMES, frames - offset));
      stream.process(block);
    }
    return stream.finish();
  } finally {
    kernels.release(mark);
  }
}
