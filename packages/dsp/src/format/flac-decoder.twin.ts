import { BitString } from './bits.twin.ts';
import { crcTwin } from './flac-crc.twin.ts';

/** One frame by the definitions of RFC 9639; integers in float64, which holds every one of them. */
export interface FlacFrameTwin {
  /** Bytes of the frame. */
  readonly bytes: number;
  /** Frame number, or number of its first sample when blocks vary in size. */
  readonly number: number;
  readonly bitsPerSample: number;
  /** Samples of each channel. */
  readonly channels: readonly (readonly number[])[];
}

const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/** Frame or sample number, coded like UTF-8 (section 9.1.5). */
function readNumber(bits: BitString): number {
  const lead = bits.read(8);
  let ones = 0;
  while (ones < 8 && lead & (0x80 >> ones)) ones += 1;
  let number = ones === 0 ? lead : lead & (0x7f >> ones);
  for (let i = 1; i < ones; i++) number = number * 64 + (bits.read(8) & 0x3f);
  return number;
}

/** Section 9.2.7 */
function readResidual(bits: BitString, frames: number, order: number): number[] {
  const parameterBits = bits.read(2) === 0 ? 4 : 5;
  const partitions = 2 ** bits.read(4);
  const residual: number[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    const count = frames / partitions - (partition === 0 ? order : 0);
    const parameter = bits.read(parameterBits);
    const escapeBits = parameter === 2 ** parameterBits - 1 ? bits.read(5) : undefined;
    for (let i = 0; i < count; i++) {
      if (escapeBits !== undefined) {
        residual.push(bits.readSigned(escapeBits));
        continue;
      }
      let quotient = 0;
      while (bits.read(1) === 0) quotient += 1;
      const folded = quotient * 2 ** parameter + bits.read(parameter);
      residual.push(folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2);
    }
  }
  return residual;
}

/** x[n] = residual + floor(Σ c[k] x[n - 1 - k] / 2^shift), behind the warm-up samples. */
function restore(
  warmUp: readonly number[],
  residual: readonly number[],
  coefficients: readonly number[],
  shift: number,
): number[] {
  const samples = [...warmUp];
  for (const left of residual) {
    const sum = coefficients.reduce((total, c, k) => total + c * samples[samples.length - 1 - k]!, 0);
    samples.push(left + Math.floor(sum / 2 ** shift));
  }
  return samples;
}

/** Section 9.2 */
function readSubframe(bits: BitString, frames: number, width: number): number[] {
  bits.read(1);
  const type = bits.read(6);
  let wasted = 0;
  if (bits.read(1) === 1) {
    wasted = 1;
    while (bits.read(1) === 0) wasted += 1;
  }
  const read = (count: number) => Array.from({ length: count }, () => bits.readSigned(width - wasted));
  let samples: number[];
  if (type === 0) samples = Array.from({ length: frames }).fill(bits.readSigned(width - wasted)) as number[];
  else if (type === 1) samples = read(frames);
  else if (type < 32) {
    const order = type - 8;
    const warmUp = read(order);
    samples = restore(warmUp, readResidual(bits, frames, order), FIXED[order]!, 0);
  } else {
    const order = type - 31;
    const warmUp = read(order);
    const precision = bits.read(4) + 1;
    const shift = bits.readSigned(5);
    const coefficients = Array.from({ length: order }, () => bits.readSigned(precision));
    samples = restore(warmUp, readResidual(bits, frames, order), coefficients, shift);
  }
  return samples.map((sample) => sample * 2 ** wasted);
}

/** Undoes left/side, side/right and mid/side (section 4.2). */
function joinStereo(assignment: number, [first, second]: [number[], number[]]): [number[], number[]] {
  if (assignment === 8) return [first, first.map((left, i) => left - second[i]!)];
  if (assignment === 9) return [second.map((right, i) => right + first[i]!), second];
  const sums = first.map((middle, i) => 2 * middle + Math.abs(second[i]! % 2));
  return [sums.map((sum, i) => (sum + second[i]!) / 2), sums.map((sum, i) => (sum - second[i]!) / 2)];
}

/**
 * Decodes the frame at the beginning of `bytes`, which must be a right one.
 * @param streamBits bits of a sample for headers that refer to STREAMINFO
 * @throws Error when one of its checks fails
 */
export function flacFrameTwin(bytes: Uint8Array, streamBits: number): FlacFrameTwin {
  const bits = new BitString(bytes, 16);
  const [blockCode, rateCode, assignment, sizeCode] = [bits.read(4), bits.read(4), bits.read(4), bits.read(3)];
  bits.read(1);
  const number = readNumber(bits);
  let frames = blockCode === 1 ? 192 : blockCode < 6 ? 144 * 2 ** blockCode : 2 ** blockCode;
  if (blockCode === 6 || blockCode === 7) frames = bits.read(blockCode === 6 ? 8 : 16) + 1;
  if (rateCode > 11) bits.read(rateCode === 12 ? 8 : 16);
  const header = bytes.subarray(0, bits.position / 8);
  if (crcTwin(header, 8, 0x07) !== bits.read(8)) throw new Error('the check of the header fails');
  const bitsPerSample = [streamBits, 8, 12, streamBits, 16, 20, 24, 32][sizeCode]!;
  const count = assignment < 8 ? assignment + 1 : 2;
  const sideAt = assignment === 9 ? 0 : assignment > 7 ? 1 : -1;
  let channels = Array.from({ length: count }, (_, channel) =>
    readSubframe(bits, frames, bitsPerSample + (channel === sideAt ? 1 : 0)),
  );
  if (assignment > 7) channels = joinStereo(assignment, channels as [number[], number[]]);
  const end = Math.ceil(bits.position / 8);
  const check = new BitString(bytes, 8 * end).read(16);
  if (crcTwin(bytes.subarray(0, end), 16, 0x8005) !== check) throw new Error('the check of the frame fails');
  return { bytes: end + 2, number, bitsPerSample, channels };
}
