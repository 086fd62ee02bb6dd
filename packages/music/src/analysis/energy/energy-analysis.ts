import type { Features, Loudness } from '@tutti/dsp';
import type { EnergyAnalysis } from '../track-analysis.ts';

const HOP_SECONDS = 0.5;
/** Half of the span over which each value of the curve is averaged. */
const SPAN_SECONDS = 1;

/** Ranges that count from nothing to all: what a sparse piano piece and a loud club track have, near enough. */
const LOUDNESS_LUFS = [-36, -8] as const;
const ACTIVITY_NEPERS = [0.5, 6] as const;
const BRIGHTNESS_DB = [-40, -8] as const;
/** What each part counts. */
const SHARES = { loudness: 0.4, activity: 0.4, brightness: 0.2 } as const;
/** The level of a track is that of its livelier part: the 70th percentile of the curve. */
const LIVELY = 0.7;
const GATE_LUFS = -70;

/**
 * How much drive a track has over time, and in all.
 * Energy of a moment is 0.4 of its momentary loudness (-36 to -8 LUFS), 0.4 of its activity (mean onset strength of all
 * bands, 0.5 to 6 nepers a second, on a logarithmic scale) and 0.2 of its brightness (share of what lies above 4 kHz, -40
 * to -8 dB), each from 0 to 1. The level is 1 + 9 times the 70th percentile, rounded.
 * @returns level null for silence
 */
export function analyseEnergy(features: Features, loudness: Loudness): EnergyAnalysis {
  const { frameRate, frames } = features;
  // One value for every half second begun.
  const count = frames > 0 ? Math.floor((frames - 1) / (HOP_SECONDS * frameRate)) + 1 : 0;
  const values: number[] = [];
  for (let i = 0; i < count; i++) {
    const centre = (i + 0.5) * HOP_SECONDS;
    const from = Math.max(0, Math.round((centre - SPAN_SECONDS) * frameRate));
    const to = Math.min(frames, Math.round((centre + SPAN_SECONDS) * frameRate));
    values.push(momentEnergy(features, loudness, from, to));
  }
  const heard = values.filter((value) => value > 0).sort((a, b) => a - b);
  const lively = heard[Math.floor(LIVELY * (heard.length - 1))];
  return {
    level: loudness.integratedLufs === null || lively === undefined ? null : Math.round(1 + 9 * lively),
    curve: { hopSeconds: HOP_SECONDS, values },
  };
}

function momentEnergy(features: Features, loudness: Loudness, from: number, to: number): number {
  const { onset, bandEnergies, frameRate } = features;
  let attacks = 0;
  let high = 0;
  let all = 0;
  for (let i = from; i < to; i++) {
    attacks += onset[i]!;
    high += bandEnergies.high[i]!;
    all += bandEnergies.low[i]! + bandEnergies.mid[i]! + bandEnergies.high[i]!;
  }
  const lufs = meanLoudness(loudness.momentary, from / frameRate, to / frameRate);
  if (lufs <= GATE_LUFS || all <= 0) return 0;
  const activity = (attacks * frameRate) / (to - from);
  const [calm, busy] = ACTIVITY_NEPERS;
  return (
    SHARES.loudness * share(lufs, LOUDNESS_LUFS) +
    SHARES.activity * share(Math.log(Math.max(activity, calm)), [Math.log(calm), Math.log(busy)]) +
    SHARES.brightness * share(10 * Math.log10(Math.max(high / all, 1e-9)), BRIGHTNESS_DB)
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
