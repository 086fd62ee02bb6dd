import { type Features, type Kernels, kWeightingPower, melPowerSums, POWER_SUMS } from '@tutti/dsp';

/** Kick and bass lie below: where a mixer's low band ends (Linkwitz-Riley of fourth order, as `ThreeBandIsolator`). */
export const LOW_BAND_HZ = 200;
/** Octaves above it: 200 to 400 Hz and so on, the last from 6.4 kHz up. */
export const OCTAVES = 6;

/** Where `Features.bandEnergies` parts low from middle and middle from high, and what stands for low and high. */
const LOW_EDGE_HZ = 150;
const HIGH_EDGE_HZ = 4000;
const LOW_MIDDLE_HZ = 75;
const HIGH_MIDDLE_HZ = 8000;
/** `Features.melFrames`: triangles, evenly spaced on HTK's mel scale. */
const MEL_RANGE_HZ = [30, 16_000] as const;
/** Frequencies that stand for what is within a triangle. */
const TRIANGLE_TONES = 32;
const DIGITS = 1000;

/** Where the loudness of a stretch of music lies, as power; in silence nowhere. */
export interface LoudShares {
  /** Share that goes when the low band is taken away by the isolator: 0 to 1. */
  readonly low: number;
  /** What each octave above the low band has of the loudness of all of them: 0 to 1 each. */
  readonly octaves: readonly number[];
}

/**
 * About where a track's loudness lies.
 * Stages: power of the three bands, the middle one parted among its mel bands -> K-weighting of each -> what a
 * fourth-order high-pass leaves of it; K-weighted power of the mel bands by octaves.
 * @param kernels lend memory for the time of the call
 * @returns for each whole `hopSeconds`, to three digits
 */
export function loudShares(kernels: Kernels, features: Features, hopSeconds: number): LoudShares[] {
  const { bandEnergies, frameRate, frames, startSeconds, melFrameRate, melBands, melFrames } = features;
  const count = Math.ceil((startSeconds + frames / frameRate) / hopSeconds);
  const rowAt = (hop: number, rate: number) =>
    Math.max(0, Math.round(hop * hopSeconds * rate) - Math.round(startSeconds * rate));
  const melTotal = Math.floor(melFrames.length / melBands);
  const melSums = weightSets(melBands).map((weights) => melPowerSums(kernels, melFrames, weights));
  /** Sums over a hop of all that the weights ask for, in their order. */
  const melOf = (hop: number) => {
    const [from, to] = [rowAt(hop, melFrameRate), Math.min(melTotal, rowAt(hop + 1, melFrameRate))];
    return melSums.flatMap((sums) =>
      Array.from({ length: POWER_SUMS }, (_, column) => {
        let sum = 0;
        for (let frame = from; frame < to; frame++) sum += sums[POWER_SUMS * frame + column]!;
        return sum;
      }),
    );
  };
  const energy = (curve: Float32Array, hop: number) => {
    const to = Math.min(frames, rowAt(hop + 1, frameRate));
    let sum = 0;
    for (let i = rowAt(hop, frameRate); i < to; i++) sum += curve[i]!;
    return sum;
  };
  return Array.from({ length: count }, (_, hop) => {
    const [power, weighted, left, ...octaves] = melOf(hop).slice(0, 3 + OCTAVES) as [number, number, number];
    const lowPart = kWeightingPower(LOW_MIDDLE_HZ) * energy(bandEnergies.low, hop);
    const highPart = kWeightingPower(HIGH_MIDDLE_HZ) * energy(bandEnergies.high, hop);
    const perPower = power > 0 ? energy(bandEnergies.mid, hop) / power : 0;
    const all = lowPart + perPower * weighted + highPart;
    const kept = highPass(LOW_MIDDLE_HZ) * lowPart + perPower * left + highPart;
    return { low: all > 0 ? rounded(1 - kept / all) : 0, octaves: sharesOf(octaves) };
  });
}

/** Each part's share of all, to three digits; 0 of nothing. */
export function sharesOf(parts: readonly number[]): number[] {
  const all = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => (all > 0 ? rounded(part / all) : 0));
}

function rounded(value: number): number {
  return Math.round(DIGITS * value) / DIGITS;
}

/**
 * What the power of each mel band counts for that of the middle band, for the same K-weighted, for what is left of that by the
 * high-pass, and for the K-weighted power of each octave: means over the band's triangle, taken as evenly filled.
 */
function weightSets(bands: number): Float32Array[] {
  const isMiddle = (hertz: number) => hertz >= LOW_EDGE_HZ && hertz < HIGH_EDGE_HZ;
  const asked: ((hertz: number) => number)[] = [
    (hertz) => (isMiddle(hertz) ? 1 : 0),
    (hertz) => (isMiddle(hertz) ? kWeightingPower(hertz) : 0),
    (hertz) => (isMiddle(hertz) ? kWeightingPower(hertz) * highPass(hertz) : 0),
    ...Array.from({ length: OCTAVES }, (_, octave) => (hertz: number) => {
      const place = Math.floor(Math.log2(hertz / LOW_BAND_HZ));
      return Math.min(place, OCTAVES - 1) === octave ? kWeightingPower(hertz) : 0;
    }),
  ];
  return Array.from({ length: Math.ceil(asked.length / POWER_SUMS) }, (_, set) => {
    const columns = asked.slice(set * POWER_SUMS, (set + 1) * POWER_SUMS);
    const weights = new Float32Array(POWER_SUMS * bands);
    for (let band = 0; band < bands; band++)
      columns.forEach((of, column) => {
        weights[POWER_SUMS * band + column] = triangleMean(band, bands, of);
      });
    return weights;
  });
}

function triangleMean(band: number, bands: number, of: (hertz: number) => number): number {
  const [lowest, highest] = MEL_RANGE_HZ.map((hertz) => 2595 * Math.log10(1 + hertz / 700)) as [number, number];
  const edge = (number: number) => 700 * (10 ** ((lowest + ((highest - lowest) * number) / (bands + 1)) / 2595) - 1);
  const [from, centre, to] = [edge(band), edge(band + 1), edge(band + 2)];
  let sum = 0;
  let all = 0;
  for (let i = 0; i < TRIANGLE_TONES; i++) {
    const hertz = from + ((to - from) * (i + 0.5)) / TRIANGLE_TONES;
    const height = hertz < centre ? (hertz - from) / (centre - from) : (to - hertz) / (to - centre);
    sum += height * of(hertz);
    all += height;
  }
  return sum / all;
}

/** Power that the isolator leaves at a frequency when its low band is off. */
function highPass(hertz: number): number {
  const ratio = (hertz / LOW_BAND_HZ) ** 4;
  return (ratio / (1 + ratio)) ** 2;
}
