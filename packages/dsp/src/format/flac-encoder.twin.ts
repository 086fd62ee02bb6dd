import { BitSink } from './bits.twin.ts';
import { crcTwin } from './flac-crc.twin.ts';
import { planPartitionsTwin } from './flac-partition.twin.ts';
import { bestFixed, bestLinear, type PredictionTwin } from './flac-predict.twin.ts';

const RATE_CODES = [0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];

/** Sum of the magnitudes of second differences. */
const roughness = (samples: readonly number[]) =>
  samples.reduce((sum, x, i) => (i < 2 ? 0 : sum + Math.abs(x - 2 * samples[i - 1]! + samples[i - 2]!)), 0);

/** How two channels are coded, and as what: the way whose two channels are smoothest together. */
function chooseStereo(left: readonly number[], right: readonly number[]): [number, (readonly number[])[]] {
  const middle = left.map((l, i) => Math.floor((l + right[i]!) / 2));
  const side = left.map((l, i) => l - right[i]!);
  const [l, r, m, s] = [left, right, middle, side].map(roughness) as [number, number, number, number];
  const least = Math.min(l + r, l + s, r + s, m + s);
  if (least === l + r) return [1, [left, right]];
  if (least === m + s) return [10, [middle, side]];
  return least === l + s ? [8, [left, side]] : [9, [side, right]];
}

function writeResidual(sink: BitSink, residual: readonly number[], frames: number, order: number): void {
  const { partitionOrder, parameters } = planPartitionsTwin(residual, frames, order);
  const wide = Math.max(...parameters) > 14;
  sink.write(wide ? 1 : 0, 2);
  sink.write(partitionOrder, 4);
  let at = 0;
  for (const [partition, parameter] of parameters.entries()) {
    sink.write(parameter, wide ? 5 : 4);
    const end = ((partition + 1) * frames) / parameters.length - order;
    for (; at < end; at++) {
      const value = residual[at]!;
      const folded = value < 0 ? -2 * value - 1 : 2 * value;
      sink.write(0, Math.floor(folded / 2 ** parameter));
      sink.write(1, 1);
      sink.write(folded % 2 ** parameter, parameter);
    }
  }
}

/** Trailing zero bits of a sample that is not 0. */
function trailingZeros(value: number): number {
  let zeros = 0;
  while (value % 2 ** (zeros + 1) === 0) zeros += 1;
  return zeros;
}

/** The cheapest of constant, fixed, linear and verbatim (RFC 9639, 9.2). */
function writeSubframe(sink: BitSink, samples: readonly number[], channelBits: number, bitsPerSample: 16 | 24): void {
  const frames = samples.length;
  const writeAll = (values: readonly number[], width: number) => {
    for (const value of values) sink.writeSigned(value, width);
  };
  if (samples.every((sample) => sample === samples[0])) {
    sink.write(0, 8);
    sink.writeSigned(samples[0]!, channelBits);
    return;
  }
  const wasted = Math.min(...samples.filter((sample) => sample !== 0).map(trailingZeros));
  const shifted = samples.map((sample) => sample / 2 ** wasted);
  const width = channelBits - wasted;
  const cost = ({ order, residual, extraBits }: PredictionTwin) =>
    planPartitionsTwin(residual, frames, order).bits + order * width + extraBits;
  const fixed = bestFixed(shifted);
  const linear = bestLinear(shifted, width, bitsPerSample > 16 ? 15 : 12);
  const [fixedBits, linearBits] = [cost(fixed), linear ? cost(linear) : Infinity];
  const header = (type: number) => {
    sink.write(type * 2 + (wasted > 0 ? 1 : 0), 8);
    if (wasted > 0) sink.write(1, wasted);
  };
  if (frames * width <= Math.min(fixedBits, linearBits)) {
    header(1);
    writeAll(shifted, width);
    return;
  }
  const best = linear && linearBits < fixedBits ? linear : fixed;
  header(best.quantised ? 31 + best.order : 8 + best.order);
  writeAll(shifted.slice(0, best.order), width);
  if (best.quantised) {
    const { coefficients, precision, shift } = best.quantised;
    sink.write(precision - 1, 4);
    sink.writeSigned(shift, 5);
    writeAll(coefficients, precision);
  }
  writeResidual(sink, best.residual, frames, best.order);
}

/** The number in the manner of UTF-8 (9.1.5). */
function writeNumber(sink: BitSink, number: number): void {
  if (number < 0x80) {
    sink.write(number, 8);
    return;
  }
  let following = 1;
  while (number >= 2 ** (5 * following + 6)) following += 1;
  sink.write(2 ** (following + 1) - 1, following + 1);
  sink.write(0, 1);
  sink.write(Math.floor(number / 64 ** following), 6 - following);
  for (let i = following - 1; i >= 0; i--) sink.write(0x80 + (Math.floor(number / 64 ** i) % 64), 8);
}

/** One frame of integers, by the same choices as the kernel's. */
export function encodeFlacTwin(
  channels: readonly (readonly number[])[],
  bitsPerSample: 16 | 24,
  sampleRate: number,
  number: number,
): Uint8Array {
  const frames = channels[0]!.length;
  const stereo = channels.length === 2 ? chooseStereo(channels[0]!, channels[1]!) : undefined;
  const [assignment, planes] = stereo ?? [channels.length - 1, channels];
  const sink = new BitSink();
  sink.write(0xfff8, 16);
  sink.write(frames === 4096 ? 12 : 7, 4);
  sink.write(Math.max(0, RATE_CODES.indexOf(sampleRate)), 4);
  sink.write(assignment, 4);
  sink.write(bitsPerSample === 16 ? 4 : 6, 3);
  sink.write(0, 1);
  writeNumber(sink, number);
  if (frames !== 4096) sink.write(frames - 1, 16);
  sink.write(crcTwin(sink.bytes(), 8, 0x07), 8);
  const sideAt = assignment === 9 ? 0 : assignment > 7 ? 1 : -1;
  for (const [i, plane] of planes.entries()) {
    writeSubframe(sink, plane, bitsPerSample + (i === sideAt ? 1 : 0), bitsPerSample);
  }
  sink.write(crcTwin(sink.bytes(), 16, 0x8005), 16);
  return sink.bytes();
}
