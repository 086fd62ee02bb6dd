import { FeatureStream, type Features, type Kernels, partialMotion, SampleBlock } from '@tutti/dsp';
import { vocalActivity } from '../../analysis/structure/vocals.ts';
import { audibleFrames } from '../../analysis/timbre/audible-frames.ts';
import { analyseTimbre } from '../../analysis/timbre/timbre-analysis.ts';
import type { Excerpt } from '../../mastering/measure/excerpt-keeper.ts';

/** What a stem sounds like, in the figures that its kind is told by. None changes with its level. */
export interface StemSound {
  /** How far partials stand out of the spectrum, summed over those above 80 Hz: 0.5 for drums, 10 for chords. */
  readonly partials: number;
  /** 0 (tones) to 1 (noise) */
  readonly flatness: number;
  /** Share of what lies below 150 Hz, 0 to 1. */
  readonly lowShare: number;
  /** How likely somebody sings, mean over the seconds that sound, 0 to 1. */
  readonly singing: number;
  readonly onsetsPerSecond: number;
  readonly centroidHz: number;
}

/** Partials from here on, in bins of a third of a semitone from 55 Hz: 80 Hz. */
const FIRST_BIN = 20;
/** Room to both sides that a partial stands out from; the rest as for voices. */
const AROUND_BINS = 6;
const PROMINENCE = 2 ** 0.25;
const FAINTEST = 10 ** (-50 / 20);
const HELD_BINS = 0.3;
const SAME_BINS = 2;
/** Short frames of a frame of pitch. */
const SHORT_PER_PITCH = 8;
/** A second with less than this share of the mean power is a pause. */
const PAUSE = 0.05;
const BLOCK_FRAMES = 16_384;

/**
 * Measures what tells the kind of a stem, on excerpts of it. The kernels' memory is as it was afterwards.
 * @param excerpts of two channels
 * @returns null when nothing is heard
 */
export function stemSound(kernels: Kernels, sampleRate: number, excerpts: readonly Excerpt[]): StemSound | null {
  const mark = kernels.mark();
  try {
    const stream = new FeatureStream(kernels, { sampleRate });
    const block = new SampleBlock(kernels, 2, BLOCK_FRAMES);
    for (const { channels } of excerpts) {
      const frames = channels[0]!.length;
      for (let at = 0; at < frames; at += BLOCK_FRAMES) {
        block.write(channels, at, Math.min(BLOCK_FRAMES, frames - at));
        stream.process(block);
      }
    }
    return soundOf(kernels, stream.finish());
  } finally {
    kernels.release(mark);
  }
}

function soundOf(kernels: Kernels, features: Features): StemSound | null {
  const timbre = analyseTimbre(kernels, features, false);
  if (timbre.flatness === null || timbre.centroidHz === null) return null;
  const { low, mid, high } = features.bandEnergies;
  const powers = low.map((value, i) => value + mid[i]! + high[i]!);
  const total = sum(powers, 0, powers.length);
  if (total <= 0) return null;
  return {
    partials: prominenceOf(kernels, features),
    flatness: timbre.flatness.mean,
    lowShare: sum(low, 0, low.length) / total,
    singing: singingOf(kernels, features, powers, total),
    onsetsPerSecond: timbre.onsetsPerSecond ?? 0,
    centroidHz: timbre.centroidHz.mean,
  };
}

function prominenceOf(kernels: Kernels, features: Features): number {
  const { pitchFrames, pitchBins, bandEnergies } = features;
  const { all } = partialMotion(kernels, pitchFrames, pitchBins, {
    first: FIRST_BIN,
    end: pitchBins - AROUND_BINS,
    around: AROUND_BINS,
    prominence: PROMINENCE,
    faintest: FAINTEST,
    heldBins: HELD_BINS,
    sameBins: SAME_BINS,
  });
  const frames = audibleFrames(bandEnergies, SHORT_PER_PITCH).filter((frame) => frame < all.length);
  return frames.reduce((total, frame) => total + all[frame]!, 0) / Math.max(1, frames.length);
}

function singingOf(kernels: Kernels, features: Features, powers: Float32Array, total: number): number {
  const vocals = vocalActivity(kernels, features);
  if (vocals === null) return 0;
  const perSecond = features.frameRate * vocals.hopSeconds;
  const least = PAUSE * perSecond * (total / powers.length);
  const heard = vocals.values.filter(
    (_, second) => sum(powers, Math.round(second * perSecond), Math.round((second + 1) * perSecond)) > least,
  );
  return heard.reduce((a, b) => a + b, 0) / Math.max(1, heard.length);
}

function sum(values: Float32Array, from: number, to: number): number {
  let result = 0;
  for (let i = from; i < Math.min(to, values.length); i++) result += values[i]!;
  return result;
}
