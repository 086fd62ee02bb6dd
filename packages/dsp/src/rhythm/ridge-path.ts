import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** A picture of lags over time, and how a path may run through it. */
export interface RidgeOptions {
  readonly columns: number;
  readonly lags: number;
  /** How many multiples of a period are looked at, the k-th with weight 1 / k, as far as there are lags. */
  readonly multiples: number;
  /** Most periods that the path moves from one column to the next, and what a move of one costs; one of d costs d^2 as much. */
  readonly reach: number;
  readonly cost: number;
}

/**
 * The path through the columns of a picture of lags that is worth most: the sum of the mean values at its period and the
 * multiples of it, less the costs of its moves (Viterbi).
 * @param kernels lend memory for the time of the call
 * @param values [columns][lags]
 * @param periods in lags, each at least 1 and under lags - 1
 * @returns the period along the path, and its worth
 * @throws DspError 'invalid-parameter', 'out-of-memory'
 */
export function ridgePath(
  kernels: Kernels,
  values: Float32Array,
  periods: Float32Array,
  { columns, lags, multiples, reach, cost }: RidgeOptions,
): { readonly path: Float32Array<ArrayBuffer>; readonly score: number } {
  requireInteger('columns', columns, 1, 2 ** 24);
  requireInteger('lags', lags, 3, 2 ** 20);
  requireInteger('multiples', multiples, 1, 64);
  requireInteger('reach', reach, 0, 127);
  requireInRange('cost', cost, 0, 1e6);
  requireInteger('the number of periods', periods.length, 1, 65_536);
  for (const period of periods) requireInRange('a period', period, 1, lags - 1);
  if (values.length !== columns * lags) {
    throw new DspError(
      'invalid-parameter',
      `there are ${values.length} values; ${columns} columns of ${lags} are needed`,
    );
  }
  const states = periods.length;
  return kernels.lend(() => {
    const input = [kernels.place(values), columns, lags, kernels.place(periods), states] as const;
    const scores = kernels.allocateFloats(2 * states);
    const origins = kernels.allocate(columns * states);
    const path = kernels.allocateFloats(columns);
    const score = kernels.wasm.ridgePath(...input, multiples, reach, cost, scores, origins, path);
    return { path: kernels.floats(path, columns).slice(), score };
  });
}
