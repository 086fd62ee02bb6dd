import type { StemEffect } from './stem-effect.ts';

const CENTRE_SECONDS = 0.011;
const DEPTH_SECONDS = 0.0035;
const RATE_HZ = 0.55;
/** Frames between changes of the delay time. */
const CONTROL_FRAMES = 64;

/** How long it rings on. */
export const CHORUS_TAIL_SECONDS = CENTRE_SECONDS + DEPTH_SECONDS;

/**
 * Ensemble effect: each channel gains a copy of itself whose delay wanders, the two a quarter of a turn apart.
 * @param depth 0 to 1: level of the copy
 */
export function createChorus(depth: number, sampleRate: number): StemEffect {
  const size = 2 ** Math.ceil(Math.log2(CHORUS_TAIL_SECONDS * sampleRate + 2));
  const leftLine = new Float32Array(size);
  const rightLine = new Float32Array(size);
  return {
    start() {
      leftLine.fill(0);
      rightLine.fill(0);
    },
    process(left, right, from, to) {
      for (let at = from; at < to; at += CONTROL_FRAMES) {
        const end = Math.min(to, at + CONTROL_FRAMES);
        wander(left, leftLine, depth, at, end, delayFrames(0, at, sampleRate), delayFrames(0, end, sampleRate));
        wander(right, rightLine, depth, at, end, delayFrames(0.25, at, sampleRate), delayFrames(0.25, end, sampleRate));
      }
    },
  };
}

function delayFrames(startTurn: number, frame: number, sampleRate: number): number {
  const turn = startTurn + (RATE_HZ * frame) / sampleRate;
  return (CENTRE_SECONDS + DEPTH_SECONDS * Math.sin(2 * Math.PI * turn)) * sampleRate;
}

function wander(
  samples: Float32Array,
  line: Float32Array,
  depth: number,
  from: number,
  to: number,
  startDelay: number,
  endDelay: number,
): void {
  const mask = line.length - 1;
  const dry = 1 - 0.3 * depth;
  const slope = (endDelay - startDelay) / (to - from);
  // One size is added so that the position is never negative.
  let position = from - startDelay + line.length;
  for (let i = from; i < to; i++) {
    const input = samples[i]!;
    line[i & mask] = input;
    const at = position | 0;
    const low = line[at & mask]!;
    samples[i] = dry * input + depth * (low + (position - at) * (line[(at + 1) & mask]! - low));
    position += 1 - slope;
  }
}
