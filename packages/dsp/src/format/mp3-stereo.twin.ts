import type { BandTwin } from './mp3-bands.twin.ts';
import { isScaled, type ScalesTwin } from './mp3-scale-factors.twin.ts';

/** What MPEG-1 and MPEG-2 do not share. */
export interface IntensityTwin {
  readonly mpeg1: boolean;
  /** intensity_scale of MPEG-2: the lowest bit of the right channel's scalefac_compress. */
  readonly intensityScale: number;
}

/** Gains of left and right at a position (11172-3, 2.4.3.4.9.3; 13818-3, 2.4.3.2). */
function gains(position: number, { mpeg1, intensityScale }: IntensityTwin): [number, number] {
  if (mpeg1) {
    if (position === 6) return [1, 0];
    const ratio = Math.tan((position * Math.PI) / 12);
    return [ratio / (1 + ratio), 1 / (1 + ratio)];
  }
  const step = intensityScale === 0 ? 2 ** -0.25 : 2 ** -0.5;
  if (position === 0) return [1, 1];
  return position % 2 === 1 ? [step ** ((position + 1) / 2), 1] : [1, step ** (position / 2)];
}

/** Joint stereo in place, band by band; `intensity` is undefined when the frame has none. */
export function stereoTwin(
  left: Float64Array,
  right: Float64Array,
  bands: readonly BandTwin[],
  positions: ScalesTwin['positions'],
  midSide: boolean,
  intensity: IntensityTwin | undefined,
): void {
  const isSilent = (band: BandTwin) => band.lines.every((line) => right[line] === 0);
  /** True when the right channel has nothing in the band and above: of its own window, or of any above a long band. */
  const isIntensity = (index: number) => {
    const { window } = bands[index]!;
    const above = bands.slice(index).filter((band) => window === undefined || band.window === window);
    return intensity !== undefined && above.every(isSilent);
  };
  const coded = bands.map((_, index) => isIntensity(index));
  for (const [index, band] of bands.entries()) {
    // The highest band has no position of its own. The standard does not say which it has: that of the band below, or
    // the middle when the band below has none because it is not coded this way.
    const below = bands.findLastIndex((other, i) => i < index && other.window === band.window);
    const middle = intensity?.mpeg1 ? 3 : 0;
    const position = isScaled(band) ? positions[index] : coded[below] ? positions[below] : middle;
    const [toLeft, toRight] = coded[index] && position !== undefined ? gains(position, intensity!) : [];
    for (const line of band.lines) {
      const [first, second] = [left[line]!, right[line]!];
      if (toLeft !== undefined && toRight !== undefined) {
        left[line] = first * toLeft;
        right[line] = first * toRight;
      } else if (midSide) {
        left[line] = (first + second) / Math.SQRT2;
        right[line] = (first - second) / Math.SQRT2;
      }
    }
  }
}
