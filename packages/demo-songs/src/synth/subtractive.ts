import type { Random } from '../random.ts';
import { envelopeGains, framesWithRelease } from './envelope.ts';
import { StateVariableFilter } from './filter.ts';
import type { SubtractivePatch } from './patch.ts';
import { createStereo, type Stereo } from './stereo.ts';
import { TABLE_SIZE, wavetable } from './wavetable.ts';

/** Frames between changes of pitch and cutoff. */
const CONTROL_FRAMES = 64;
const VIBRATO_HZ = 5.3;
const VIBRATO_DELAY_SECONDS = 0.28;
const MIDDLE_C_HZ = 261.63;

/**
 * Notes that start together, through one filter and one envelope.
 * @param brightness 0 to 1: how far the filter opens
 */
export function renderSubtractive(
  patch: SubtractivePatch,
  frequencies: readonly number[],
  heldSeconds: number,
  brightness: number,
  sampleRate: number,
  random: Random,
): Stereo {
  const frames = framesWithRelease(heldSeconds, patch.amp.release, sampleRate);
  const out = createStereo(frames);
  const bend = pitchBend(patch.vibratoCents ?? 0, frames, sampleRate);
  // Voices in unison take turns on the two sides; a lone one is on both.
  const sides = patch.voices === 1 ? [out.left] : [out.left, out.right];
  const gain = 1 / Math.sqrt(patch.voices / sides.length);
  for (const frequencyHz of frequencies) {
    for (let voice = 0; voice < patch.voices; voice++) {
      const place = patch.voices === 1 ? 0 : (2 * voice) / (patch.voices - 1) - 1;
      const detuned = frequencyHz * 2 ** ((place * patch.detuneCents) / 1200);
      // A lone oscillator starts at a zero crossing; voices in unison start anywhere, or they would beat together.
      const phase = patch.voices === 1 ? 0 : random.next();
      const table = wavetable(patch.wave, detuned, sampleRate);
      addOscillator(sides[voice % sides.length]!, table, detuned / sampleRate, phase, gain, bend);
    }
    if (patch.sub === undefined) continue;
    const subHz = frequencyHz * 2 ** patch.sub.octave;
    const table = wavetable('sine', subHz, sampleRate);
    for (const side of sides) addOscillator(side, table, subHz / sampleRate, 0, patch.sub.level, bend);
  }
  const middleHz = Math.exp(frequencies.reduce((sum, hz) => sum + Math.log(hz), 0) / frequencies.length);
  const gains = envelopeGains(patch.amp, heldSeconds, frames, sampleRate);
  for (const side of sides) {
    sweepFilter(side, patch, middleHz, brightness, sampleRate);
    for (let i = 0; i < frames; i++) side[i]! *= gains[i]!;
  }
  if (sides.length === 1) return { left: out.left, right: out.left };
  narrow(out, patch.width);
  return out;
}

/** Factor on the pitch for each control block: a vibrato that sets in late. */
function pitchBend(cents: number, frames: number, sampleRate: number): Float64Array {
  const bend = new Float64Array(Math.ceil(frames / CONTROL_FRAMES)).fill(1);
  if (cents === 0) return bend;
  for (let block = 0; block < bend.length; block++) {
    const seconds = (block * CONTROL_FRAMES) / sampleRate;
    const depth = Math.min(1, Math.max(0, (seconds - VIBRATO_DELAY_SECONDS) / 0.3));
    bend[block] = 2 ** ((depth * cents * Math.sin(2 * Math.PI * VIBRATO_HZ * seconds)) / 1200);
  }
  return bend;
}

/** Adds a wavetable oscillator; `turnsPerFrame` and `startPhase` in periods. */
function addOscillator(
  out: Float32Array,
  table: Float32Array,
  turnsPerFrame: number,
  startPhase: number,
  gain: number,
  bend: Float64Array,
): void {
  let phase = startPhase * TABLE_SIZE;
  for (let block = 0; block < bend.length; block++) {
    const step = turnsPerFrame * TABLE_SIZE * bend[block]!;
    const end = Math.min(out.length, (block + 1) * CONTROL_FRAMES);
    for (let i = block * CONTROL_FRAMES; i < end; i++) {
      const index = phase | 0;
      out[i]! += gain * (table[index]! + (phase - index) * (table[index + 1]! - table[index]!));
      phase += step;
      if (phase >= TABLE_SIZE) phase -= TABLE_SIZE;
    }
  }
}

function sweepFilter(
  samples: Float32Array,
  patch: SubtractivePatch,
  frequencyHz: number,
  brightness: number,
  sampleRate: number,
): void {
  const filter = new StateVariableFilter('low', sampleRate);
  const base = patch.cutoffHz * (frequencyHz / MIDDLE_C_HZ) ** patch.keyTracking;
  for (let from = 0; from < samples.length; from += CONTROL_FRAMES) {
    const sweep = patch.sweepOctaves * brightness * Math.exp(-from / (sampleRate * patch.sweepSeconds));
    filter.tune(base * 2 ** sweep, patch.resonance);
    filter.process(samples, from, Math.min(samples.length, from + CONTROL_FRAMES));
  }
}

/** Brings the sides closer together. @param width 1 leaves them, 0 makes them equal */
function narrow({ left, right }: Stereo, width: number): void {
  const own = 0.5 + 0.5 * width;
  const other = 0.5 - 0.5 * width;
  for (let i = 0; i < left.length; i++) {
    const sample = left[i]!;
    left[i] = own * sample + other * right[i]!;
    right[i] = own * right[i]! + other * sample;
  }
}
