import {
  type Clip,
  CUT_FRAMES,
  clipFrames,
  FeatureStream,
  type Features,
  type Kernels,
  Resampler,
  SampleBlock,
} from '@tutti/dsp';
import { FirstSound } from './first-sound.ts';

/** Hz: what comes at another rate is converted, so that a sound gives the same features at whatever rate it is stored. */
const LISTENING_RATE = 44_100;
/** Frames that are measured at a time. */
const SLICE_FRAMES = 4096;
/**
 * Nothing is listened for above 16 kHz, so what is folded over from above a lower rate may reach down to 17.6 kHz, which
 * takes a quarter of the work; on the way up what there is has to be kept.
 */
const DOWN_BANDS = { passBand: 0.8, stopBand: 1.2 } as const;
const UP_BANDS = { passBand: 0.95, stopBand: 1.05 } as const;

/**
 * Features of a stream that do not depend on how the sound is stored. They are measured at one rate whatever the rate of the
 * samples, so bins and frames lie at the same places for every rate. And the first sound falls on a frame at which features
 * can be cut, so all frames see the same samples however long the silence before is: it counts in whole stretches of
 * CUT_FRAMES frames, and what is left of it is `Features.startSeconds`.
 * Stages: silence before the first sound (see `FirstSound`) -> whole stretches of it;
 * samples -> 44.1 kHz -> `FeatureStream`, whose bands end where the samples' own rate ends.
 */
export class ListeningStream {
  readonly #features: FeatureStream;
  readonly #sampleRate: number;
  readonly #firstSound: FirstSound;
  readonly #input: SampleBlock;
  /** Null where the sound has the rate that it is listened to at. */
  readonly #conversion: { readonly resampler: Resampler; readonly output: SampleBlock } | null = null;
  /** Samples in a stretch, at the listening rate. */
  readonly #stretch: number;
  /** Frames that came, as long as the start is listened for, and the last of them. */
  #frames = 0;
  #past: Float32Array[];
  /** Where the sound begins that is measured; null where none is yet. */
  #start: number | null = null;
  /** Stretches of silence before it that were measured. */
  #stretches = 0;
  #isSettled = false;

  /** @throws DspError 'invalid-parameter' on options out of range, 'out-of-memory' when the kernels' memory is full */
  constructor(kernels: Kernels, { sampleRate, channels }: { sampleRate: number; channels: number }) {
    this.#sampleRate = sampleRate;
    if (sampleRate !== LISTENING_RATE) {
      const resampler = new Resampler(kernels, {
        ...{ channels, fromRate: sampleRate, toRate: LISTENING_RATE, maximumFrames: SLICE_FRAMES },
        ...(sampleRate > LISTENING_RATE ? DOWN_BANDS : UP_BANDS),
      });
      this.#conversion = { resampler, output: new SampleBlock(kernels, channels, resampler.maximumOutputFrames) };
    }
    this.#features = new FeatureStream(kernels, { sampleRate: LISTENING_RATE, topHz: sampleRate / 2 });
    this.#firstSound = new FirstSound(sampleRate);
    this.#stretch = (CUT_FRAMES * LISTENING_RATE) / this.#features.frameRate;
    this.#input = new SampleBlock(kernels, channels, SLICE_FRAMES);
    this.#past = Array.from({ length: channels }, () => new Float32Array());
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
    if (!this.#isSettled) this.#listenForStart(block);
    else if (this.#conversion === null) this.#features.process(block);
    else this.#measure(block.channels(), 0, block.frames);
  }

  /** As `FeatureStream.holdsMoreThan`. */
  holdsMoreThan(frames: number): boolean {
    return this.#features.holdsMoreThan(frames);
  }

  /** As `FeatureStream.cut`. */
  cut(frames: number, from: number): Features {
    // What was handed on cannot begin anew.
    this.#isSettled = this.#start !== null;
    return this.#placed(this.#features.cut(frames, from));
  }

  /** As `FeatureStream.finish`. */
  finish(): Features {
    const { place } = this.#firstSound;
    if (!this.#isSettled && place !== null && place !== this.#start) this.#begin(place, this.#past);
    if (this.#conversion !== null) {
      this.#conversion.resampler.flush(this.#conversion.output);
      this.#features.process(this.#conversion.output);
    }
    const features = this.#placed(this.#features.finish());
    this.reset();
    return features;
  }

  /** Forgets all samples. */
  reset(): void {
    this.#features.reset();
    this.#conversion?.resampler.reset();
    this.#firstSound.reset();
    this.#frames = 0;
    this.#past = this.#past.map(() => new Float32Array());
    this.#start = null;
    this.#stretches = 0;
    this.#isSettled = false;
  }

  #placed(features: Features): Features {
    const silence = (this.#start ?? this.#frames) / this.#sampleRate;
    return { ...features, startSeconds: silence - (this.#stretches * this.#stretch) / LISTENING_RATE };
  }

  /** Measures a block, or the sound from its start on where that is another one than was thought. */
  #listenForStart(block: SampleBlock): void {
    const own = block.channels().map((samples) => samples.subarray(0, block.frames));
    this.#firstSound.look(own, block.frames);
    this.#frames += block.frames;
    const { place, isTold, isSettled, attackFrames } = this.#firstSound;
    const known = this.#past.map((samples, channel) => joined(samples, own[channel]!));
    if (place !== null && place !== this.#start && isTold) this.#begin(place, known);
    else if (this.#start !== null) this.#measure(own, 0, block.frames);
    else this.#measureSilence(place ?? this.#frames);
    this.#past = known.map((samples) => samples.slice(Math.max(0, samples.length - attackFrames)));
    this.#isSettled = isSettled;
  }

  /** @param known the samples up to now */
  #begin(place: number, known: readonly Float32Array[]): void {
    if (this.#start !== null) {
      this.#features.reset();
      this.#conversion?.resampler.reset();
      this.#stretches = 0;
    }
    this.#start = place;
    this.#measureSilence(place);
    const count = known[0]!.length;
    this.#measure(known, place - (this.#frames - count), count);
  }

  /** Measures the whole stretches in so many frames of silence at the start, as far as that was not done. */
  #measureSilence(frames: number): void {
    const stretches = Math.floor((frames * LISTENING_RATE) / (this.#sampleRate * this.#stretch));
    for (; this.#stretches < stretches; this.#stretches++) {
      this.#input.silence(this.#stretch);
      this.#features.process(this.#input);
    }
  }

  #measure(channels: readonly Float32Array[], from: number, to: number): void {
    for (let done = from; done < to; done += SLICE_FRAMES) {
      this.#input.write(channels, done, Math.min(SLICE_FRAMES, to - done));
      this.#conversion?.resampler.process(this.#input, this.#conversion.output);
      this.#features.process(this.#conversion?.output ?? this.#input);
    }
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

function joined(before: Float32Array, behind: Float32Array): Float32Array {
  const all = new Float32Array(before.length + behind.length);
  all.set(before);
  all.set(behind, before.length);
  return all;
}
