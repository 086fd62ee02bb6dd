// Writes layer III frames from what they are to say: the counterpart of the decoders for tests. It codes, it does not
// choose: whoever plans a frame answers for the sound.
import { bandsTwin } from '../format/mp3-bands.twin.ts';
import { isScaled, lengthsMpeg1, lengthsMpeg2 } from '../format/mp3-scale-factors.twin.ts';
import { blockKind, type GranuleTwin, regionStarts } from '../format/mp3-side-info.twin.ts';
import { CODE_TABLES, QUADRUPLE_TABLES } from '../format/mp3-spectrum.twin.ts';

export interface GranulePlan extends Omit<GranuleTwin, 'bits' | 'bigValues'> {
  /** Scale factors of the bands that have one, in the order of coding. */
  readonly scales: readonly number[];
  /** Quantised values in the order of coding: an even number coded in pairs, then whole quadruples of 0 and ±1. */
  readonly pairs: readonly number[];
  readonly quadruples: readonly number[];
  /** Bits after the last code that are too few for another: some encoders fill a granule up so. */
  readonly stuffing: string;
}

export interface FramePlan {
  readonly mode: 'stereo' | 'joint' | 'mono';
  readonly midSide: boolean;
  readonly intensity: boolean;
  /** scfsi: [channel][group] */
  readonly shared: readonly (readonly boolean[])[];
  /** [granule][channel] */
  readonly granules: readonly (readonly GranulePlan[])[];
  /** How many steps of bit rate more than the frame needs: room for frames to come. */
  readonly spareSteps: number;
}

const SAMPLE_RATES = [44_100, 48_000, 32_000];
const BIT_RATES = {
  mpeg1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

/** Bytes of a frame at a bit rate by its index in the header, without padding. */
export function frameBytes(sampleRate: number, index: number): number {
  const mpeg1 = sampleRate >= 32_000;
  const kilobits = (mpeg1 ? BIT_RATES.mpeg1 : BIT_RATES.mpeg2)[index]!;
  return Math.floor(((mpeg1 ? 144_000 : 72_000) * kilobits) / sampleRate);
}

/** A number as that many characters 0 and 1. */
function bits(value: number, width: number): string {
  return width === 0 ? '' : value.toString(2).padStart(width, '0');
}

function toBytes(text: string): Uint8Array {
  return Uint8Array.from({ length: Math.ceil(text.length / 8) }, (_, i) =>
    Number.parseInt(text.slice(8 * i, 8 * i + 8).padEnd(8, '0'), 2),
  );
}

/** The codes of a pair in a table, with linear bits and signs. */
export function pairBits(number: number, x: number, y: number): string {
  const table = CODE_TABLES[number];
  if (!table) return '';
  const [a, b] = [Math.min(Math.abs(x), 15), Math.min(Math.abs(y), 15)];
  const { length, code } = table.codes[a * table.size + b]!;
  const part = (value: number) => {
    const linear = Math.abs(value) >= 15 ? bits(Math.abs(value) - 15, table.linearBits) : '';
    return linear + (value === 0 ? '' : value < 0 ? '1' : '0');
  };
  return bits(code, length) + part(x) + part(y);
}

function quadrupleBits(table: number, values: readonly number[]): string {
  const index = values.reduce((sum, value) => sum * 2 + Math.abs(value), 0);
  const { length, code } = QUADRUPLE_TABLES[table]![index]!;
  return bits(code, length) + values.map((value) => (value === 0 ? '' : value < 0 ? '1' : '0')).join('');
}

/** Scale factors and spectrum of one granule of one channel. */
function granuleBits(plan: GranulePlan, sampleRate: number, lengths: readonly number[]): string {
  let text = plan.scales.map((scale, i) => bits(scale, lengths[i]!)).join('');
  const [region1, region2] = regionStarts(plan, sampleRate);
  for (let line = 0; line < plan.pairs.length; line += 2) {
    const number = plan.tables[line < region1 ? 0 : line < region2 ? 1 : 2]!;
    text += pairBits(number, plan.pairs[line]!, plan.pairs[line + 1]!);
  }
  for (let i = 0; i < plan.quadruples.length; i += 4) {
    text += quadrupleBits(plan.quadrupleTable, plan.quadruples.slice(i, i + 4));
  }
  return text + plan.stuffing;
}

function sideBits(plan: GranulePlan, length: number, mpeg1: boolean): string {
  const start = bits(length, 12) + bits(plan.pairs.length / 2, 9) + bits(plan.globalGain, 8);
  const tables = plan.tables.map((table) => bits(table, 5)).join('');
  const middle =
    plan.blockType === 0
      ? `0${tables}${bits(plan.regionCounts[0], 4)}${bits(plan.regionCounts[1], 3)}`
      : `1${bits(plan.blockType, 2)}${plan.mixed ? 1 : 0}${tables}${plan.subblockGain.map((gain) => bits(gain, 3)).join('')}`;
  const preflag = mpeg1 ? (plan.preflag ? '1' : '0') : '';
  return `${start}${bits(plan.scaleCompress, mpeg1 ? 4 : 9)}${middle}${preflag}${plan.scaleScale}${plan.quadrupleTable}`;
}

/** The check of a frame (11172-3, 2.4.3.1): x^16 + x^15 + x^2 + 1 over the header's second half and the side information. */
function check(text: string): string {
  let state = 0xffff;
  for (const bit of text) {
    const top = (state >> 15) ^ Number(bit);
    state = (state << 1) & 0xffff;
    if (top) state ^= 0x8005;
  }
  return bits(state, 16);
}

interface Coded {
  readonly plan: FramePlan;
  readonly side: string;
  readonly mainData: Uint8Array;
}

function codeFrame(plan: FramePlan, sampleRate: number): Coded {
  const mpeg1 = sampleRate >= 32_000;
  let mainData = '';
  let side = plan.mode === 'mono' ? (mpeg1 ? '00000' : '0') : mpeg1 ? '000' : '00';
  if (mpeg1) side += plan.shared.map((groups) => groups.map((on) => (on ? '1' : '0')).join('')).join('');
  for (const [g, channels] of plan.granules.entries()) {
    for (const [channel, granule] of channels.entries()) {
      const bands = bandsTwin(sampleRate, blockKind(granule)).filter(isScaled);
      const lengths = mpeg1
        ? lengthsMpeg1(granule.scaleCompress, bands)
        : lengthsMpeg2(granule, plan.intensity && channel === 1);
      const isShared = (number: number) =>
        g === 1 &&
        granule.blockType !== 2 &&
        plan.shared[channel]![number < 6 ? 0 : number < 11 ? 1 : number < 16 ? 2 : 3]!;
      const written = lengths.map((length, i) => (mpeg1 && isShared(bands[i]!.number) ? 0 : length));
      const text = granuleBits(granule, sampleRate, written);
      side += sideBits(granule, text.length, mpeg1);
      mainData += text;
    }
  }
  return { plan, side, mainData: toBytes(mainData) };
}

/** One stream of frames; its bit rate changes with what each frame needs, main data begins as early as it can. */
export function writeMp3(plans: readonly FramePlan[], sampleRate: number, withCheck = false): Uint8Array[] {
  const mpeg1 = sampleRate >= 32_000;
  const [version, divisor] = mpeg1 ? [3, 1] : sampleRate >= 16_000 ? [2, 2] : [0, 4];
  const rateIndex = SAMPLE_RATES.indexOf(sampleRate * divisor);
  const bytesAt = (index: number) => frameBytes(sampleRate, index);
  const heads: string[] = [];
  const sizes: number[] = [];
  const stream: number[] = [];
  let room = 0;
  let used = 0;
  for (const { plan, side, mainData } of plans.map((one) => codeFrame(one, sampleRate))) {
    const begin = Math.max(used, room - (mpeg1 ? 511 : 255));
    const beginBits = mpeg1 ? 9 : 8;
    const headBytes = 4 + (withCheck ? 2 : 0) + (beginBits + side.length) / 8;
    const least = BIT_RATES.mpeg1.findIndex(
      (_, i) => i > 0 && room + bytesAt(i) - headBytes >= begin + mainData.length,
    );
    if (least < 0) throw new Error(`${mainData.length} bytes of main data are too many for a frame`);
    const index = Math.min(least + plan.spareSteps, 14);
    const mode = plan.mode === 'mono' ? 3 : plan.mode === 'joint' ? 1 : 0;
    const extension = (plan.midSide ? 2 : 0) + (plan.intensity ? 1 : 0);
    const first = `11111111111${bits(version!, 2)}01${withCheck ? 0 : 1}`;
    const second = `${bits(index, 4)}${bits(rateIndex, 2)}00${bits(mode, 2)}${bits(extension, 2)}0000`;
    const info = bits(room - begin, beginBits) + side;
    heads.push(first + second + (withCheck ? check(second + info) : '') + info);
    sizes.push(bytesAt(index));
    for (const [i, byte] of mainData.entries()) stream[begin + i] = byte;
    used = begin + mainData.length;
    room += bytesAt(index) - headBytes;
  }
  let taken = 0;
  return heads.map((head, i) => {
    const payload = sizes[i]! - head.length / 8;
    const frame = new Uint8Array(sizes[i]!);
    frame.set(toBytes(head));
    for (let k = 0; k < payload; k++) frame[head.length / 8 + k] = stream[taken + k] ?? 0;
    taken += payload;
    return frame;
  });
}
