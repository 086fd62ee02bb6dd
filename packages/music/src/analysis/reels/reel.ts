import {
  type BandCurves,
  type Features,
  type FrameSpan,
  featuresBetween,
  type Kernels,
  type RealFft,
} from '@tutti/dsp';
import { embed } from '../embedding/embedding.ts';
import { driveCurve } from '../energy/energy-analysis.ts';
import { type LoudShares, loudShares } from '../loudness/loud-shares.ts';
import { LOUDNESS_HOP_SECONDS } from '../loudness/loudness-analysis.ts';
import { monoPower } from '../mono-power.ts';
import { analyseMusic, later, type MusicAnalysis } from '../music-analysis.ts';
import { type StereoSums, stereoSums } from '../timbre/stereo-image.ts';
import { analyseTimbre, type TimbreWeights, timbreWeights } from '../timbre/timbre-analysis.ts';
import type { EmbeddingAnalysis, TimbreAnalysis } from '../track-analysis.ts';

/** Step of what is kept for pictures. */
export const COURSE_SECONDS = 1;

/** Times in seconds from the start of the whole sound. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** What is left of a reel when it was heard: nothing that is measured frame by frame. */
export interface Reel extends MusicAnalysis {
  /** All that was heard at once. Times in `tempo`, `structure` and `key` count from the start of the whole sound. */
  readonly heard: TimeSpan;
  /** What this reel speaks for where curves and statistics are concerned: up to the middle of each overlap. */
  readonly own: TimeSpan;
  /** Hz, of the features. */
  readonly frameRate: number;
  /** From `heard.start` on. */
  readonly drives: readonly (number | null)[];
  readonly loudShares: readonly LoudShares[];
  /** Mean square of the loudest section, by which the energies of the others are measured. */
  readonly loudestPower: number;
  /** Of its own stretch, as what follows. */
  readonly monoPower: number;
  readonly timbre: TimbreAnalysis;
  readonly timbreWeights: TimbreWeights;
  readonly stereo: StereoSums;
  readonly embedding: EmbeddingAnalysis | null;
  /** `Features.bandEnergies`, mean over steps of COURSE_SECONDS, for pictures. */
  readonly course: BandCurves;
}

/** Frames of a sound up to the end of a reel. */
export function frameCount({ heard, frameRate }: Reel): number {
  return Math.round(heard.end * frameRate);
}

/** What `hearReel` has to know of a reel's place. */
export interface ReelPlace {
  /** Frame of the whole sound that is the first of the reel. */
  readonly origin: number;
  /** Frames of the reel that it speaks for. */
  readonly own: FrameSpan;
}

/** Listens to a reel. @param fft of TEMPOGRAM_FFT_SIZE */
export function hearReel(kernels: Kernels, features: Features, fft: RealFft, { origin, own }: ReelPlace): Reel {
  const { frames, frameRate } = features;
  const music = analyseMusic(kernels, features, fft);
  const part = featuresBetween(features, own, origin);
  const timbre = analyseTimbre(kernels, part, music.tempo.kind !== 'none');
  const span = ({ from, to }: FrameSpan): TimeSpan => ({
    start: (origin + from) / frameRate,
    end: (origin + to) / frameRate,
  });
  const loudest = music.structure.sections.find(({ energy }) => energy === 1);
  const at = (seconds: number) => Math.max(0, Math.round((seconds - features.startSeconds) * frameRate));
  return {
    ...later(music, origin / frameRate),
    heard: span({ from: 0, to: frames }),
    own: span(own),
    frameRate,
    drives: driveCurve(kernels, features),
    loudShares: loudShares(kernels, features, LOUDNESS_HOP_SECONDS),
    loudestPower: loudest ? monoPower(features, at(loudest.start), Math.min(frames, at(loudest.end))) : 0,
    monoPower: monoPower(part, 0, part.frames),
    timbre,
    timbreWeights: timbreWeights(part),
    stereo: stereoSums(part),
    embedding: embed(kernels, part, { tempo: music.tempo, key: music.key, timbre }),
    course: courseOf(part),
  };
}

function courseOf({ frames, frameRate, bandEnergies: { low, mid, high } }: Features): BandCurves {
  const step = COURSE_SECONDS * frameRate;
  const coarse = (curve: Float32Array) =>
    Float32Array.from({ length: Math.ceil(frames / step) }, (_, i) => {
      const within = curve.subarray(Math.round(i * step), Math.round((i + 1) * step));
      return within.reduce((sum, value) => sum + value, 0) / Math.max(1, within.length);
    });
  return { low: coarse(low), mid: coarse(mid), high: coarse(high) };
}
