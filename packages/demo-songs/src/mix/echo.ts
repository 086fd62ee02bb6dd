import type { Stereo } from '../synth/stereo.ts';

const FEEDBACK = 0.42;
/** Share of the previous sample in the loop's low-pass: each echo is duller than the one before. */
const DULLNESS = 0.45;

/**
 * Echoes that go from side to side, each quieter and duller.
 * @param level of the first echo, 0 to 1
 */
export function applyEcho(stereo: Stereo, level: number, seconds: number, sampleRate: number): void {
  if (level === 0) return;
  const { left, right } = stereo;
  const size = Math.max(1, Math.round(seconds * sampleRate));
  const leftLine = new Float32Array(size);
  const rightLine = new Float32Array(size);
  let position = 0;
  let low = 0;
  for (let i = 0; i < left.length; i++) {
    const leftEcho = leftLine[position]!;
    const rightEcho = rightLine[position]!;
    const input = 0.5 * level * (left[i]! + right[i]!);
    low = input + FEEDBACK * rightEcho + DULLNESS * (low - input - FEEDBACK * rightEcho);
    if (low < 1e-20 && low > -1e-20) low = 0;
    leftLine[position] = low;
    rightLine[position] = leftEcho;
    left[i]! += leftEcho;
    right[i]! += rightEcho;
    position = position + 1 === size ? 0 : position + 1;
  }
}
