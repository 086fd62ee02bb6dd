import {
  type Clip,
  clipFrames,
  FeatureStream,
  type Features,
  type Kernels,
  LevelMeter,
  type Loudness,
  LoudnessMeter,
  RealFft,
  SampleBlock,
  type Speaker,
  TruePeakMeter,
} from '@tutti/dsp';
import { embed } from './embedding/embedding.ts';
import { analyseEnergy } from './energy/energy-analysis.ts';
import { analyseKey, NO_KEY } from './key/key-analysis.ts';
import { loudnessAnalysis } from './loudness/loudness-analysis.ts';
import { remarksOn } from './remarks.ts';
import { semitoneSums } from './semitone-sums.ts';
import { analyseStructure, NO_STRUCTURE } from './structure/structure-analysis.ts';
import { analyseTempo, NO_TEMPO } from './tempo/tempo-analysis.ts';
import { TEMPOGRAM_FFT_SIZE } from './tempo/tempogram.ts';
import { analyseTimbre } from './timbre/timbre-analysis.ts';
import type { TrackAnalysis } from './track-analysis.ts';
import { evidenceOf, type TrackEvidence } from './track-evidence.ts';

/** Changes whenever the same samples may give another answer: what was stored under another version is stale. */
export const ANALYSER_VERSION = '5';

/** Less than this is too short for tempo, key and structure. */
const SHORTEST_SECONDS = 3;
/** Frames that `analyseClip` hands to the meters at a time. */
export const BLOCK_FRAMES = 65_536;

export interface TrackListenerOptions {
  /** Hz, 4000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** Where each channel belongs; in the order of WAVE and FLAC files when absent. */
  readonly speakers?: readonly Speaker[] | undefined;
}

/**
 * Listens to a track as it is decoded and says what it is: tempo and beats, key, loudness, structure, energy,
 * timbre, and where it lies among others. Samples are looked at once; what is kept is features, about 19 kB a second.
 * Blocks of any size give the same answer.
 */
export class TrackListener {
  readonly #kernels: Kernels;
  readonly #features: FeatureStream;
  readonly #loudness: LoudnessMeter;
  readonly #truePeak: TruePeakMeter;
  readonly #level: LevelMeter;
  readonly #fft: RealFft;

  /** @throws DspError 'invalid-parameter' on options out of range, 'out-of-memory' when the kernels' memory is full */
  constructor(kernels: Kernels, { sampleRate, channels, speakers }: TrackListenerOptions) {
    this.#kernels = kernels;
    this.#features = new FeatureStream(kernels, { sampleRate });
    this.#loudness = new LoudnessMeter(kernels, { sampleRate, channels, speakers });
    this.#truePeak = new TruePeakMeter(kernels, { sampleRate, channels });
    this.#level = new LevelMeter(kernels, { channels });
    this.#fft = new RealFft(kernels, TEMPOGRAM_FFT_SIZE);
  }

  /**
   * Takes the next samples, which it leaves as they are.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite; the listener has
   * to be reset then
   */
  push(block: SampleBlock): void {
    this.#loudness.process(block);
    this.#truePeak.process(block);
    this.#level.process(block);
    this.#features.process(block);
  }

  /** What was heard since the start or the last `finish` or `reset`; the listener is ready for the next track then. */
  finish(): TrackAnalysis {
    return this.#conclude().analysis;
  }

  /** As `finish`, with the curves that the answers rest on, for pictures. */
  finishWithEvidence(): { readonly analysis: TrackAnalysis; readonly evidence: TrackEvidence } {
    const { analysis, features } = this.#conclude();
    return { analysis, evidence: evidenceOf(this.#kernels, features, analysis) };
  }

  #conclude(): { readonly analysis: TrackAnalysis; readonly features: Features } {
    const loudness = this.#loudness.result();
    const features = this.#features.finish();
    const truePeak = this.#truePeak.result();
    const level = this.#level.result();
    const channelLevels = this.#level.channelLevels();
    this.reset();
    const heard = analyseFeatures(this.#kernels, features, loudness, this.#fft);
    const seconds = features.frames / features.frameRate;
    const analysis: TrackAnalysis = {
      ...heard,
      loudness: loudnessAnalysis(loudness, truePeak, level, features),
      ...remarksOn({
        ...{ seconds, sampleRate: this.#features.sampleRate, features, loudness, truePeak, level, channelLevels },
        ...{ tempo: heard.tempo, key: heard.key },
      }),
    };
    return { analysis, features };
  }

  /** Forgets all samples. */
  reset(): void {
    this.#features.reset();
    this.#loudness.reset();
    this.#truePeak.reset();
    this.#level.reset();
  }
}

/**
 * Analyses a decoded track at once. The kernels' memory is as it was afterwards.
 * @throws DspError as `TrackListener`
 */
export function analyseClip(kernels: Kernels, clip: Clip): TrackAnalysis {
  const mark = kernels.mark();
  try {
    const channels = clip.channels.length;
    const listener = new TrackListener(kernels, { sampleRate: clip.sampleRate, channels });
    const block = new SampleBlock(kernels, channels, BLOCK_FRAMES);
    const frames = clipFrames(clip);
    for (let offset = 0; offset < frames; offset += BLOCK_FRAMES) {
      block.write(clip.channels, offset, Math.min(BLOCK_FRAMES, frames - offset));
      listener.push(block);
    }
    return listener.finish();
  } finally {
    kernels.release(mark);
  }
}

function analyseFeatures(
  kernels: Kernels,
  features: Features,
  loudness: Loudness,
  fft: RealFft,
): Omit<TrackAnalysis, 'loudness' | 'warnings' | 'notes'> {
  const seconds = features.frames / features.frameRate;
  const energy = analyseEnergy(features, loudness);
  if (seconds < SHORTEST_SECONDS) {
    const timbre = analyseTimbre(features, false);
    return { tempo: NO_TEMPO, key: NO_KEY, structure: NO_STRUCTURE, energy, timbre, embedding: null };
  }
  const spectra = semitoneSums(features);
  const tempo = analyseTempo(features, spectra, fft);
  const structure = analyseStructure(features, spectra, tempo);
  const key = analyseKey(kernels, features, {
    phrases: tempo.kind === 'constant' ? structure.phrases : [],
    sections: structure.sections,
  });
  const timbre = analyseTimbre(features, tempo.kind !== 'none');
  const embedding = embed(kernels, features, { tempo, key, timbre });
  return { tempo, key, structure, energy, timbre, embedding };
}
