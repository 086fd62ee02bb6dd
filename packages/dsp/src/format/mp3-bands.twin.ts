/** Edges of the scale factor bands, in lines of a long block and of one window of a short one. */
interface Edges {
  readonly long: readonly number[];
  readonly short: readonly number[];
}

const LONG_OF_LOW_RATES = [
  ...[0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576],
];

/** By sample rate: ISO/IEC 11172-3, table B.8; 13818-3, table B.2; the lowest rates as encoders have them. */
const EDGES: Readonly<Record<number, Edges>> = {
  44100: {
    long: [0, 4, 8, 12, 16, 20, 24, 30, 36, 44, 52, 62, 74, 90, 110, 134, 162, 196, 238, 288, 342, 418, 576],
    short: [0, 4, 8, 12, 16, 22, 30, 40, 52, 66, 84, 106, 136, 192],
  },
  48000: {
    long: [0, 4, 8, 12, 16, 20, 24, 30, 36, 42, 50, 60, 72, 88, 106, 128, 156, 190, 230, 276, 330, 384, 576],
    short: [0, 4, 8, 12, 16, 22, 28, 38, 50, 64, 80, 100, 126, 192],
  },
  32000: {
    long: [0, 4, 8, 12, 16, 20, 24, 30, 36, 44, 54, 66, 82, 102, 126, 156, 194, 240, 296, 364, 448, 550, 576],
    short: [0, 4, 8, 12, 16, 22, 30, 42, 58, 78, 104, 138, 180, 192],
  },
  22050: { long: LONG_OF_LOW_RATES, short: [0, 4, 8, 12, 18, 24, 32, 42, 56, 74, 100, 132, 174, 192] },
  24000: {
    // Some decoders have 330 for 332 here: the standard's reference program does, its table does not.
    long: [0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 114, 136, 162, 194, 232, 278, 332, 394, 464, 540, 576],
    short: [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 136, 180, 192],
  },
  16000: { long: LONG_OF_LOW_RATES, short: [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192] },
  11025: { long: LONG_OF_LOW_RATES, short: [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192] },
  12000: { long: LONG_OF_LOW_RATES, short: [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192] },
  8000: {
    long: [0, 12, 24, 36, 48, 60, 72, 88, 108, 132, 160, 192, 232, 280, 336, 400, 476, 566, 568, 570, 572, 574, 576],
    short: [0, 8, 16, 24, 36, 52, 72, 96, 124, 160, 162, 164, 166, 192],
  },
};

/** One scale factor band of a granule. */
export interface BandTwin {
  /** 0 to 2 in short blocks; undefined for a band of a long block. */
  readonly window: number | undefined;
  /** Number of the band within its kind of block; the highest (21, or 12 of short blocks) has no scale factor. */
  readonly number: number;
  /** Lines 0 to 575 in the order of coding. Line 3 f + w is frequency f of window w. */
  readonly lines: readonly number[];
}

/** The bands of a granule in the order of coding (2.4.3.4.8: a short block's bands window by window). */
export function bandsTwin(sampleRate: number, kind: 'long' | 'short' | 'mixed'): BandTwin[] {
  const { long, short } = EDGES[sampleRate]!;
  // Mixed blocks: long bands 0 to 7 (MPEG-1) or 0 to 5, then short bands from 3 on.
  const longCount = kind === 'long' ? 22 : kind === 'short' ? 0 : sampleRate >= 32_000 ? 8 : 6;
  const bands: BandTwin[] = [];
  for (let number = 0; number < longCount; number++) {
    const lines = Array.from({ length: long[number + 1]! - long[number]! }, (_, i) => long[number]! + i);
    bands.push({ window: undefined, number, lines });
  }
  if (kind === 'long') return bands;
  for (let number = kind === 'mixed' ? 3 : 0; number < 13; number++) {
    for (let window = 0; window < 3; window++) {
      const width = short[number + 1]! - short[number]!;
      bands.push({
        ...{ window, number },
        lines: Array.from({ length: width }, (_, i) => 3 * (short[number]! + i) + window),
      });
    }
  }
  return bands;
}

/** Where the second and the third region of big values begin when the granule says so (2.4.2.7). */
export function regionsTwin(sampleRate: number, region0: number, region1: number): [number, number] {
  const { long } = EDGES[sampleRate]!;
  return [long[region0 + 1] ?? 576, long[region0 + region1 + 2] ?? 576];
}
