import type { Track } from './track.ts';

/** Lengths of the delay lines in seconds: no two share a rhythm. */
const LINE_SECONDS = [0.0297, 0.0371, 0.0437, 0.0531, 0.0617, 0.0713];
const LINES = LINE_SECONDS.length;
const PRE_DELAY_SECONDS = 0.012;
/** How the lines are heard on the left and on the right. */
const LEFT_SIGNS = [1, -1, 1, 1, -1, -1];
const RIGHT_SIGNS = [1, 1, -1, 1, 1, -1];
/** Shorter than every line at every sample rate: what goes in comes out in a later block, so lines can be done in turn. */
const BLOCK_SECONDS = 0.02;

/**
 * A room: six delay lines that feed each other through a Householder matrix, with a low-pass in each. It runs at half
 * the sample rate: rooms have no treble above a quarter of it worth computing.
 * Source: Jot & Chaigne, "Digital delay networks for designing artificial reverberators", AES 90, 1991.
 * @param out where the room is added
 * @param send what is heard in the room, mono
 * @param decaySeconds time in which it dies away by 60 dB
 * @param brightness 0 to 1: how much of the treble each passage through a line keeps
 */
export function addReverb(
  out: Track,
  send: Float32Array,
  decaySeconds: number,
  brightness: number,
  sampleRate: number,
): void {
  const rate = sampleRate / 2;
  const block = Math.max(1, Math.floor(BLOCK_SECONDS * rate));
  const keep = 0.25 + 0.75 * brightness;
  const lines = LINE_SECONDS.map((seconds, index) => ({
    samples: new Float32Array(2 ** Math.ceil(Math.log2(seconds * rate + block))),
    length: Math.round(seconds * rate),
    gain: 10 ** ((-3 * seconds) / decaySeconds),
    low: 0,
    leftSign: LEFT_SIGNS[index]!,
    rightSign: RIGHT_SIGNS[index]!,
    taps: new Float32Array(block),
  }));
  const input = new Float32Array(block);
  const outputs = [new Float32Array(block + 1), new Float32Array(block + 1)] as const;
  const sum = new Float32Array(block);
  const preDelay = Math.round(PRE_DELAY_SECONDS * rate);
  const halfFrames = out.left.length >> 1;
  for (let start = 0; start < halfFrames; start += block) {
    const count = Math.min(block, halfFrames - start);
    halve(send, input, start - preDelay, count);
    sum.fill(0);
    // The first place of an output holds the last sample of the block before: samples between are means of neighbours.
    for (const output of outputs) {
      output[0] = start === 0 ? 0 : output[block]!;
      output.fill(0, 1);
    }
    for (const line of lines) line.low = tapLine(line, start, count, keep, sum, outputs);
    for (const line of lines) feedLine(line, input, sum, start, count);
    addDoubled(out.left, outputs[0], 2 * start, count);
    addDoubled(out.right, outputs[1], 2 * start, count);
  }
  out.occupy(0, out.left.length);
}

interface DelayLine {
  readonly samples: Float32Array;
  readonly length: number;
  readonly gain: number;
  readonly low: number;
  readonly leftSign: number;
  readonly rightSign: number;
  readonly taps: Float32Array;
}

/** Reads a line through its low-pass into its taps, their sum and the outputs; returns the state of the low-pass. */
function tapLine(
  line: DelayLine,
  start: number,
  count: number,
  keep: number,
  sum: Float32Array,
  outputs: readonly [Float32Array, Float32Array],
): number {
  const { samples, length, gain, taps, leftSign, rightSign } = line;
  const [left, right] = outputs;
  const mask = samples.length - 1;
  let low = line.low;
  for (let i = 0; i < count; i++) {
    low += keep * (samples[(start + i - length) & mask]! - low);
    const tap = gain * low;
    taps[i] = tap;
    sum[i]! += tap;
    left[i + 1]! += leftSign * tap;
    right[i + 1]! += rightSign * tap;
  }
  // A decaying line would end in denormal numbers, which are slow.
  return low < 1e-18 && low > -1e-18 ? 0 : low;
}

function feedLine(
  { samples, taps }: DelayLine,
  input: Float32Array,
  sum: Float32Array,
  start: number,
  count: number,
): void {
  const mask = samples.length - 1;
  for (let i = 0; i < count; i++) {
    const value = input[i]! + taps[i]! - (2 / LINES) * sum[i]!;
    samples[(start + i) & mask] = value < 1e-18 && value > -1e-18 ? 0 : value;
  }
}

/** Every second sample, the mean of two; silence before the start. */
function halve(samples: Float32Array, out: Float32Array, start: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const at = 2 * (start + i);
    out[i] = at >= 0 ? 0.5 * (samples[at]! + samples[at + 1]!) : 0;
  }
}

/** Adds samples at twice their rate. @param samples count + 1 of them, the first from the block before */
function addDoubled(out: Float32Array, samples: Float32Array, at: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const sample = samples[i + 1]!;
    out[at + 2 * i]! += 0.5 * (samples[i]! + sample);
    out[at + 2 * i + 1]! += sample;
  }
}
