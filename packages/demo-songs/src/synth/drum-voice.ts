import { saturate } from '../mix/saturation.ts';
import type { Random } from '../random.ts';
import type { DrumMetal, DrumNoise, DrumRecipe, DrumTone } from './drum-recipe.ts';
import { filterWhole } from './filter.ts';
import { createStereo, type Stereo, trimmed } from './stereo.ts';
import { TABLE_SIZE, wavetable } from './wavetable.ts';

/** Time constants after which a hit is over (-52 dB). */
const DECAY_CONSTANTS = 6;
const INAUDIBLE = 1e-4;

function lengthSeconds(recipe: DrumRecipe): number {
  const decays = [
    ...(recipe.tones ?? []).map((tone) => tone.decaySeconds),
    ...(recipe.noises ?? []).map(
      (noise) => noise.decaySeconds + ((noise.attackSeconds ?? 0) + (noise.bursts ?? 0) * (noise.gapSeconds ?? 0)) / 6,
    ),
    recipe.metal?.decaySeconds ?? 0,
  ];
  return DECAY_CONSTANTS * Math.max(...decays);
}

/** One hit at full velocity; it sounds from its first frame on. */
export function renderDrum(recipe: DrumRecipe, sampleRate: number, random: Random): Stereo {
  const frames = Math.ceil(lengthSeconds(recipe) * sampleRate);
  const out = createStereo(frames);
  for (const tone of recipe.tones ?? []) addTone(out.left, tone, sampleRate);
  if (recipe.metal !== undefined) addMetal(out.left, recipe.metal, sampleRate, random);
  out.right.set(out.left);
  for (const noise of recipe.noises ?? []) addNoise(out, noise, sampleRate, random);
  const pan = recipe.pan ?? 0;
  finish(out.left, recipe, 1 - Math.max(0, pan));
  finish(out.right, recipe, 1 + Math.min(0, pan));
  return trimmed(out, 46, 0.015, sampleRate);
}

function addTone(out: Float32Array, tone: DrumTone, sampleRate: number): void {
  const { fromHz, toHz, sweepSeconds, decaySeconds, level } = tone;
  const decay = Math.exp(-1 / (decaySeconds * sampleRate));
  const sweep = Math.exp(-1 / (sweepSeconds * sampleRate));
  // Turns made by a pitch that falls exponentially: the integral in closed form, its exponential carried on.
  const turnsPerFrame = toHz / sampleRate;
  const sweepTurns = (fromHz - toHz) * sweepSeconds;
  let fallen = 1;
  let gain = level;
  for (let i = 0; i < out.length && gain > INAUDIBLE; i++) {
    out[i]! += gain * Math.sin(2 * Math.PI * (turnsPerFrame * i + sweepTurns * (1 - fallen)));
    fallen *= sweep;
    gain *= decay;
  }
}

function addMetal(out: Float32Array, metal: DrumMetal, sampleRate: number, random: Random): void {
  const sum = new Float32Array(out.length);
  for (const ratio of metal.ratios) {
    const frequencyHz = metal.baseHz * ratio;
    const table = wavetable('square', frequencyHz, sampleRate);
    const step = (frequencyHz * TABLE_SIZE) / sampleRate;
    let phase = random.next() * TABLE_SIZE;
    for (let i = 0; i < sum.length; i++) {
      sum[i]! += table[phase | 0]!;
      phase += step;
      if (phase >= TABLE_SIZE) phase -= TABLE_SIZE;
    }
  }
  filterWhole(sum, 'high', metal.lowHz, 0.8, sampleRate);
  const decay = Math.exp(-1 / (metal.decaySeconds * sampleRate));
  let gain = metal.level / Math.sqrt(metal.ratios.length);
  for (let i = 0; i < out.length; i++) {
    out[i]! += gain * sum[i]!;
    gain *= decay;
  }
}

function addNoise(out: Stereo, noise: DrumNoise, sampleRate: number, random: Random): void {
  const gains = noiseGains(noise, out.left.length, sampleRate);
  const shared = noiseBand(noise, out.left.length, sampleRate, random);
  for (const channel of [out.left, out.right]) {
    const own = noise.width > 0 ? noiseBand(noise, out.left.length, sampleRate, random) : shared;
    const sharedGain = Math.sqrt(1 - noise.width);
    const ownGain = noise.width > 0 ? Math.sqrt(noise.width) : 0;
    for (let i = 0; i < channel.length; i++) {
      channel[i]! += noise.level * gains[i]! * (sharedGain * shared[i]! + ownGain * own[i]!);
    }
  }
}

function noiseBand(noise: DrumNoise, frames: number, sampleRate: number, random: Random): Float32Array {
  const samples = new Float32Array(frames);
  random.fillNoise(samples);
  filterWhole(samples, 'high', noise.lowHz, Math.SQRT1_2, sampleRate);
  filterWhole(samples, 'low', noise.highHz, Math.SQRT1_2, sampleRate);
  return samples;
}

function noiseGains(noise: DrumNoise, frames: number, sampleRate: number): Float32Array {
  const gains = new Float32Array(frames);
  const attackFrames = Math.max(1, (noise.attackSeconds ?? 0) * sampleRate);
  const gapSeconds = noise.gapSeconds ?? 0;
  const gapFrames = Math.round(gapSeconds * sampleRate);
  const bursts = gapFrames > 0 ? (noise.bursts ?? 0) : 0;
  for (let burst = 0; burst <= bursts; burst++) {
    const isLast = burst === bursts;
    const start = burst * gapFrames;
    const end = isLast ? frames : Math.min(frames, start + gapFrames);
    const decay = Math.exp(-1 / ((isLast ? noise.decaySeconds : gapSeconds / 2.5) * sampleRate));
    let level = 1;
    for (let i = start; i < end; i++) {
      gains[i] = level * Math.min(1, (i - start + 1) / attackFrames);
      level *= decay;
    }
  }
  return gains;
}

function finish(samples: Float32Array, recipe: DrumRecipe, panGain: number): void {
  if (recipe.driveDb !== undefined) saturate(samples, recipe.driveDb, 0, samples.length);
  const gain = 10 ** (recipe.levelDb / 20) * panGain;
  for (let i = 0; i < samples.length; i++) samples[i]! *= gain;
}
