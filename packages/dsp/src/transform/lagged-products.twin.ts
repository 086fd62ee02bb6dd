/** result[lag] = sum over i >= lag of values[i] * values[i - lag], for lags from 0 to before `lags`. */
export function laggedProductsTwin(values: ArrayLike<number>, lags: number): Float64Array {
  const products = new Float64Array(lags);
  for (let lag = 0; lag < lags; lag++) {
    for (let i = lag; i < values.length; i++) products[lag] = products[lag]! + values[i]! * values[i - lag]!;
  }
  return products;
}
