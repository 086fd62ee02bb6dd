/**
 * Smooths a series that is a straight line plus slow drift plus jitter: the minimum of
 * `sum of weight * (value - smooth)^2 + stiffness * sum of (second difference of smooth)^2`.
 * A straight line passes unchanged at any stiffness; drift with a period of 2 * pi * stiffness^(1/4) entries is halved.
 * Source: Whittaker, "On a new method of graduation", Proc. Edinburgh Math. Soc. 41, 1923; solved by LDL' of the
 * pentadiagonal system.
 * @param values any length; an entry of weight 0 is bridged
 * @param weights as many as values, at least 0, at least two of them above 0
 */
export function smoothDrift(values: Float64Array, weights: Float64Array, stiffness: number): Float64Array {
  const count = values.length;
  if (count < 3) return values.slice();
  const diagonal = new Float64Array(count);
  const first = new Float64Array(count);
  const second = new Float64Array(count);
  const right = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const [a, b, c] = differenceRow(i, count);
    let pivot = weights[i]! + stiffness * a;
    let off = stiffness * b;
    let value = weights[i]! * values[i]!;
    if (i >= 1) {
      pivot -= diagonal[i - 1]! * first[i - 1]! ** 2;
      off -= diagonal[i - 1]! * first[i - 1]! * second[i - 1]!;
      value -= first[i - 1]! * right[i - 1]!;
    }
    if (i >= 2) {
      pivot -= diagonal[i - 2]! * second[i - 2]! ** 2;
      value -= second[i - 2]! * right[i - 2]!;
    }
    diagonal[i] = pivot;
    first[i] = off / pivot;
    second[i] = (stiffness * c) / pivot;
    right[i] = value;
  }
  const smooth = new Float64Array(count);
  for (let i = count - 1; i >= 0; i--) {
    smooth[i] = right[i]! / diagonal[i]! - first[i]! * (smooth[i + 1] ?? 0) - second[i]! * (smooth[i + 2] ?? 0);
  }
  return smooth;
}

/** Diagonal, first and second off-diagonal of D'D in a row, D being the second difference. */
function differenceRow(row: number, count: number): [number, number, number] {
  let diagonal = 0;
  let first = 0;
  let second = 0;
  // Differences that touch this row begin at row - 2, row - 1 and row, with the coefficients 1, -2, 1.
  for (let start = Math.max(0, row - 2); start <= Math.min(row, count - 3); start++) {
    const own = COEFFICIENTS[row - start]!;
    diagonal += own * own;
    if (row + 1 <= start + 2) first += own * COEFFICIENTS[row + 1 - start]!;
    if (row + 2 <= start + 2) second += own * COEFFICIENTS[row + 2 - start]!;
  }
  return [diagonal, first, second];
}
const COEFFICIENTS = [1, -2, 1] as const;
