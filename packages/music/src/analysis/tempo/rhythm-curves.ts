import { type Features, type Kernels, levelledRises } from '@tutti/dsp';

/** Half of the span over which the background of an onset curve is taken away: about one beat in all. */
const BACKGROUND_SECONDS = 0.5;
/** Half of the span over which onset strength is brought to one level, so that a quiet verse counts like a loud chorus. */
const LEVEL_SECONDS = 4;
/** Share of the whole track's level below which a passage is not raised any further: silence must not become rhythm. */
const LEVEL_FLOOR = 0.2;
/** Weight of bass onsets in the pulse curve: kick and bass mark beats more often than what is above them. */
const BASS_WEIGHT = 0.5;

/** Onset curves prepared for rhythm: background removed, levelled over time. All have the same length and frame rate. */
export interface RhythmCurves {
  readonly frameRate: number;
  readonly frames: number;
  /** All bands and once more the bass, smoothed over about two frames: where beats are tracked. */
  readonly pulse: Float32Array;
  readonly all: Float32Array;
  readonly low: Float32Array;
  readonly mid: Float32Array;
  readonly high: Float32Array;
}

/**
 * Prepares the onset curves of a track.
 * Stages: minus the mean over +-0.5 s -> rectify -> divide by the local root mean square over +-4 s.
 * @param kernels lend memory for the time of the call
 */
export function rhythmCurves(kernels: Kernels, features: Features): RhythmCurves {
  const { frameRate, frames, onset, bandOnsets } = features;
  const flatten = (curve: Float32Array) =>
    levelledRises(kernels, curve, {
      background: Math.round(BACKGROUND_SECONDS * frameRate),
      around: Math.round(LEVEL_SECONDS * frameRate),
      floor: LEVEL_FLOOR,
    });
  const all = flatten(onset);
  const low = flatten(bandOnsets.low);
  const sum = new Float32Array(frames);
  for (let i = 0; i < frames; i++) sum[i] = all[i]! + BASS_WEIGHT * low[i]!;
  return {
    frameRate,
    frames,
    pulse: smooth(sum),
    all,
    low,
    mid: flatten(bandOnsets.mid),
    high: flatten(bandOnsets.high),
  };
}

/** A Gaussian with a standard deviation of one frame. */
function smooth(values: Float32Array): Float32Array {
  const one = Math.exp(-0.5);
  const two = Math.exp(-2);
  const scale = 1 / (1 + 2 * one + 2 * two);
  const padded = new Float32Array(values.length + 4);
  padded.set(values, 2);
  const result = new Float32Array(values.length);
  for (let i = 0; i < result.length; i++) {
    const sides = one * (padded[i + 1]! + padded[i + 3]!) + two * (padded[i]! + padded[i + 4]!);
    result[i] = scale * (padded[i + 2]! + sides);
  }
  return result;
}
