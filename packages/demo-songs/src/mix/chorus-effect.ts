import type { Stereo } from '../synth/stereo.ts';

const CENTRE_SECONDS = 0.011;
const DEPTH_SECONDS = 0.0035;
const RATE_HZ = 0.55;
/** Frames between changes of the delay time. */
const CONTROL_FRAMES = 32;

/**
 * Ensemble effect: each channel gains a copy of itself whose delay wanders, the two a quarter of a turn apart.
 * @param depth 0 to 1: level of the copy
 */
export function applyChorus(stereo: Stereo, depth: number, sampleRate: number): void {
  if (depth === 0) return;
  wander(stereo.left, depth, 0, sampleRate);
  wander(stereo.right, depth, 0.25, sampleRate);
}

function wander(samples: Float32Array, depth: number, startTurn: number, sampleRate: number): void {
  const size = 2 ** Math.ceil(Math.log2((CENTRE_SECONDS + DEPTH_SECONDS) * sampleRate + 2));
  const line = new Float32Array(size);
  const mask = size - 1;
  const dry = 1 - 0.3 * depth;
  const delayAt = (frame: number) => {
    const turn = startTurn + (RATE_HZ * frame) / sampleRate;
    return (CENTRE_SECONDS + DEPTH_SECONDS * Math.sin(2 * Math.PI * turn)) * sampleRate;
  };
  let delay = delayAt(0);
  for (let from = 0; from < samples.length; from += CONTROL_FRAMES) {
    const to = Math.min(samples.length, from + CONTROL_FRAMES);
    const slope = (delayAt(to) - delay) / (to - from);
    for (let i = from; i < to; i++) {
      const input = samples[i]!;
      line[i & mask] = input;
      const position = i - delay + size;
      const at = Math.floor(position);
      const low = line[at & mask]!;
      samples[i] = dry * input + depth * (low + (position - at) * (line[(at + 1) & mask]! - low));
      delay += slope;
    }
  }
}
