import type { SampleBlock } from '../block.ts';
import { DspError, requireInRange } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { GrowingRows } from './growing-rows.ts';
import { stereoRowsBefore } from './stereo-rows.ts';

/** Bands of `Features.melFrames`: triangles, evenly spaced on HTK's mel scale from 30 Hz to 16 kHz. */
export const MEL_BANDS = 40;
/** Bins of `Features.pitchFrames`: bin b has its centre at 55 Hz * 2^(b / 36), so A4 = 440 Hz is bin 108. */
export const PITCH_BINS = 216;
export const PITCH_BINS_PER_OCTAVE = 36;
export const LOWEST_PITCH_HZ = 55;

/** Values of a frame of `Features.timbreFrames`, and where each begins. */
export const TIMBRE_VALUES = 12;
export const TIMBRE_COLUMNS = {
  /** Hz: mean frequency from 30 Hz to 16 kHz, weighted by amplitude. */
  centroid: 0,
  /** Hz: standard deviation around it. */
  spread: 1,
  /** Hz: below it lie 85 % of the amplitudes. */
  rolloff: 2,
  /** 0 (a tone) to 1: geometric over arithmetic mean of the power from 250 Hz to 8 kHz; 1 when nothing sounds there. */
  flatness: 3,
  /** Per second: changes of sign from one sample to the next. */
  zeroCrossings: 4,
  /** dB, at least 0, one for each of the CONTRAST_BANDS; 0 where the sample rate leaves a band empty. */
  contrast: 5,
} as const;
/** Bands of the contrast: below 200 Hz, and the six octaves from there to 12.8 kHz. */
export const CONTRAST_BANDS = 7;
/** Values of a frame of `Features.stereoFrames`: three for each of the bands low, mid, high. */
export const STEREO_VALUES = 9;

export const FRAMES_PER_MEL = 4;
export const FRAMES_PER_PITCH = 8;
export const FRAMES_PER_TIMBRE = 8;
/** About. */
const FRAMES_PER_STEREO = 16;
/** Where a stream can be cut: at multiples of it, and at the end of the sound. */
export const CUT_FRAMES = 8;
const ROWS = 7;
/** Few songs are longer: five and a half minutes. */
const USUAL_FRAMES = 32_768;

/** One curve per band: below 150 Hz, from there to 4 kHz, and above. */
export interface BandCurves {
  readonly low: Float32Array;
  readonly mid: Float32Array;
  readonly high: Float32Array;
}

/**
 * What a track's sound is made of over time, as `FeatureStream` measures it. Frame k of a rate stands for sample
 * k * sampleRate / rate; what lies before the first and behind the last sample counts as silence.
 */
export interface Features {
  /** Hz; sampleRate / hop, about 100: exactly 100 at 44.1 kHz and 48 kHz. */
  readonly frameRate: number;
  /** One for every hop begun: ceil(samples / hop). */
  readonly frames: number;
  /**
   * [frames] onset strength, at least 0: mean rise of the compressed level of all bands up to 10 kHz, in nepers of what
   * is loud beside the programme. The level of the sound does not matter.
   * Timing: the peak of an attack, refined by a parabola through its neighbours, lies within 2.5 ms of the attack, give
   * or take 2 ms for where it falls between two frames. In the median, measured at 44.1 kHz: 2.5 ms before a
   * single-sample click, 1 to 2 ms before a loud hi-hat or kick, at a snare drum, 1 to 2 ms behind the start of a note
   * that takes 5 ms to rise; quiet attacks over noise come up to 4 ms later than loud ones.
   */
  readonly onset: Float32Array;
  /** [frames] the same over the bands of three ranges; 0 where the sample rate leaves a range empty. */
  readonly bandOnsets: BandCurves;
  /**
   * [frames] mean square of the mono signal in three ranges (a full-scale sine: 0.5). The centre of gravity of the frame,
   * for these and for `melFrames`, is 5 ms before its time.
   */
  readonly bandEnergies: BandCurves;
  /** When the first frame is, in seconds from the start of the sound; 0 where nothing was left out or put before. */
  readonly startSeconds: number;
  /** Hz; frameRate / 4. */
  readonly melFrameRate: number;
  readonly melBands: number;
  /**
   * [frames / 4, rounded up][melBands] power of mel bands in dB (a full-scale sine: about 0), at least -150, mean over
   * four frames: those from 4 i on. Bands above half the sample rate are at -150.
   */
  readonly melFrames: Float32Array;
  /** Hz; frameRate / 8. */
  readonly timbreFrameRate: number;
  /**
   * [frames / 8, rounded up][TIMBRE_VALUES] what the mean power spectrum of eight frames, those from 8 i on, looks like,
   * as TIMBRE_COLUMNS says; all 0 in silence. Below 8 kHz or 16 kHz of sample rate the ranges end at half of it.
   */
  readonly timbreFrames: Float32Array;
  /**
   * [about frames / 16][STEREO_VALUES] of the frames k whose 40503 k modulo 65536 is below 4096: the first, and then
   * ones 8, 13 or 21 apart, so that they keep step with no beat. For each of the three bands: mean square of mid (the
   * mono signal), mean square of side (half the difference of the first two channels; 0 when there is but one), and the
   * mean of their product.
   */
  readonly stereoFrames: Float32Array;
  /** Hz; frameRate / 8. */
  readonly pitchFrameRate: number;
  readonly pitchBins: number;
  /**
   * [frames / 8, rounded up][pitchBins] amplitude in bands a third of a semitone apart (a full-scale sine on a bin's
   * centre: 1). Bins that do not lie below half the sample rate are 0.
   */
  readonly pitchFrames: Float32Array;
}

/**
 * Measures a stream of samples in one pass, in constant kernel memory: onset strength, energies, mel bands and pitch.
 * Stages: mix to mono
 *   -> short frames (43 ms, about every 10 ms): power spectrum -> energies of three bands
 *        -> 96 mel bands up to 10 kHz -> ln(1 + 10 amplitude / level of the programme), which is the mean over the past
 *           10 s, each frame weighted by its own level -> rise over the loudest of three neighbours one frame before -> mean
 *        -> mean over four frames -> 40 mel bands in dB
 *        -> mean over eight frames -> centroid, spread, roll-off; flatness; in groups of bins 172 Hz wide the largest and
 *                                     the smallest, and the ratio of their means in each octave: contrast
 *   -> half the difference of two channels: power, and cross power with the mono signal, in three bands
 *   -> half-band decimation to 10 to 20 kHz -> long frames (372 ms) -> power spectrum -> bands a third of a semitone apart
 * The short frame's window is skewed: its peak is at the frame's own sample, a quarter of it lies ahead and three
 * quarters behind, so that an attack is seen when it happens and low notes are still resolved.
 * The same samples give the same bits, however they are cut into blocks.
 * Sources: S. Böck and G. Widmer, "Maximum filter vibrato suppression for onset detection", DAFx 2013. G. Tzanetakis and
 * P. Cook, "Musical genre classification of audio signals", IEEE TSAP 10 (2002): centroid and roll-off by amplitude. D.-N.
 * Jiang et al., "Music type classification by spectral contrast feature", ICME 2002: peaks against valleys in octaves;
 * there the fifth of the bins that is strongest and weakest, here one of every eight neighbours, which needs no sorting.
 */
export class FeatureStream {
  readonly sampleRate: number;
  readonly #kernels: Kernels;
  readonly #state: number;
  readonly #hop: number;
  readonly #rows = Array.from({ length: ROWS }, () => new GrowingRows(USUAL_FRAMES));
  readonly #mel = new GrowingRows((USUAL_FRAMES / FRAMES_PER_MEL) * MEL_BANDS);
  readonly #timbre = new GrowingRows((USUAL_FRAMES / FRAMES_PER_TIMBRE) * TIMBRE_VALUES);
  readonly #stereo = new GrowingRows((USUAL_FRAMES / FRAMES_PER_STEREO) * STEREO_VALUES);
  readonly #pitch = new GrowingRows((USUAL_FRAMES / FRAMES_PER_PITCH) * PITCH_BINS);
  /** Frame of the stream that is the first in the rows. */
  #origin = 0;

  /**
   * @param options.sampleRate Hz, 4000 to 192000
   * @param options.topHz where what there is to hear ends, 2000 at least: of samples that were converted to this rate, half
   * the rate that they had; half the sample rate when absent, or when that is lower
   * @throws DspError 'invalid-parameter' on options out of range, 'out-of-memory' when the arena is full
   */
  constructor(kernels: Kernels, { sampleRate, topHz = sampleRate / 2 }: { sampleRate: number; topHz?: number }) {
    requireInRange('sampleRate', sampleRate, 4000, 192_000);
    requireInRange('topHz', topHz, 2000, 96_000);
    this.sampleRate = sampleRate;
    this.#kernels = kernels;
    this.#hop = kernels.wasm.featureStreamHop(sampleRate);
    this.#state = kernels.wasm.featureStreamCreate(sampleRate, Math.min(topHz, sampleRate / 2));
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a feature stream');
  }

  /**
   * Takes the next samples.
   * @throws DspError 'invalid-parameter' when a sample is not finite; the stream must be reset then
   */
  process(block: SampleBlock): void {
    const { wasm } = this.#kernels;
    const first = block.pointer(0);
    const stride = block.channelCount > 1 ? block.pointer(1) - first : 0;
    for (let done = 0; done < block.frames; ) {
      const left = block.frames - done;
      const taken = wasm.featureStreamPush(this.#state, first + done * 4, stride, block.channelCount, left);
      if (taken < 0) throw new DspError('invalid-parameter', 'a sample is not finite');
      done += taken;
      // Its rows are full.
      if (done < block.frames) this.#drain();
    }
  }

  /** Hz; sampleRate / hop. */
  get frameRate(): number {
    return this.sampleRate / this.#hop;
  }

  /**
   * Whether more than so many frames were measured and not cut off, and the first of them are whole: curves and spectra
   * are ready at different times.
   */
  holdsMoreThan(frames: number): boolean {
    if (this.#rows[0]!.length <= frames) return false;
    const sizes = this.#sizes(frames);
    return this.#all().every((rows, i) => rows.length >= sizes[i]!);
  }

  /**
   * Hands over the first frames of those that are held, and forgets what lies before another place: a stream of any
   * length is measured in stretches, which may overlap, in memory that does not grow.
   * @param frames a multiple of CUT_FRAMES, so many that `holdsMoreThan(frames)`
   * @param from where the next stretch begins, counted as `frames`; a multiple of CUT_FRAMES and no more than `frames`
   */
  cut(frames: number, from: number): Features {
    const ends = this.#sizes(frames);
    const starts = this.#sizes(from);
    const taken = this.#all().map((rows, i) => rows.cut(ends[i]!, starts[i]!));
    this.#origin += from;
    return this.#featuresOf(taken);
  }

  /**
   * What was measured since the start, the last `finish` or `reset`, or from where the last `cut` goes on; the stream is
   * ready for the next track then.
   */
  finish(): Features {
    this.#drain();
    this.#kernels.wasm.featureStreamFinish(this.#state);
    this.#drain();
    const features = this.#featuresOf(this.#all().map((rows) => rows.take()));
    this.reset();
    return features;
  }

  #all(): GrowingRows[] {
    return [...this.#rows, this.#mel, this.#timbre, this.#stereo, this.#pitch];
  }

  /** Values of the first frames that are held in each of `#all`. */
  #sizes(frames: number): number[] {
    const stereo = stereoRowsBefore(this.#origin + frames) - stereoRowsBefore(this.#origin);
    return [
      ...new Array<number>(ROWS).fill(frames),
      (frames / FRAMES_PER_MEL) * MEL_BANDS,
      (frames / FRAMES_PER_TIMBRE) * TIMBRE_VALUES,
      stereo * STEREO_VALUES,
      (frames / FRAMES_PER_PITCH) * PITCH_BINS,
    ];
  }

  /** @param taken values of each of `#all` */
  #featuresOf(taken: readonly Float32Array[]): Features {
    const [onset, lowOnset, midOnset, highOnset, low, mid, high, mel, timbre, stereo, pitch] = taken;
    const { frameRate } = this;
    return {
      frameRate,
      startSeconds: 0,
      frames: onset!.length,
      onset: onset!,
      bandOnsets: { low: lowOnset!, mid: midOnset!, high: highOnset! },
      bandEnergies: { low: low!, mid: mid!, high: high! },
      melFrameRate: frameRate / FRAMES_PER_MEL,
      melBands: MEL_BANDS,
      melFrames: mel!,
      timbreFrameRate: frameRate / FRAMES_PER_TIMBRE,
      timbreFrames: timbre!,
      stereoFrames: stereo!,
      pitchFrameRate: frameRate / FRAMES_PER_PITCH,
      pitchBins: PITCH_BINS,
      pitchFrames: pitch!,
    };
  }

  /** Forgets all samples. */
  reset(): void {
    this.#kernels.wasm.featureStreamReset(this.#state);
    for (const rows of this.#all()) rows.take();
    this.#origin = 0;
  }

  #drain(): void {
    const { wasm } = this.#kernels;
    const frames = wasm.featureStreamFrames(this.#state);
    this.#rows.forEach((rows, i) => {
      rows.append(this.#kernels.floats(wasm.featureStreamRow(this.#state, i), frames));
    });
    const melValues = wasm.featureStreamMelFrames(this.#state) * MEL_BANDS;
    this.#mel.append(this.#kernels.floats(wasm.featureStreamMel(this.#state), melValues));
    const timbreValues = wasm.featureStreamTimbreFrames(this.#state) * TIMBRE_VALUES;
    this.#timbre.append(this.#kernels.floats(wasm.featureStreamTimbre(this.#state), timbreValues));
    const stereoValues = wasm.featureStreamStereoFrames(this.#state) * STEREO_VALUES;
    this.#stereo.append(this.#kernels.floats(wasm.featureStreamStereo(this.#state), stereoValues));
    const pitchValues = wasm.featureStreamPitchFrames(this.#state) * PITCH_BINS;
    this.#pitch.append(this.#kernels.floats(wasm.featureStreamPitch(this.#state), pitchValues));
    wasm.featureStreamDrained(this.#state);
  }
}
