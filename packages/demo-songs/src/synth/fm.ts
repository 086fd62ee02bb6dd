import { framesWithRelease } from './envelope.ts';
import type { FmOperator, FmPatch } from './patch.ts';
import { createStereo, type Stereo } from './stereo.ts';
import { TABLE_SIZE, wavetable } from './wavetable.ts';

const MASK = TABLE_SIZE - 1;
const RADIANS_TO_TABLE = TABLE_SIZE / (2 * Math.PI);
const TREMOLO_HZ = 4.4;

/**
 * Phase modulation in pairs of sines: `sin(carrier + index * sin(modulator))`.
 * Source: J. Chowning, "The synthesis of complex audio spectra by means of frequency modulation", JAES 21(7), 1973.
 * @param brightness 0 to 1: share of the modulation index
 */
export function renderFm(
  patch: FmPatch,
  frequencies: readonly number[],
  heldSeconds: number,
  brightness: number,
  sampleRate: number,
): Stereo {
  const frames = framesWithRelease(heldSeconds, patch.release, sampleRate);
  const out = createStereo(frames);
  for (const frequencyHz of frequencies) {
    for (const operator of patch.operators) addOperator(out.left, operator, frequencyHz, brightness, sampleRate);
  }
  shape(out, patch, heldSeconds, sampleRate);
  return patch.tremolo === 0 ? { left: out.left, right: out.left } : out;
}

function addOperator(
  out: Float32Array,
  operator: FmOperator,
  frequencyHz: number,
  brightness: number,
  sampleRate: number,
): void {
  // Sidebands beyond half the sample rate would fold back: such a pair is left out, a deep index is held back.
  const carrierHz = frequencyHz * operator.carrier;
  const modulatorHz = frequencyHz * operator.modulator;
  const room = (0.48 * sampleRate - carrierHz) / modulatorHz;
  if (room < 0) return;
  const sine = wavetable('sine', frequencyHz, sampleRate);
  const decay = Math.exp(-1 / (operator.decaySeconds * sampleRate));
  const indexDecay = Math.exp(-1 / (operator.indexSeconds * sampleRate));
  const carrierStep = (TABLE_SIZE * carrierHz) / sampleRate;
  const modulatorStep = (TABLE_SIZE * modulatorHz) / sampleRate;
  let level = operator.level;
  let depth = Math.min(operator.index * brightness, Math.max(0, room - 1)) * RADIANS_TO_TABLE;
  let carrier = 0;
  let modulator = 0;
  for (let i = 0; i < out.length; i++) {
    // Whole turns are added so that the position is never negative; the depth is at most a few turns.
    const position = carrier + depth * sine[modulator | 0]! + 8 * TABLE_SIZE;
    const at = position | 0;
    const low = sine[at & MASK]!;
    out[i]! += level * (low + (position - at) * (sine[(at & MASK) + 1]! - low));
    level *= decay;
    depth *= indexDecay;
    carrier += carrierStep;
    if (carrier >= TABLE_SIZE) carrier -= TABLE_SIZE;
    modulator += modulatorStep;
    if (modulator >= TABLE_SIZE) modulator -= TABLE_SIZE;
  }
}

/** Short attack, release after the key, and the slow panning of an electric piano's amplifier. */
function shape(out: Stereo, patch: FmPatch, heldSeconds: number, sampleRate: number): void {
  const { left, right } = out;
  const attackFrames = Math.max(1, patch.attack * sampleRate);
  const heldFrames = Math.round(heldSeconds * sampleRate);
  const release = Math.exp(-1 / (patch.release * sampleRate));
  const sine = wavetable('sine', TREMOLO_HZ, sampleRate);
  const step = (TREMOLO_HZ * TABLE_SIZE) / sampleRate;
  let level = 1;
  let phase = 0;
  for (let i = 0; i < left.length; i++) {
    if (i >= heldFrames) level *= release;
    const sample = left[i]! * level * Math.min(1, (i + 1) / attackFrames);
    const pan = patch.tremolo * sine[phase | 0]!;
    left[i] = sample * (1 + pan);
    right[i] = sample * (1 - pan);
    phase += step;
    if (phase >= TABLE_SIZE) phase -= TABLE_SIZE;
  }
}
