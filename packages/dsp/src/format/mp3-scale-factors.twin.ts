import type { BitString } from './bits.twin.ts';
import type { BandTwin } from './mp3-bands.twin.ts';
import { blockKind, type GranuleTwin } from './mp3-side-info.twin.ts';

/** Scale factors of a granule of a channel, by band in the order of coding; the last band of each window has none: 0. */
export interface ScalesTwin {
  readonly values: readonly number[];
  /** For intensity stereo: the same as positions, undefined where the position is an illegal one. */
  readonly positions: readonly (number | undefined)[];
  readonly preflag: boolean;
}

/** slen1 and slen2 by scalefac_compress (11172-3, 2.4.2.7). */
const LENGTHS: readonly (readonly [number, number])[] = [
  ...([
    [0, 0],
    [0, 1],
    [0, 2],
    [0, 3],
    [3, 0],
    [1, 1],
    [1, 2],
    [1, 3],
  ] as const),
  ...([
    [2, 1],
    [2, 2],
    [2, 3],
    [3, 1],
    [3, 2],
    [3, 3],
    [4, 2],
    [4, 3],
  ] as const),
];

/** Scale factor bands that share each bit of scfsi (2.4.2.7, scfsi_band): 0 to 5, 6 to 10, 11 to 15, 16 to 20. */
const groupOf = (band: number) => (band < 6 ? 0 : band < 11 ? 1 : band < 16 ? 2 : 3);

export const isScaled = ({ window, number }: BandTwin) => number < (window === undefined ? 21 : 12);

/** Bits of each scale factor of MPEG-1, in the order of coding. */
export function lengthsMpeg1(scaleCompress: number, bands: readonly BandTwin[]): number[] {
  const [low, high] = LENGTHS[scaleCompress]!;
  return bands.filter(isScaled).map(({ window, number }) => (number < (window === undefined ? 11 : 6) ? low : high));
}

/** @param first those of the frame's first granule, for bands that are shared with it */
export function scalesMpeg1(
  bits: BitString,
  granule: GranuleTwin,
  bands: readonly BandTwin[],
  shared: readonly boolean[],
  first: ScalesTwin | undefined,
): ScalesTwin {
  const lengths = lengthsMpeg1(granule.scaleCompress, bands);
  const values = bands.map((band, index) => {
    if (!isScaled(band)) return 0;
    if (first && granule.blockType !== 2 && shared[groupOf(band.number)]) return first.values[index]!;
    return bits.read(lengths[index]!);
  });
  return { values, positions: values.map((value) => (value < 7 ? value : undefined)), preflag: granule.preflag };
}

/** 13818-3, 2.4.3.2: lengths of the four groups, and how many factors each has for long, short and mixed blocks. */
function groupsMpeg2(compress: number, intensityRight: boolean): { lengths: number[]; counts: number[][] } {
  if (intensityRight) {
    const c = compress >> 1;
    if (c < 180) {
      const lengths = [Math.floor(c / 36), Math.floor((c % 36) / 6), c % 6, 0];
      return {
        lengths,
        counts: [
          [7, 7, 7, 0],
          [12, 12, 12, 0],
          [6, 15, 12, 0],
        ],
      };
    }
    if (c < 244) {
      const d = c - 180;
      const lengths = [d >> 4, (d >> 2) & 3, d & 3, 0];
      return {
        lengths,
        counts: [
          [6, 6, 6, 3],
          [12, 9, 9, 6],
          [6, 12, 9, 6],
        ],
      };
    }
    const d = c - 244;
    return {
      lengths: [Math.floor(d / 3), d % 3, 0, 0],
      counts: [
        [8, 8, 5, 0],
        [15, 12, 9, 0],
        [6, 18, 9, 0],
      ],
    };
  }
  if (compress < 400) {
    const lengths = [Math.floor((compress >> 4) / 5), (compress >> 4) % 5, (compress >> 2) & 3, compress & 3];
    return {
      lengths,
      counts: [
        [6, 5, 5, 5],
        [9, 9, 9, 9],
        [6, 9, 9, 9],
      ],
    };
  }
  if (compress < 500) {
    const d = compress - 400;
    const lengths = [Math.floor((d >> 2) / 5), (d >> 2) % 5, d & 3, 0];
    return {
      lengths,
      counts: [
        [6, 5, 7, 3],
        [9, 9, 12, 6],
        [6, 9, 12, 6],
      ],
    };
  }
  const d = compress - 500;
  return {
    lengths: [Math.floor(d / 3), d % 3, 0, 0],
    counts: [
      [11, 10, 0, 0],
      [18, 18, 0, 0],
      [15, 18, 0, 0],
    ],
  };
}

/** Bits of each scale factor of MPEG-2, in the order of coding. */
export function lengthsMpeg2(
  granule: Pick<GranuleTwin, 'scaleCompress' | 'blockType' | 'mixed'>,
  intensityRight: boolean,
): number[] {
  const { lengths, counts } = groupsMpeg2(granule.scaleCompress, intensityRight);
  const row = counts[['long', 'short', 'mixed'].indexOf(blockKind(granule))]!;
  return row.flatMap((count, group) => Array.from({ length: count }, () => lengths[group]!));
}

/** @param intensityRight the channel is the right one of a frame with intensity stereo */
export function scalesMpeg2(
  bits: BitString,
  granule: GranuleTwin,
  bands: readonly BandTwin[],
  intensityRight: boolean,
): ScalesTwin {
  const lengths = lengthsMpeg2(granule, intensityRight);
  const values: number[] = [];
  const positions: (number | undefined)[] = [];
  for (const band of bands) {
    const length = isScaled(band) ? lengths.shift()! : 0;
    const value = bits.read(length);
    values.push(value);
    positions.push(length > 0 && value === 2 ** length - 1 ? undefined : value);
  }
  return { values, positions, preflag: !intensityRight && granule.scaleCompress >= 500 };
}
