/** Some options of which one is to be chosen, and those that would be right. */
export interface ChoiceSet {
  /** [options][features] */
  readonly options: readonly (readonly number[])[];
  /** [options] at least one is true */
  readonly right: readonly boolean[];
  /** What the set counts in the fit. */
  readonly weight: number;
}

const ROUNDS = 200;
const NEGLIGIBLE = 1e-10;

/**
 * Fits a conditional logit model, in which an option's probability is proportional to e to the sum of weight times feature:
 * the weights for which the right options are most probable, less ridge / 2 times the squares of the weights of the
 * standardised features. Where several options of a set are right, their probabilities add up.
 * Each step solves for the maximum of a quadratic that lies under the aim (the curvature without what right options take
 * from it), and is halved until the aim rises, so the same sets give the same weights.
 * Source: D. McFadden, "Conditional logit analysis of qualitative choice behavior", 1974; D. Böhning, "Multinomial logistic
 * regression algorithm", Annals of the Institute of Statistical Mathematics 44 (1992).
 * @param ridge [features] not negative
 * @returns [features] weights of the features as they are
 */
export function fitChoices(sets: readonly ChoiceSet[], ridge: readonly number[]): number[] {
  const deviations = ridge.map((_, f) => deviationOf(sets, f));
  const scaled = sets.map((set) => ({
    ...set,
    options: set.options.map((option) => option.map((value, f) => value / deviations[f]!)),
  }));
  let weights = ridge.map(() => 0);
  let state = stateAt(scaled, weights, ridge);
  for (let round = 0; round < ROUNDS; round++) {
    const step = solve(state.curvature, state.slope);
    let scale = 1;
    let next = weights;
    let nextState = state;
    for (; scale > NEGLIGIBLE; scale /= 2) {
      next = weights.map((weight, f) => weight + scale * step[f]!);
      nextState = stateAt(scaled, next, ridge);
      if (nextState.aim > state.aim) break;
    }
    if (scale <= NEGLIGIBLE) break;
    [weights, state] = [next, nextState];
    if (Math.hypot(...step) * scale < NEGLIGIBLE) break;
  }
  return weights.map((weight, f) => weight / deviations[f]!);
}

/** [options] their probabilities under a model. */
export function choose(options: readonly (readonly number[])[], weights: readonly number[]): number[] {
  const scores = options.map((option) => option.reduce((sum, value, f) => sum + weights[f]! * value, 0));
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

function deviationOf(sets: readonly ChoiceSet[], feature: number): number {
  const values = sets.flatMap(({ options }) => options.map((option) => option[feature]!));
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return deviation > 0 ? deviation : 1;
}

/** The aim, its gradient, and a bound of its curvature. */
function stateAt(sets: readonly ChoiceSet[], weights: readonly number[], ridge: readonly number[]) {
  const features = weights.length;
  const slope = weights.map((weight, f) => -ridge[f]! * weight);
  const curvature = ridge.map((value, f) => ridge.map((_, g) => (f === g ? value + NEGLIGIBLE : 0)));
  let aim = -0.5 * weights.reduce((sum, weight, f) => sum + ridge[f]! * weight * weight, 0);
  for (const { options, right, weight } of sets) {
    const probabilities = choose(options, weights);
    const found = probabilities.reduce((sum, probability, i) => sum + (right[i] ? probability : 0), 0);
    aim += weight * Math.log(Math.max(found, Number.MIN_VALUE));
    const mean = weights.map((_, f) => options.reduce((sum, option, i) => sum + probabilities[i]! * option[f]!, 0));
    options.forEach((option, i) => {
      const probability = probabilities[i]!;
      const pull = weight * ((right[i] ? probability / Math.max(found, Number.MIN_VALUE) : 0) - probability);
      for (let f = 0; f < features; f++) {
        slope[f] = slope[f]! + pull * option[f]!;
        const off = weight * probability * (option[f]! - mean[f]!);
        for (let g = 0; g <= f; g++) curvature[f]![g] = curvature[f]![g]! + off * (option[g]! - mean[g]!);
      }
    });
  }
  for (let f = 0; f < features; f++) for (let g = f + 1; g < features; g++) curvature[f]![g] = curvature[g]![f]!;
  return { aim, slope, curvature };
}

/** Solves a symmetric positive definite system (Cholesky). */
function solve(matrix: readonly (readonly number[])[], values: readonly number[]): number[] {
  const size = values.length;
  const lower = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(Math.max(sum, NEGLIGIBLE)) : sum / lower[j]![j]!;
    }
  }
  const half: number[] = [];
  for (let i = 0; i < size; i++) {
    half[i] = (values[i]! - half.reduce((sum, value, k) => sum + lower[i]![k]! * value, 0)) / lower[i]![i]!;
  }
  const result = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    let sum = half[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[k]![i]! * result[k]!;
    result[i] = sum / lower[i]![i]!;
  }
  return result;
}
