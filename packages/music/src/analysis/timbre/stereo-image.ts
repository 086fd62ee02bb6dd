import { type Features, STEREO_VALUES } from '@tutti/dsp';

/** Mean square below which a track is silence: -90 dB. */
const SILENCE = 1e-9;
/** A band with less than this share of the power is not heard: what is in it is mostly the noise of the format. -60 dB. */
const INAUDIBLE = 1e-6;
const COLUMNS = STEREO_VALUES / 3;

/** Below 150 Hz, from there to 4 kHz, above, and all of them. Null where nothing is heard. */
export interface BandFigures {
  readonly low: number | null;
  readonly mid: number | null;
  readonly high: number | null;
  readonly all: number | null;
}

export interface StereoImage {
  /** Share of side in the power of mid and side: 0 mono, 0.5 two channels that have nothing in common, 1 opposites. */
  readonly width: BandFigures;
  /** Correlation of left and right: 1 mono, 0 nothing in common, -1 opposites; null where one of the two is silent. */
  readonly correlation: BandFigures;
}

/** Mean squares of mid and side. */
export interface MidSidePowers {
  readonly mid: number;
  readonly side: number;
  /** Mean product of mid and side. */
  readonly product: number;
}

/** Sums of the columns of stereo frames, and how many frames there were; those of stretches add up. */
export interface StereoSums {
  readonly frames: number;
  /** [STEREO_VALUES] */
  readonly columns: readonly number[];
}

export function stereoSums({ stereoFrames }: Features): StereoSums {
  const columns = new Array<number>(STEREO_VALUES).fill(0);
  for (let i = 0; i < stereoFrames.length; i++) {
    columns[i % STEREO_VALUES] = columns[i % STEREO_VALUES]! + stereoFrames[i]!;
  }
  return { frames: stereoFrames.length / STEREO_VALUES, columns };
}

/**
 * How wide a track is, over all of its length and weighted by power. With M and S for mid and side and <> for the mean:
 * width = <S^2> / (<M^2> + <S^2>), correlation = <LR> / sqrt(<L^2> <R^2>), where L = M + S and R = M - S.
 */
export function stereoImage({ frames, columns }: StereoSums): StereoImage {
  const mean = (column: number) => columns[column]! / Math.max(1, frames);
  const bands = Array.from({ length: 3 }, (_, band): MidSidePowers => {
    const [mid, side, product] = [0, 1, 2].map((value) => mean(COLUMNS * band + value));
    return { mid: mid!, side: side!, product: product! };
  });
  const all = bands.reduce((sum, band) => ({
    mid: sum.mid + band.mid,
    side: sum.side + band.side,
    product: sum.product + band.product,
  }));
  const total = all.mid + all.side;
  const figures = (figure: (powers: MidSidePowers) => number | null): BandFigures => {
    const [low, mid, high, whole] = [...bands, all].map((powers) =>
      total > SILENCE && powers.mid + powers.side > INAUDIBLE * total ? figure(powers) : null,
    );
    return { low: low!, mid: mid!, high: high!, all: whole! };
  };
  return { width: figures(widthOf), correlation: figures(correlationOf) };
}

/** Share of side; of a sound that is not silent. */
export function widthOf({ mid, side }: MidSidePowers): number {
  return side / (mid + side);
}

/** Null where one of left and right is silent. */
export function correlationOf({ mid, side, product }: MidSidePowers): number | null {
  const power = mid + side;
  const leftTimesRight = power * power - 4 * product * product;
  if (leftTimesRight < 1e-9 * power * power) return null;
  return Math.max(-1, Math.min(1, (mid - side) / Math.sqrt(leftTimesRight)));
}
