import type { Stereo } from '../synth/stereo.ts';

const WINDOW_SECONDS = 0.4;
/** Windows this much below the loudest do not count: they are pauses, not the sound. */
const GATE_DB = 12;

/** Mean square of each window of both channels. */
function windowPowers(stereo: Stereo, sampleRate: number): Float64Array {
  const size = Math.max(1, Math.round(WINDOW_SECONDS * sampleRate));
  const { left, right } = stereo;
  const powers = new Float64Array(Math.ceil(left.length / size));
  for (let window = 0; window < powers.length; window++) {
    const end = Math.min(left.length, (window + 1) * size);
    let sum = 0;
    for (let i = window * size; i < end; i++) sum += left[i]! * left[i]! + right[i]! * right[i]!;
    powers[window] = sum / (2 * size);
  }
  return powers;
}

/** RMS of a stem where it plays; 0 when it is silent. */
export function playingLevel(stereo: Stereo, sampleRate: number): number {
  const powers = windowPowers(stereo, sampleRate);
  const gate = powers.reduce((most, power) => Math.max(most, power), 0) * 10 ** (-GATE_DB / 10);
  if (gate === 0) return 0;
  const playing = powers.filter((power) => power >= gate);
  return Math.sqrt(playing.reduce((sum, power) => sum + power, 0) / playing.length);
}
