import type { Clip } from '../clip.ts';
import { defaultSpeakers, speakerWeights } from './channel-weights.ts';
import { K_HIGH_PASS, K_SHELF, kHighPassGain } from './k-weighting.ts';

/** b0, b1, b2, a1, a2 */
type Section = readonly [number, number, number, number, number];

/** K-weighting from the analogue quantities behind the standard's tables. */
export function kWeightingTwin(sampleRate: number): { shelf: Section; highPass: Section } {
  const shelfTangent = Math.tan((Math.PI * K_SHELF.hz) / sampleRate);
  const high = 10 ** (K_SHELF.db / 20);
  const middle = high ** K_SHELF.slope;
  const shelfQ = K_SHELF.q;
  const a0 = 1 + shelfTangent / shelfQ + shelfTangent ** 2;
  const tangent = Math.tan((Math.PI * K_HIGH_PASS.hz) / sampleRate);
  const q = K_HIGH_PASS.q;
  const c0 = 1 + tangent / q + tangent ** 2;
  const gain = kHighPassGain() / c0;
  return {
    shelf: [
      (high + (middle * shelfTangent) / shelfQ + shelfTangent ** 2) / a0,
      (2 * (shelfTangent ** 2 - high)) / a0,
      (high - (middle * shelfTangent) / shelfQ + shelfTangent ** 2) / a0,
      (2 * (shelfTangent ** 2 - 1)) / a0,
      (1 - shelfTangent / shelfQ + shelfTangent ** 2) / a0,
    ],
    highPass: [gain, -2 * gain, gain, (2 * (tangent ** 2 - 1)) / c0, (1 - tangent / q + tangent ** 2) / c0],
  };
}

function filter(samples: ArrayLike<number>, [b0, b1, b2, a1, a2]: Section): Float64Array {
  const output = new Float64Array(samples.length);
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i]!;
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    output[i] = y;
  }
  return output;
}

/** Mean squares of windows of `seconds`, moved by `hopSeconds`, summed over the channels with their weights. */
function windowEnergies(weighted: Float64Array[], sampleRate: number, seconds: number, hopSeconds: number): number[] {
  const weights = speakerWeights(defaultSpeakers(weighted.length));
  const energies: number[] = [];
  for (let i = 0; ; i++) {
    const start = Math.round(i * hopSeconds * sampleRate);
    const end = Math.round((i * hopSeconds + seconds) * sampleRate);
    if (end > weighted[0]!.length) return energies;
    let energy = 0;
    weighted.forEach((samples, channel) => {
      let sum = 0;
      for (let n = start; n < end; n++) sum += samples[n]! ** 2;
      energy += (weights[channel]! * sum) / (end - start);
    });
    energies.push(energy);
  }
}

/** The sum of squares that the meter's kernel computes, for one channel: what the benchmark compares. */
export function kWeightedEnergyTwin(samples: ArrayLike<number>, sampleRate: number): number {
  const { shelf, highPass } = kWeightingTwin(sampleRate);
  return filter(filter(samples, shelf), highPass).reduce((sum, value) => sum + value * value, 0);
}

/** Plain float64 form of `LoudnessMeter`, written from the standards with whole arrays. */
export function loudnessTwin(clip: Clip) {
  const { shelf, highPass } = kWeightingTwin(clip.sampleRate);
  const weighted = clip.channels.map((samples) => filter(filter(samples, shelf), highPass));
  const lufs = (energy: number) => -0.691 + 10 * Math.log10(energy);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const gate = (energies: number[], relative: number) => {
    const loud = energies.filter((energy) => lufs(energy) > -70);
    const threshold = lufs(mean(loud)) + relative;
    return loud.filter((energy) => lufs(energy) > threshold);
  };
  const shortTerm = windowEnergies(weighted, clip.sampleRate, 3, 0.1);
  const momentary = windowEnergies(weighted, clip.sampleRate, 0.4, 0.1);
  const sorted = gate(shortTerm, -20)
    .map(lufs)
    .sort((a, b) => a - b);
  return {
    integratedLufs: lufs(mean(gate(momentary, -10))),
    shortTermMaxLufs: lufs(Math.max(...shortTerm)),
    momentaryMaxLufs: lufs(Math.max(...windowEnergies(weighted, clip.sampleRate, 0.4, 0.01))),
    rangeLu: sorted[Math.round((sorted.length - 1) * 0.95)]! - sorted[Math.round((sorted.length - 1) * 0.1)]!,
    shortTerm: shortTerm.map(lufs),
    momentary: momentary.map(lufs),
  };
}
