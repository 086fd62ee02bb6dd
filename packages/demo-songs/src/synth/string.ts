import type { Random } from '../random.ts';
import { framesWithRelease } from './envelope.ts';
import type { StringPatch } from './patch.ts';
import type { Stereo } from './stereo.ts';

/** Share of the neighbouring sample in the loop's low-pass; it is also its delay in samples. */
const LOOP_SMOOTHING = 0.3;

/**
 * Plucked strings, one after the other: a burst of noise going round a delay line with a low-pass, tuned by an all-pass for the fraction of a
 * sample.
 * Source: Karplus & Strong, CMJ 7(2), 1983, with the tuning of Jaffe & Smith, CMJ 7(2), 1983.
 */
export function renderString(
  patch: StringPatch,
  frequencies: readonly number[],
  heldSeconds: number,
  brightness: number,
  sampleRate: number,
  random: Random,
): Stereo {
  const frames = framesWithRelease(heldSeconds, patch.release, sampleRate);
  const out = new Float32Array(frames);
  for (const [index, frequencyHz] of frequencies.entries()) {
    const start = Math.min(frames, Math.round(index * patch.strumSeconds * sampleRate));
    addString(out.subarray(start), patch, frequencyHz, brightness, sampleRate, random);
  }
  const release = Math.exp(-1 / (patch.release * sampleRate));
  let level = 1;
  for (let i = Math.round(heldSeconds * sampleRate); i < frames; i++) {
    level *= release;
    out[i]! *= level;
  }
  return { left: out, right: out };
}

function addString(
  out: Float32Array,
  patch: StringPatch,
  frequencyHz: number,
  brightness: number,
  sampleRate: number,
  random: Random,
): void {
  const period = sampleRate / frequencyHz;
  // The fraction is kept between 0.1 and 1.1, where the all-pass is well behaved.
  const whole = Math.floor(period - LOOP_SMOOTHING - 0.1);
  const fraction = period - LOOP_SMOOTHING - whole;
  const allPass = (1 - fraction) / (1 + fraction);
  const line = pluck(patch, whole, brightness, random);
  const decaySeconds = patch.decaySeconds * Math.sqrt(220 / frequencyHz);
  const loss = 10 ** (-3 / (decaySeconds * frequencyHz));
  let position = 0;
  let previous = 0;
  let allPassInput = 0;
  let allPassOutput = 0;
  for (let i = 0; i < out.length; i++) {
    const sample = line[position]!;
    const smooth = loss * ((1 - LOOP_SMOOTHING) * sample + LOOP_SMOOTHING * previous);
    previous = sample;
    allPassOutput = allPass * (smooth - allPassOutput) + allPassInput;
    allPassInput = smooth;
    line[position] = allPassOutput;
    position = position + 1 === whole ? 0 : position + 1;
    out[i]! += sample;
  }
}

/** The displacement at the start: noise, smoothed by the brightness, with the notch of the place where it is plucked. */
function pluck(patch: StringPatch, length: number, brightness: number, random: Random): Float32Array {
  const noise = new Float32Array(length);
  random.fillNoise(noise);
  const smoothing = 1 - patch.brightness * (0.45 + 0.55 * brightness);
  let low = 0;
  for (let pass = 0; pass < 2; pass++) {
    for (let i = 0; i < length; i++) {
      low += (1 - smoothing) * (noise[i]! - low);
      noise[i] = low;
    }
  }
  const shift = Math.max(1, Math.round(patch.pickPosition * length));
  const line = Float32Array.from(noise, (sample, i) => sample - noise[(i + shift) % length]!);
  // A constant part would stand in the loop and click; the power is made the same for every pitch.
  const mean = line.reduce((sum, sample) => sum + sample, 0) / length;
  let power = 0;
  for (let i = 0; i < length; i++) {
    line[i]! -= mean;
    power += line[i]! ** 2;
  }
  const gain = 0.5 / Math.sqrt(power / length);
  return line.map((sample) => sample * gain);
}
