// FLAC frames of every form that RFC 9639 has, around given samples: for the decoder's tests. Nothing is chosen well.
import { BitSink } from '../format/bits.twin.ts';
import { crcTwin } from '../format/flac-crc.twin.ts';

export interface SubframeForm {
  readonly kind: 'constant' | 'verbatim' | 'fixed' | 'linear';
  /** Wasted bits: every sample is a multiple of 2^wasted. */
  readonly wasted: number;
  /** Predictor, most recent sample first; of fixed prediction one of the five. */
  readonly coefficients: readonly number[];
  readonly precision: number;
  readonly shift: number;
  readonly partitionOrder: number;
  /** By partition: how much more or less than fits the Rice parameter is, or 'escape' for plain numbers. */
  readonly partitions: readonly (number | 'escape')[];
}

/** Sum of products without rounding: 33-bit samples times coefficients of 15 bits exceed what a float64 holds. */
function predict(samples: readonly number[], at: number, coefficients: readonly number[], shift: number): number {
  let sum = 0n;
  for (const [k, c] of coefficients.entries()) sum += BigInt(c) * BigInt(samples[at - 1 - k]!);
  return Number(sum >> BigInt(shift));
}

/** Bits that hold every value in two's complement. */
function widthOf(values: readonly number[]): number {
  let width = 0;
  while (values.some((value) => value !== 0 && (value < -(2 ** (width - 1)) || value >= 2 ** (width - 1)))) width += 1;
  return width;
}

function writeResidual(sink: BitSink, residual: readonly number[], frames: number, form: SubframeForm): void {
  const order = frames - residual.length;
  const count = frames / 2 ** form.partitionOrder;
  const parts = form.partitions.map((choice, i) => {
    const values = residual.slice(Math.max(0, i * count - order), (i + 1) * count - order);
    const mean = values.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, values.length);
    const fitting = Math.floor(Math.log2(mean + 1)) + (choice === 'escape' ? 0 : choice);
    return { values, parameter: choice === 'escape' ? choice : Math.min(Math.max(fitting, 0), 30) };
  });
  // The wider of the two methods where a parameter asks for it.
  const wide = parts.some(({ parameter }) => parameter !== 'escape' && parameter > 14);
  sink.write(wide ? 1 : 0, 2);
  sink.write(form.partitionOrder, 4);
  for (const { values, parameter } of parts) {
    if (parameter === 'escape') {
      const width = widthOf(values);
      sink.write(wide ? 31 : 15, wide ? 5 : 4);
      sink.write(width, 5);
      for (const value of values) sink.writeSigned(value, width);
      continue;
    }
    sink.write(parameter, wide ? 5 : 4);
    for (const value of values) {
      const folded = value < 0 ? -2 * value - 1 : 2 * value;
      sink.write(0, Math.floor(folded / 2 ** parameter));
      sink.write(1, 1);
      sink.write(folded % 2 ** parameter, parameter);
    }
  }
}

function writeSubframe(sink: BitSink, samples: readonly number[], width: number, form: SubframeForm): void {
  const order = form.coefficients.length;
  const type = { constant: 0, verbatim: 1, fixed: 8 + order, linear: 31 + order }[form.kind];
  sink.write(2 * type + (form.wasted > 0 ? 1 : 0), 8);
  if (form.wasted > 0) sink.write(1, form.wasted);
  const shifted = samples.map((sample) => sample / 2 ** form.wasted);
  const head = form.kind === 'constant' ? 1 : form.kind === 'verbatim' ? samples.length : order;
  for (const sample of shifted.slice(0, head)) sink.writeSigned(sample, width - form.wasted);
  if (form.kind === 'constant' || form.kind === 'verbatim') return;
  if (form.kind === 'linear') {
    sink.write(form.precision - 1, 4);
    sink.writeSigned(form.shift, 5);
    for (const c of form.coefficients) sink.writeSigned(c, form.precision);
  }
  const residual = shifted
    .slice(order)
    .map((sample, i) => sample - predict(shifted, i + order, form.coefficients, form.shift));
  writeResidual(sink, residual, samples.length, form);
}

/**
 * One frame whose header refers to STREAMINFO for rate and bits.
 * @param channels integers; two when `assignment` is above 7, which says how they are joined (section 9.1.3)
 * @param forms of each subframe
 */
export function writeFlacFrame(
  channels: readonly (readonly number[])[],
  bitsPerSample: number,
  assignment: number,
  forms: readonly SubframeForm[],
): Uint8Array {
  const [first, second] = channels;
  const side = first!.map((x, i) => x - (second?.[i] ?? 0));
  const middle = first!.map((x, i) => Math.floor((x + (second?.[i] ?? 0)) / 2));
  const planes = { 8: [first!, side], 9: [side, second!], 10: [middle, side] }[assignment] ?? channels;
  const sideAt = assignment === 9 ? 0 : assignment > 7 ? 1 : -1;
  const sink = new BitSink();
  sink.write(0xfff8, 16);
  sink.write(0x70, 8);
  sink.write(assignment, 4);
  sink.write(0, 4);
  sink.write(0, 8);
  sink.write(first!.length - 1, 16);
  sink.write(crcTwin(sink.bytes(), 8, 0x07), 8);
  for (const [i, plane] of planes.entries()) {
    writeSubframe(sink, plane, bitsPerSample + (i === sideAt ? 1 : 0), forms[i]!);
  }
  sink.write(crcTwin(sink.bytes(), 16, 0x8005), 16);
  return sink.bytes();
}
