/** Lengths of time over which the onset curve is looked at, each a quarter longer than the one before. */
const SHORTEST_SECONDS = 0.31;
const LONGEST_SECONDS = 4;
const STEP = 1.25;
/** Scaling exponent of onsets that come at random. */
const RANDOM = 0.5;
/** Fewer lengths than this that fit into the track at least twice say nothing. */
const FEWEST_LENGTHS = 4;

/**
 * Scaling exponent of detrended fluctuation analysis: how the fluctuation of the running sum of a curve around straight
 * lines grows with their length. 0 for what repeats itself, 0.5 for what comes at random, 1 and more for what wanders.
 * Source: C.-K. Peng et al., "Mosaic organization of DNA nucleotides", Physical Review E 49 (1994).
 * @returns mean exponent between 0.31 and 4 s; null when the curve is too short or constant
 */
export function scalingExponent(curve: Float32Array, frameRate: number): number | null {
  const profile = runningSum(curve);
  const points: { readonly length: number; readonly fluctuation: number }[] = [];
  for (let seconds = SHORTEST_SECONDS; seconds <= LONGEST_SECONDS; seconds *= STEP) {
    const length = Math.round(seconds * frameRate);
    if (2 * length > curve.length) break;
    points.push({ length, fluctuation: fluctuation(profile, length) });
  }
  if (points.length < FEWEST_LENGTHS || !points.every((point) => point.fluctuation > 0)) return null;
  const exponents = points.slice(1).map((point, i) => {
    const before = points[i]!;
    return Math.log(point.fluctuation / before.fluctuation) / Math.log(point.length / before.length);
  });
  return exponents.reduce((a, b) => a + b, 0) / exponents.length;
}

/**
 * How regular the onsets of a track are between 0.31 and 4 s: 1 when they repeat themselves strictly, 0 when they come at
 * random, in the way that detrended fluctuation analysis sees it: 1 - exponent / 0.5.
 * Source: S. Streich and P. Herrera, "Detrended fluctuation analysis of music signals: danceability estimation and
 * further semantic characterization", AES 118 (2005). There the curve is the level, up to 10 s; onset strength does not
 * follow the arrangement, and up to 4 s are a bar or two.
 * @param hasPulse without one there is nothing to dance to: 0
 * @returns null when the track is too short
 */
export function danceability(onset: Float32Array, frameRate: number, hasPulse: boolean): number | null {
  const exponent = scalingExponent(onset, frameRate);
  if (exponent === null) return null;
  return hasPulse ? Math.max(0, Math.min(1, 1 - exponent / RANDOM)) : 0;
}

function runningSum(curve: Float32Array): Float64Array {
  const mean = curve.reduce((a, b) => a + b, 0) / Math.max(1, curve.length);
  const profile = new Float64Array(curve.length);
  let sum = 0;
  for (let i = 0; i < curve.length; i++) {
    sum += curve[i]! - mean;
    profile[i] = sum;
  }
  return profile;
}

/** Root of the mean square of what is left when each window of a profile has lost its regression line. */
function fluctuation(profile: Float64Array, length: number): number {
  const windows = Math.floor(profile.length / length);
  const squares = (length * (length * length - 1)) / 12;
  let total = 0;
  for (let window = 0; window < windows; window++) {
    let sum = 0;
    let slope = 0;
    let energy = 0;
    for (let i = 0; i < length; i++) {
      const value = profile[window * length + i]!;
      sum += value;
      slope += value * (i - (length - 1) / 2);
      energy += value * value;
    }
    total += Math.max(0, energy - (sum * sum) / length - (slope * slope) / squares);
  }
  return Math.sqrt(total / (windows * length));
}
