import type { StemEffect } from './stem-effect.ts';

const FEEDBACK = 0.42;
/** Share of the previous sample in the loop's low-pass: each echo is duller than the one before. */
const DULLNESS = 0.45;
/** Echoes until 60 dB are gone. */
export const ECHO_COUNT = 8;

/**
 * Echoes that go from side to side, each quieter and duller.
 * @param level of the first echo, 0 to 1
 */
export function createEcho(level: number, seconds: number, sampleRate: number): StemEffect {
  const size = Math.max(1, Math.round(seconds * sampleRate));
  const leftLine = new Float32Array(size);
  const rightLine = new Float32Array(size);
  let position = 0;
  let low = 0;
  return {
    start() {
      leftLine.fill(0);
      rightLine.fill(0);
      low = 0;
    },
    process(left, right, from, to) {
      let at = position;
      let dull = low;
      for (let i = from; i < to; i++) {
        const leftEcho = leftLine[at]!;
        const rightEcho = rightLine[at]!;
        const input = 0.5 * level * (left[i]! + right[i]!) + FEEDBACK * rightEcho;
        dull = input + DULLNESS * (dull - input);
        if (dull < 1e-18 && dull > -1e-18) dull = 0;
        leftLine[at] = dull;
        rightLine[at] = leftEcho;
        left[i]! += leftEcho;
        right[i]! += rightEcho;
        at = at + 1 === size ? 0 : at + 1;
      }
      position = at;
      low = dull;
    },
  };
}
