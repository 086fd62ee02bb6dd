import type { Random } from '../random.ts';
import { envelopeGains, framesWithRelease } from './envelope.ts';
import { StateVariableFilter } from './filter.ts';
import type { SubtractivePatch } from './patch.ts';
import { createStereo, type Stereo } from './stereo.ts';
import { TABLE_SIZE, wavetable } from './wavetable.ts';

/** Frames between changes of pitch and cutoff. */
const CONTROL_FRAMES = 32;
const VIBRATO_HZ = 5.3;
const VIBRATO_DELAY_SECONDS = 0.28;
const MIDDLE_C_HZ = 261.63;

/** @param brightness 0 to 1: how far the filter opens */
export function renderSubtractive(
  patch: SubtractivePatch,
  frequencyHz: number,
  heldSeconds: number,
  brightness: number,
  sampleRate: number,
  random: Random,
): Stereo {
  const frames = framesWithRelease(heldSeconds, patch.amp.release, sampleRate);
  const out = createStereo(frames);
  const bend = pitchBend(patch.vibratoCents ?? 0, frames, sampleRate);
  const gain = 1 / Math.sqrt(patch.voices);
  for (let voice = 0; voice < patch.voices; voice++) {
    const place = patch.voices === 1 ? 0 : (2 * voice) / (patch.voices - 1) - 1;
    const detuned = frequencyHz * 2 ** ((place * patch.detuneCents) / 1200);
    // A lone oscillator starts at a zero crossing; voices in unison start anywhere, or they would beat together.
    const phase = patch.voices === 1 ? 0 : random.next();
    const pan = place * patch.width * (voice % 2 === 0 ? 1 : -1);
    const table = wavetable(patch.wave, detuned, sampleRate);
    addOscillator(out, table, detuned / sampleRate, phase, gain * (1 - pan), gain * (1 + pan), bend);
  }
  if (patch.sub !== undefined) {
    const subHz = frequencyHz * 2 ** patch.sub.octave;
    const table = wavetable('sine', subHz, sampleRate);
    addOscillator(out, table, subHz / sampleRate, 0, patch.sub.level, patch.sub.level, bend);
  }
  sweepFilter(out, patch, frequencyHz, brightness, sampleRate);
  const gains = envelopeGains(patch.amp, heldSeconds, frames, sampleRate);
  for (let i = 0; i < frames; i++) {
    out.left[i]! *= gains[i]!;
    out.right[i]! *= gains[i]!;
  }
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

/** Adds a wavetable oscillator; `turns` and `phase` in periods. */
function addOscillator(
  out: Stereo,
  table: Float32Array,
  turnsPerFrame: number,
  startPhase: number,
  leftGain: number,
  rightGain: number,
  bend: Float64Array,
): void {
  const { left, right } = out;
  let phase = startPhase * TABLE_SIZE;
  for (let block = 0; block < bend.length; block++) {
    const step = turnsPerFrame * TABLE_SIZE * bend[block]!;
    const end = Math.min(left.length, (block + 1) * CONTROL_FRAMES);
    for (let i = block * CONTROL_FRAMES; i < end; i++) {
      const index = phase | 0;
      const sample = table[index]! + (phase - index) * (table[index + 1]! - table[index]!);
      left[i]! += leftGain * sample;
      right[i]! += rightGain * sample;
      phase += step;
      if (phase >= TABLE_SIZE) phase -= TABLE_SIZE;
    }
  }
}

function sweepFilter(
  out: Stereo,
  patch: SubtractivePatch,
  frequencyHz: number,
  brightness: number,
  sampleRate: number,
): void {
  const leftFilter = new StateVariableFilter('low', sampleRate);
  const rightFilter = new StateVariableFilter('low', sampleRate);
  const base = patch.cutoffHz * (frequencyHz / MIDDLE_C_HZ) ** patch.keyTracking;
  const isMono = patch.voices === 1;
  for (let from = 0; from < out.left.length; from += CONTROL_FRAMES) {
    const to = Math.min(out.left.length, from + CONTROL_FRAMES);
    const sweep = patch.sweepOctaves * brightness * Math.exp(-from / (sampleRate * patch.sweepSeconds));
    const cutoffHz = base * 2 ** sweep;
    leftFilter.tune(cutoffHz, patch.resonance);
    leftFilter.process(out.left, from, to);
    if (isMono) continue;
    rightFilter.tune(cutoffHz, patch.resonance);
    rightFilter.process(out.right, from, to);
  }
  if (isMono) out.right.set(out.left);
}
