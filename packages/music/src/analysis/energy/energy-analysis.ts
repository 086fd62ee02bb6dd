import { type Features, type FrameSpan, type Kernels, type Loudness, loudestLevel, melRises } from '@tutti/dsp';
import type { EnergyAnalysis } from '../track-analysis.ts';

/** Of the curve. */
export const ENERGY_HOP_SECONDS = 0.5;
/** Half of the span over which each value of the curve is averaged. */
const SPAN_SECONDS = 1;

/**
 * Ranges that count from nothing to all, near enough what the calmest and the most driving tenth of moments have in
 * music from solo piano to drum and bass.
 */
const ACTIVITY_DB = [10, 50] as const;
const BRIGHTNESS_DB = [-35, -8] as const;
/** Loudness beside that of the whole track. */
const DYNAMICS_LU = [-20, 4] as const;
/** What each part counts: of the drive, and of a moment's energy. */
const DRIVE_SHARES = { activity: 0.6, brightness: 0.4 } as const;
const ENERGY_SHARES = { drive: 0.6, dynamics: 0.4 } as const;
/** The level of a track is that of its livelier part: the 70th percentile. */
const LIVELY = 0.7;
const GATE_LUFS = -70;
/** What is further below the loudest band of the track takes no part in the activity. */
const ACTIVITY_DEPTH_DB = 40;

/** Of what sound the energy is asked: how long it is, in frames, and how long these are. */
type Extent = Pick<Features, 'frames' | 'frameRate'>;

/**
 * How much drive a track has over time, and in all.
 * The drive of a moment is 0.6 of its activity (mean rise of the mel bands, of what lies within 40 dB of the track's
 * loudest, 10 to 50 dB a second, on a logarithmic scale) and 0.4 of its brightness (share of what lies above 4 kHz, -35 to
 * -8 dB), each from 0 to 1. Its energy is 0.6 of the drive and 0.4 of its momentary loudness beside the integrated one (-20
 * to 4 LU). The level is 1 + 9 times the 70th percentile of the drive, rounded. How loud a track was mastered is no part
 * of either: a quieter copy has the same energy.
 * @param kernels lend memory for the time of the call
 * @returns level null for silence
 */
export function analyseEnergy(kernels: Kernels, features: Features, loudness: Loudness): EnergyAnalysis {
  return energyOf(driveCurve(kernels, features), loudness, features);
}

/** The drive of each half second begun, null where nothing sounds; the first half of the analysis of the energy. */
export function driveCurve(kernels: Kernels, features: Features): (number | null)[] {
  const { melFrames, melBands } = features;
  const rises = melRises(kernels, melFrames, melBands, loudestLevel(kernels, melFrames) - ACTIVITY_DEPTH_DB);
  return Array.from({ length: momentCount(features) }, (_, i) => driveAt(features, rises, spanOf(features, i)));
}

/** The second half of the analysis of the energy. @param drives a value for each half second of the extent begun */
export function energyOf(drives: readonly (number | null)[], loudness: Loudness, extent: Extent): EnergyAnalysis {
  const { integratedLufs, momentary } = loudness;
  const heard: number[] = [];
  const values = drives.map((drive, i) => {
    const { from, to } = spanOf(extent, i);
    const lufs = meanLoudness(momentary, from / extent.frameRate, to / extent.frameRate);
    if (integratedLufs === null || lufs <= GATE_LUFS || drive === null) return 0;
    heard.push(drive);
    return ENERGY_SHARES.drive * drive + ENERGY_SHARES.dynamics * share(lufs - integratedLufs, DYNAMICS_LU);
  });
  heard.sort((a, b) => a - b);
  const lively = heard[Math.floor(LIVELY * (heard.length - 1))];
  return {
    level: integratedLufs === null || lively === undefined ? null : Math.round(1 + 9 * lively),
    curve: { hopSeconds: ENERGY_HOP_SECONDS, values },
  };
}

/** One value for every half second begun. */
function momentCount({ frames, frameRate }: Extent): number {
  return frames > 0 ? Math.floor((frames - 1) / (ENERGY_HOP_SECONDS * frameRate)) + 1 : 0;
}

/** The frames that a value stands for. */
function spanOf({ frames, frameRate }: Extent, i: number): FrameSpan {
  const centre = (i + 0.5) * ENERGY_HOP_SECONDS;
  return {
    from: Math.max(0, Math.round((centre - SPAN_SECONDS) * frameRate)),
    to: Math.min(frames, Math.round((centre + SPAN_SECONDS) * frameRate)),
  };
}

function driveAt(
  { bandEnergies, frameRate, melFrameRate }: Features,
  rises: Float64Array,
  { from, to }: FrameSpan,
): number | null {
  let high = 0;
  let all = 0;
  for (let i = from; i < to; i++) {
    high += bandEnergies.high[i]!;
    all += bandEnergies.low[i]! + bandEnergies.mid[i]! + bandEnergies.high[i]!;
  }
  if (all <= 0) return null;
  const firstMel = Math.round((from / frameRate) * melFrameRate);
  const endMel = Math.min(rises.length, Math.max(firstMel + 1, Math.round((to / frameRate) * melFrameRate)));
  let risen = 0;
  for (let i = firstMel; i < endMel; i++) risen += rises[i]!;
  const activity = (risen * melFrameRate) / Math.max(1, endMel - firstMel);
  const [calm, busy] = ACTIVITY_DB;
  return (
    DRIVE_SHARES.activity * share(Math.log(Math.max(activity, calm)), [Math.log(calm), Math.log(busy)]) +
    DRIVE_SHARES.brightness * share(10 * Math.log10(Math.max(high / all, 1e-9)), BRIGHTNESS_DB)
  );
}

/** Mean of the momentary loudness in LUFS between two times; windows are 0.4 s long, ten a second. */
function meanLoudness(momentary: Float32Array, from: number, to: number): number {
  const first = Math.max(0, Math.min(momentary.length - 1, Math.round(from * 10)));
  const end = Math.max(first + 1, Math.min(momentary.length, Math.round((to - 0.4) * 10)));
  if (momentary.length === 0) return GATE_LUFS;
  let sum = 0;
  for (let i = first; i < end; i++) sum += momentary[i]!;
  return sum / (end - first);
}

function share(value: number, [from, to]: readonly [number, number]): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)));
}
