import { BitString } from './bits.twin.ts';
import { bandsTwin, regionsTwin } from './mp3-bands.twin.ts';

/** Side information of one granule of one channel (ISO/IEC 11172-3, 2.4.1.7 and 2.4.2.7; 13818-3, 2.4.1.7). */
export interface GranuleTwin {
  /** part2_3_length: bits of scale factors and spectrum. */
  readonly bits: number;
  /** Pairs. */
  readonly bigValues: number;
  readonly globalGain: number;
  /** scalefac_compress */
  readonly scaleCompress: number;
  /** 0 normal, 1 start, 2 short, 3 stop */
  readonly blockType: number;
  /** The two lowest subbands have normal windows whatever the block type says. */
  readonly mixed: boolean;
  readonly tables: readonly number[];
  /** region0_count and region1_count; of no effect under window switching. */
  readonly regionCounts: readonly [number, number];
  readonly subblockGain: readonly number[];
  readonly preflag: boolean;
  /** scalefac_scale */
  readonly scaleScale: number;
  /** count1table_select */
  readonly quadrupleTable: number;
}

export interface FrameTwin {
  readonly mpeg1: boolean;
  readonly sampleRate: number;
  readonly channels: number;
  readonly midSide: boolean;
  readonly intensity: boolean;
  /** main_data_begin: bytes that the main data begins before this frame's. */
  readonly mainDataBegin: number;
  /** scfsi: [channel][group] */
  readonly shared: readonly (readonly boolean[])[];
  /** [granule][channel] */
  readonly granules: readonly (readonly GranuleTwin[])[];
  /** Where the frame's main data begins, in bytes. */
  readonly payload: number;
}

function readGranule(bits: BitString, mpeg1: boolean): GranuleTwin {
  const length = bits.read(12);
  const bigValues = bits.read(9);
  const globalGain = bits.read(8);
  const scaleCompress = bits.read(mpeg1 ? 4 : 9);
  const switching = bits.read(1) === 1;
  const blockType = switching ? bits.read(2) : 0;
  if (switching && blockType === 0) throw new Error('a switched window of the normal type');
  const mixed = switching && bits.read(1) === 1;
  const tables = Array.from({ length: switching ? 2 : 3 }, () => bits.read(5));
  const subblockGain = switching ? [bits.read(3), bits.read(3), bits.read(3)] : [0, 0, 0];
  const regionCounts: [number, number] = switching ? [0, 0] : [bits.read(4), bits.read(3)];
  const preflag = mpeg1 && bits.read(1) === 1;
  const [scaleScale, quadrupleTable] = [bits.read(1), bits.read(1)];
  return {
    ...{ bits: length, bigValues, globalGain, scaleCompress, blockType, mixed, tables, regionCounts, subblockGain },
    ...{ preflag, scaleScale, quadrupleTable },
  };
}

/** Reads header and side information of a layer III frame. */
export function frameTwin(frame: Uint8Array): FrameTwin {
  const bits = new BitString(frame, 11);
  const version = bits.read(2);
  const mpeg1 = version === 3;
  bits.read(2);
  const hasCheck = bits.read(1) === 0;
  bits.read(4);
  const rates = [44_100, 48_000, 32_000];
  const sampleRate = rates[bits.read(2)]! / (mpeg1 ? 1 : version === 2 ? 2 : 4);
  bits.read(2);
  const mode = bits.read(2);
  const extension = bits.read(2);
  bits.read(4);
  if (hasCheck) bits.read(16);
  const channels = mode === 3 ? 1 : 2;
  const mainDataBegin = bits.read(mpeg1 ? 9 : 8);
  bits.read(mpeg1 ? (channels === 1 ? 5 : 3) : channels);
  const shared = Array.from({ length: channels }, () => Array.from({ length: 4 }, () => mpeg1 && bits.read(1) === 1));
  const granules = Array.from({ length: mpeg1 ? 2 : 1 }, () =>
    Array.from({ length: channels }, () => readGranule(bits, mpeg1)),
  );
  return {
    ...{ mpeg1, sampleRate, channels, mainDataBegin, shared, granules },
    midSide: mode === 1 && (extension & 2) !== 0,
    intensity: mode === 1 && (extension & 1) !== 0,
    payload: bits.position / 8,
  };
}

export function blockKind({ blockType, mixed }: Pick<GranuleTwin, 'blockType' | 'mixed'>): 'long' | 'short' | 'mixed' {
  return blockType !== 2 ? 'long' : mixed ? 'mixed' : 'short';
}

/** Lines at which the second and the third region of big values begin. */
export function regionStarts(
  granule: Pick<GranuleTwin, 'blockType' | 'mixed' | 'regionCounts'>,
  sampleRate: number,
): [number, number] {
  if (granule.blockType === 0) return regionsTwin(sampleRate, ...granule.regionCounts);
  // The first region of a switched window has a fixed number of bands: eight long ones, or nine of short blocks (three
  // bands of three windows); of mixed blocks all the long ones.
  const kind = blockKind(granule);
  const bands = bandsTwin(sampleRate, kind);
  const count = kind === 'mixed' ? bands.filter(({ window }) => window === undefined).length : kind === 'short' ? 9 : 8;
  return [bands.slice(0, count).reduce((lines, band) => lines + band.lines.length, 0), 576];
}
