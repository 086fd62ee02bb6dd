/** One answer: how sure it was, and whether it was right. */
export interface Claim {
  /** 0 to 1 */
  readonly confidence: number;
  readonly right: boolean;
}

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Means over the claims in the bin. */
  readonly confidence: number;
  readonly accuracy: number;
}

const BINS = 10;

/** Claims in ten bins of equal width by their confidence; empty bins are left out. */
export function calibrationBins(claims: readonly Claim[]): CalibrationBin[] {
  const binOf = ({ confidence }: Claim) => Math.min(BINS - 1, Math.floor(Math.min(1, Math.max(0, confidence)) * BINS));
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = claims.filter((claim) => binOf(claim) === bin);
    const mean = (value: (claim: Claim) => number) =>
      inside.reduce((sum, claim) => sum + value(claim), 0) / inside.length;
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count: inside.length,
      confidence: mean(({ confidence }) => confidence),
      accuracy: mean(({ right }) => (right ? 1 : 0)),
    };
  }).filter(({ count }) => count > 0);
}

/**
 * Expected calibration error: mean distance between confidence and accuracy over the bins, by their size; null without
 * claims. Source: M. Pakdaman Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.
 */
export function calibrationError(claims: readonly Claim[]): number | null {
  if (claims.length === 0) return null;
  return calibrationBins(claims).reduce(
    (sum, { count, confidence, accuracy }) => sum + (count / claims.length) * Math.abs(confidence - accuracy),
    0,
  );
}

/**
 * The chance that a right claim has the higher confidence of a right and a wrong one, equal ones counting half: the area
 * under the ROC curve, by ranks (Mann and Whitney 1947). Null when all are right or all are wrong.
 */
export function rankingArea(claims: readonly Claim[]): number | null {
  const ordered = [...claims].sort((a, b) => a.confidence - b.confidence);
  const rights = ordered.filter(({ right }) => right).length;
  const wrongs = ordered.length - rights;
  if (rights === 0 || wrongs === 0) return null;
  let wins = 0;
  let wrongsBelow = 0;
  for (let first = 0; first < ordered.length; ) {
    let end = first;
    while (end < ordered.length && ordered[end]!.confidence === ordered[first]!.confidence) end += 1;
    const equals = ordered.slice(first, end);
    const wrongEquals = equals.filter(({ right }) => !right).length;
    wins += (equals.length - wrongEquals) * (wrongsBelow + wrongEquals / 2);
    wrongsBelow += wrongEquals;
    first = end;
  }
  return wins / (rights * wrongs);
}
