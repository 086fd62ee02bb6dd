import type { RidgeOptions } from './ridge-path.ts';

/** Mean of the values at a period and its multiples in one column, the k-th with weight 1 / k. */
function combTwin(values: Float32Array, column: number, period: number, { lags, multiples }: RidgeOptions): number {
  let sum = 0;
  let weights = 0;
  for (let k = 1; k <= multiples && k * period < lags - 1; k++) {
    const below = Math.floor(k * period);
    const [near, next] = [values[column * lags + below]!, values[column * lags + below + 1]!];
    sum += (near + (k * period - below) * (next - near)) / k;
    weights += 1 / k;
  }
  return sum / weights;
}

/** What a path is worth, plainly. @param states which period each column has */
export function pathWorth(
  values: Float32Array,
  periods: Float32Array,
  states: readonly number[],
  options: RidgeOptions,
): number {
  return states.reduce((sum, state, column) => {
    const move = column > 0 ? state - states[column - 1]! : 0;
    return sum + combTwin(values, column, periods[state]!, options) - options.cost * move * move;
  }, 0);
}

/** The largest worth of any path, plainly. */
export function bestPathTwin(values: Float32Array, periods: Float32Array, options: RidgeOptions): number {
  let worths = new Array<number>(periods.length).fill(0);
  for (let column = 0; column < options.columns; column++) {
    worths = worths.map((_, state) => {
      const before = worths.map((worth, other) => {
        const move = state - other;
        return Math.abs(move) <= options.reach ? worth - options.cost * move * move : Number.NEGATIVE_INFINITY;
      });
      return Math.max(...before) + combTwin(values, column, periods[state]!, options);
    });
  }
  return Math.max(...worths);
}
