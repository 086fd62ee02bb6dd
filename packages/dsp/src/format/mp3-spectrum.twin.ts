import { kernelTables } from '../testing/kernel-tables.ts';
import type { BitString } from './bits.twin.ts';
import type { BandTwin } from './mp3-bands.twin.ts';
import { isScaled, type ScalesTwin } from './mp3-scale-factors.twin.ts';
import { type GranuleTwin, regionStarts } from './mp3-side-info.twin.ts';

/** One table of ISO/IEC 11172-3, B.7: codes by x * size + y. */
export interface CodeTableTwin {
  readonly size: number;
  /** linbits: bits that follow a value of 15. */
  readonly linearBits: number;
  readonly codes: readonly { readonly length: number; readonly code: number }[];
}

const LISTS = kernelTables('format/mp3-huffman.data.ts');

function codesOf(name: string): CodeTableTwin['codes'] {
  // The data file packs a code into a word: length in the upper 12 bits, code in the lower 20.
  return LISTS.get(name)!.map((word) => ({ length: word >>> 20, code: word & 0xfffff }));
}

function makeTable(number: number): CodeTableTwin | undefined {
  if (number === 0 || number === 4 || number === 14) return undefined;
  const codes = codesOf(`HUFFMAN_${number < 16 ? number : number < 24 ? 16 : 24}`);
  const linear = [1, 2, 3, 4, 6, 8, 10, 13, 4, 5, 6, 7, 8, 9, 11, 13];
  return { size: Math.sqrt(codes.length), linearBits: number < 16 ? 0 : linear[number - 16]!, codes };
}

/** By table_select; undefined for table 0 (all zeros) and for the numbers that are not used. */
export const CODE_TABLES: readonly (CodeTableTwin | undefined)[] = Array.from({ length: 32 }, (_, i) => makeTable(i));

/** Tables A and B of quadruples v, w, x, y, by 8 v + 4 w + 2 x + y. */
export const QUADRUPLE_TABLES: readonly CodeTableTwin['codes'][] = [
  codesOf('HUFFMAN_QUADRUPLES'),
  Array.from({ length: 16 }, (_, quadruple) => ({ length: 4, code: 15 - quadruple })),
];

/** Entries by their code with a 1 before it. */
const lookUps = new Map<CodeTableTwin['codes'], Map<number, number>>();

function readCode(bits: BitString, codes: CodeTableTwin['codes']): number {
  let lookUp = lookUps.get(codes);
  if (!lookUp) {
    lookUp = new Map(codes.map(({ length, code }, index) => [2 ** length + code, index]));
    lookUps.set(codes, lookUp);
  }
  for (let code = 1; code < 2 ** 20; ) {
    code = code * 2 + bits.read(1);
    const index = lookUp.get(code);
    if (index !== undefined) return index;
  }
  throw new Error('no code of the table');
}

/** Quantised values in the order of coding (11172-3, 2.4.3.4.6). */
export function valuesTwin(bits: BitString, granule: GranuleTwin, sampleRate: number, end: number): number[] {
  const values: number[] = [];
  const [region1, region2] = regionStarts(granule, sampleRate);
  const signed = (magnitude: number) => (magnitude > 0 && bits.read(1) === 1 ? -magnitude : magnitude);
  for (let line = 0; line < 2 * granule.bigValues; line += 2) {
    const number = granule.tables[line < region1 ? 0 : line < region2 ? 1 : 2]!;
    const table = CODE_TABLES[number];
    if (!table && number !== 0) throw new Error(`there is no table ${number}`);
    const index = table ? readCode(bits, table.codes) : 0;
    const size = table?.size ?? 1;
    for (const value of [Math.floor(index / size), index % size]) {
      const linear = value === 15 && table ? bits.read(table.linearBits) : 0;
      values.push(signed(value + linear));
    }
  }
  while (values.length <= 572 && bits.position < end) {
    const index = readCode(bits, QUADRUPLE_TABLES[granule.quadrupleTable]!);
    const quadruple = [8, 4, 2, 1].map((bit) => signed(index & bit ? 1 : 0));
    // The last one may run over the end: bits that pad the part out.
    if (bits.position <= end) values.push(...quadruple);
  }
  return values;
}

/** pretab (table B.6) */
const PRETAB = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 2, 0];

/** Requantised lines, 576 of them, zeros above the coded ones (11172-3, 2.4.3.4.7). */
export function requantiseTwin(
  values: readonly number[],
  granule: GranuleTwin,
  bands: readonly BandTwin[],
  scales: ScalesTwin,
): Float64Array {
  const lines = new Float64Array(576);
  const multiplier = granule.scaleScale === 0 ? 0.5 : 1;
  let coded = 0;
  for (const [index, band] of bands.entries()) {
    let scale = isScaled(band) ? scales.values[index]! : 0;
    if (band.window === undefined && scales.preflag) scale += PRETAB[band.number]!;
    const subblock = band.window === undefined ? 0 : 8 * granule.subblockGain[band.window]!;
    const factor = 2 ** ((granule.globalGain - 210 - subblock) / 4) * 2 ** (-multiplier * scale);
    for (const line of band.lines) {
      const value = values[coded++] ?? 0;
      lines[line] = Math.sign(value) * Math.abs(value) ** (4 / 3) * factor;
    }
  }
  return lines;
}
