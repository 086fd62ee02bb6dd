// Random frames of layer III in every form that the standard has, for the writer beside.
import { type BandTwin, bandsTwin } from '../format/mp3-bands.twin.ts';
import { isScaled, lengthsMpeg1, lengthsMpeg2 } from '../format/mp3-scale-factors.twin.ts';
import { blockKind, regionStarts } from '../format/mp3-side-info.twin.ts';
import { CODE_TABLES } from '../format/mp3-spectrum.twin.ts';
import { type FramePlan, type GranulePlan, pairBits } from './mp3-writer.ts';

/** Uniform on [0, 1). */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    // Numerical Recipes' generator; its upper bits are good enough here.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface StreamKind {
  readonly sampleRate: number;
  readonly mono?: boolean;
  /** Leaves out what decoders read in different ways, and keeps to windows that fit. */
  readonly agreed?: boolean;
}

/** Magnitude of the largest line, as the sum of a granule's lines is to stay within full scale. */
const LARGEST_LINE = 0.02;
/** Bits of one granule of one channel at most: four of them fit into the largest frame. */
const MOST_BITS = 1700;

const whole = (random: Random, least: number, most: number) => least + Math.floor(random() * (most - least + 1));

/** Ranges of scalefac_compress of MPEG-2 between the borders that it has for either way of coding. */
const COMPRESSIONS: readonly (readonly [number, number])[] = [
  [0, 359],
  [360, 399],
  [400, 487],
  [488, 499],
  [500, 511],
];

function compression(random: Random): number {
  const [least, most] = COMPRESSIONS[whole(random, 0, 4)]!;
  return whole(random, least, most);
}

interface GranuleWish extends BlockForm {
  /** Lines that may be coded. */
  readonly lines: number;
  readonly intensityRight: boolean;
}

function planGranule(random: Random, { sampleRate, agreed }: StreamKind, wish: GranuleWish): GranulePlan {
  const mpeg1 = sampleRate >= 32_000;
  const { blockType, mixed, intensityRight } = wish;
  const numbers = CODE_TABLES.flatMap((table, number) => (table || number === 0 ? [number] : []));
  const tables = Array.from({ length: blockType === 0 ? 3 : 2 }, () => numbers[whole(random, 0, numbers.length - 1)]!);
  const form = {
    ...{ blockType, mixed, tables },
    regionCounts: (blockType === 0 ? [whole(random, 0, 15), whole(random, 0, 7)] : [0, 0]) as [number, number],
    subblockGain: [0, 1, 2].map(() => (blockType === 0 ? 0 : whole(random, 0, 2))),
    preflag: mpeg1 && random() < 0.5,
    scaleScale: whole(random, 0, 1),
    quadrupleTable: whole(random, 0, 1),
    scaleCompress: mpeg1 ? whole(random, 0, 15) : compression(random),
  };
  const bands: BandTwin[] = bandsTwin(sampleRate, blockKind(form)).filter(isScaled);
  const lengths = mpeg1 ? lengthsMpeg1(form.scaleCompress, bands) : lengthsMpeg2(form, intensityRight);
  // The largest position of MPEG-2 is an illegal one, which not every decoder knows; some know no more than 16.
  const most = (length: number) =>
    agreed && intensityRight && !mpeg1 && length > 0 ? Math.min(2 ** length - 2, 15) : 2 ** length - 1;
  const scales = lengths.map((length) => whole(random, 0, most(length)));

  const limit = 2 * whole(random, 0, Math.floor(wish.lines / 2));
  const budget = whole(random, 200, MOST_BITS) - lengths.reduce((sum, length) => sum + length, 0);
  const [region1, region2] = regionStarts(form, sampleRate);
  const pairs: number[] = [];
  let spent = 0;
  while (pairs.length < limit) {
    const number = tables[pairs.length < region1 ? 0 : pairs.length < region2 ? 1 : 2]!;
    const table = CODE_TABLES[number];
    const largest = table ? table.size - 1 + (table.linearBits > 0 ? 2 ** table.linearBits - 1 : 0) : 0;
    const value = () => Math.round(largest * random() ** 4) * (random() < 0.5 ? -1 : 1) + 0;
    const [x, y] = [value(), value()];
    spent += pairBits(number, x, y).length;
    if (spent > budget) break;
    pairs.push(x, y);
  }
  const quadruples: number[] = [];
  while (pairs.length + quadruples.length + 4 <= wish.lines && spent + 10 < budget && random() < 0.97) {
    quadruples.push(...[0, 1, 2, 3].map(() => whole(random, -1, 1)));
    spent += 10;
  }
  const largest = Math.max(1, ...pairs.map(Math.abs));
  const gain = 210 + 4 * Math.log2((LARGEST_LINE * (0.3 + random())) / largest ** (4 / 3));
  const room = pairs.length + quadruples.length < 560 && form.quadrupleTable === 1;
  return {
    ...form,
    scales,
    pairs,
    quadruples,
    globalGain: Math.round(gain),
    stuffing: room ? '0'.repeat(whole(random, 0, 3)) : '',
  };
}

/** Block types that may follow each, as windows that overlap have to fit. */
const FOLLOWING = [
  [0, 1],
  [2, 2],
  [2, 3],
  [0, 1],
] as const;

interface BlockForm {
  readonly blockType: number;
  readonly mixed: boolean;
}

function nextForm(random: Random, kind: StreamKind, last: BlockForm): BlockForm {
  if (!kind.agreed) {
    const blockType = whole(random, 0, 3);
    return { blockType, mixed: blockType > 0 && random() < 0.4 };
  }
  const blockType = FOLLOWING[last.blockType]![whole(random, 0, 1)]!;
  // What begins mixed ends mixed.
  return { blockType, mixed: blockType === 1 ? random() < 0.4 : blockType > 1 && last.mixed };
}

function planFrame(random: Random, kind: StreamKind, last: BlockForm): FramePlan {
  const mpeg1 = kind.sampleRate >= 32_000;
  const mode = kind.mono ? 'mono' : kind.agreed || random() < 0.75 ? 'joint' : 'stereo';
  const midSide = mode === 'joint' && random() < 0.5;
  const intensity = mode === 'joint' && random() < 0.6;
  const channels = kind.mono ? 1 : 2;
  let both = last;
  const granules = Array.from({ length: mpeg1 ? 2 : 1 }, () => {
    both = nextForm(random, kind, both);
    return Array.from({ length: channels }, (_, channel) => {
      const form = mode === 'joint' || kind.agreed ? both : nextForm(random, kind, both);
      const intensityRight = intensity && channel === 1;
      const lines = intensityRight ? (kind.agreed ? 200 : whole(random, 0, 576)) : 576;
      return planGranule(random, kind, { ...form, lines, intensityRight });
    });
  });
  const shared = Array.from({ length: channels }, (_, channel) => {
    const possible = mpeg1 && granules.every((granule) => granule[channel]!.blockType !== 2);
    return [0, 1, 2, 3].map(() => possible && random() < 0.5);
  });
  return { mode, midSide, intensity, shared, granules, spareSteps: random() < 0.5 ? 0 : whole(random, 0, 8) };
}

export function planStream(seed: number, frames: number, kind: StreamKind): FramePlan[] {
  const random = randomFrom(seed);
  let last: BlockForm = { blockType: 0, mixed: false };
  return Array.from({ length: frames }, () => {
    const plan = planFrame(random, kind, last);
    last = plan.granules.at(-1)![0]!;
    return plan;
  });
}
