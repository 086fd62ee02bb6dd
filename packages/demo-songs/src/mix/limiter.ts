/** Frames that share one gain; between them it moves in a straight line. */
const BLOCK_FRAMES = 32;
const LOOK_AHEAD_SECONDS = 0.003;
const RELEASE_SECONDS = 0.12;
const FADE_SECONDS = 0.5;
/** Below this share of the ceiling what lies between samples is not looked at. */
const NEAR_CEILING = 0.75;

/** A gain that moves in straight lines between the starts of blocks of 32 frames. */
export type GainCurve = Float64Array;

/**
 * Gain that keeps a stereo signal below a ceiling: it is already down when the peak comes, and returns slowly.
 * Stages: gain needed per block -> its minimum from one block before to the look-ahead -> slow return -> mean over the
 * look-ahead.
 * @param ceiling highest absolute value, linear
 * @returns gain at the start of each block, one more than there are blocks, each in (0, 1]
 */
export function limiterCurve(left: Float32Array, right: Float32Array, ceiling: number, sampleRate: number): GainCurve {
  const needed = neededGains(left, right, ceiling);
  const look = Math.max(1, Math.round((LOOK_AHEAD_SECONDS * sampleRate) / BLOCK_FRAMES));
  const release = Math.exp(-BLOCK_FRAMES / (RELEASE_SECONDS * sampleRate));
  const blocks = needed.length;
  // lows[b] holds for the peaks of blocks b - 1 - look to b: every mean below covers the peaks on both of its sides.
  const lows = new Float64Array(blocks + look + 1);
  let level = 1;
  for (let block = 0; block < lows.length; block++) {
    let low = 1;
    for (let k = Math.max(0, block - 1 - look); k <= Math.min(block, blocks - 1); k++) low = Math.min(low, needed[k]!);
    level = Math.min(low, 1 - (1 - level) * release);
    lows[block] = level;
  }
  const curve = new Float64Array(blocks + 1);
  for (let node = 0; node <= blocks; node++) {
    let sum = 0;
    for (let k = node; k < node + look; k++) sum += lows[k]!;
    curve[node] = sum / look;
  }
  return curve;
}

/** Gain that brings the peak of each block to the ceiling; 1 where it is below. */
function neededGains(left: Float32Array, right: Float32Array, ceiling: number): Float64Array {
  const needed = new Float64Array(Math.ceil(left.length / BLOCK_FRAMES));
  for (let block = 0; block < needed.length; block++) {
    const start = block * BLOCK_FRAMES;
    const end = Math.min(left.length, start + BLOCK_FRAMES);
    let peak = 0;
    for (let i = start; i < end; i++) peak = Math.max(peak, Math.abs(left[i]!), Math.abs(right[i]!));
    if (peak > NEAR_CEILING * ceiling)
      peak = Math.max(peak, peakBetween(left, start, end), peakBetween(right, start, end));
    needed[block] = Math.min(1, ceiling / peak);
  }
  return needed;
}

/** Peak half-way between samples, where a converter's filter may go higher: Lagrange interpolation of six of them. */
function peakBetween(samples: Float32Array, start: number, end: number): number {
  let peak = 0;
  const last = Math.min(end, samples.length - 3);
  for (let i = Math.max(2, start); i < last; i++) {
    const inner = samples[i]! + samples[i + 1]!;
    const middle = samples[i - 1]! + samples[i + 2]!;
    const outer = samples[i - 2]! + samples[i + 3]!;
    peak = Math.max(peak, Math.abs(150 * inner - 25 * middle + 3 * outer));
  }
  return peak / 256;
}

/** Bends the end of a curve down to 0, so that what still rings there is not cut off. */
export function fadeEnd(curve: GainCurve, sampleRate: number): void {
  const blocks = Math.ceil((FADE_SECONDS * sampleRate) / BLOCK_FRAMES);
  for (let back = 0; back < Math.min(blocks, curve.length); back++) curve[curve.length - 1 - back]! *= back / blocks;
}

/** Multiplies samples by a curve and a fixed gain, in place. */
export function applyCurve(samples: Float32Array, curve: GainCurve, gain: number): void {
  for (let block = 0; block + 1 < curve.length; block++) {
    const start = block * BLOCK_FRAMES;
    const end = Math.min(samples.length, start + BLOCK_FRAMES);
    const slope = (gain * (curve[block + 1]! - curve[block]!)) / BLOCK_FRAMES;
    let level = gain * curve[block]!;
    for (let i = start; i < end; i++) {
      samples[i]! *= level;
      level += slope;
    }
  }
}
