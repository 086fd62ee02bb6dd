/** A spectrum that levels are to lead to. */
export interface WantedSpectrum {
  /** dB at a frequency, up to a constant */
  readonly levelDb: (frequencyHz: number) => number;
  /** No stem is moved further, LU. */
  readonly mostLu: number;
  /** A distance from the spectrum that weighs as much as one of UNSURE_LU from the wanted level, dB. */
  readonly looseDb: number;
}

/** How far stems of one kind usually are from the rule: a distance that is nothing special, LU. */
const UNSURE_LU = 3;
/** Hz: what lies beyond is no matter of levels. */
const LOWEST_HZ = 40;
const HIGHEST_HZ = 16_000;
/** A band that is further away than this has another reason than levels, dB. */
const FAR_DB = 10;
const ROUNDS = 6;
const STEPS_LU = [0.5, 0.1] as const;

/**
 * Moves levels from where rules want them so that the sum comes nearer to a spectrum: the least of the squares of the moves
 * against 3 LU and of the mean square of the distances, found stem by stem.
 * @param stems power in bands of each at the wanted levels
 * @returns [stems] moves, LU
 */
export function leadSpectrum(
  stems: readonly Float64Array[],
  bandsHz: readonly number[],
  wanted: WantedSpectrum,
): number[] {
  const counted = bandsHz.flatMap((hertz, band) => (hertz >= LOWEST_HZ && hertz <= HIGHEST_HZ ? [band] : []));
  const aims = counted.map((band) => wanted.levelDb(bandsHz[band]!));
  const moves = stems.map(() => 0);
  if (stems.length < 2) return moves;
  const cost = (rest: Float64Array, stem: Float64Array, move: number) => {
    const gain = 10 ** (move / 10);
    const distances = counted.map(
      (band, i) => 10 * Math.log10(rest[band]! + gain * stem[band]! + Number.MIN_VALUE) - aims[i]!,
    );
    const middle = median(distances);
    const squares = distances.reduce((sum, each) => sum + Math.min(FAR_DB, Math.abs(each - middle)) ** 2, 0);
    return (move / UNSURE_LU) ** 2 + squares / distances.length / wanted.looseDb ** 2;
  };
  for (const step of STEPS_LU) {
    for (let round = 0; round < ROUNDS; round++) {
      stems.forEach((stem, i) => {
        const rest = sumOf(
          stems,
          moves.map((move, j) => (j === i ? Number.NEGATIVE_INFINITY : move)),
        );
        const present = moves[i]!;
        const reach = step === STEPS_LU[0] ? wanted.mostLu : STEPS_LU[0];
        const count = Math.round(reach / step);
        let best = { move: present, cost: cost(rest, stem, present) };
        for (let k = -count; k <= count; k++) {
          const move = (step === STEPS_LU[0] ? 0 : present) + k * step;
          if (Math.abs(move) > wanted.mostLu + 1e-9) continue;
          const tried = cost(rest, stem, move);
          if (tried < best.cost - 1e-12) best = { move, cost: tried };
        }
        moves[i] = best.move;
      });
    }
  }
  return moves.map((move) => Math.round(10 * move) / 10);
}

/** Power of stems together. @param gainsDb of each */
export function sumOf(stems: readonly Float64Array[], gainsDb: readonly number[]): Float64Array {
  const sum = new Float64Array(stems[0]?.length ?? 0);
  stems.forEach((stem, i) => {
    const gain = 10 ** (gainsDb[i]! / 10);
    for (let band = 0; band < sum.length; band++) sum[band]! += gain * (stem[band] ?? 0);
  });
  return sum;
}

/** Distance of a spectrum from a wanted one, laid over each other: root of the mean square, dB. */
export function spectrumDistanceDb(
  bands: Float64Array,
  bandsHz: readonly number[],
  levelDb: (frequencyHz: number) => number,
): number {
  const distances = bandsHz.flatMap((hertz, band) =>
    hertz >= LOWEST_HZ && hertz <= HIGHEST_HZ && bands[band]! > 0
      ? [10 * Math.log10(bands[band]!) - levelDb(hertz)]
      : [],
  );
  const middle = median(distances);
  const squares = distances.reduce((sum, each) => sum + Math.min(2 * FAR_DB, Math.abs(each - middle)) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, distances.length));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.floor(sorted.length / 2)]!;
}
