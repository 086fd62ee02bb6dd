// A bank of filters over the bins of a spectrum: each row is a short run of weights, and its output their dot product
// with the bins under it. Rows start on a multiple of four bins and are padded with zero weights to whole vectors.
import { arenaAllocate } from '../memory/arena';

/** One row: `groups` vectors of weights at `weights`, over the bins from byte `offset` on. */
@unmanaged
class FilterRow {
  weights: usize;
  offset: u32;
  groups: u32;
}

@unmanaged
class FilterBank {
  rows: i32;
  /** Bins of the spectra that the bank is for. */
  bins: i32;
  firstRow: usize;
}

/** An empty bank for spectra of `bins` bins; every row gives 0 until its weights are set. 0 when there is no memory. */
export function filterBankCreate(rows: i32, bins: i32): usize {
  const pointer = arenaAllocate(offsetof<FilterBank>());
  const firstRow = arenaAllocate(<usize>rows * offsetof<FilterRow>());
  if (pointer === 0 || firstRow === 0) return 0;
  const bank = changetype<FilterBank>(pointer);
  bank.rows = rows;
  bank.bins = bins;
  bank.firstRow = firstRow;
  return pointer;
}

/**
 * Reserves zero weights for bins `first` to `last` of a row; both are cut to the bank's bins.
 * @returns false when there is no memory
 */
export function filterBankSpan(pointer: usize, row: i32, first: i32, last: i32): bool {
  const bank = changetype<FilterBank>(pointer);
  const from = max(first, 0) & ~3;
  const to = min(last, bank.bins - 1);
  if (to < from) return true;
  const groups = (to - from + 4) >> 2;
  const weights = arenaAllocate((<usize>groups) << 4);
  if (weights === 0) return false;
  const target = changetype<FilterRow>(bank.firstRow + <usize>row * offsetof<FilterRow>());
  target.weights = weights;
  target.offset = (<u32>from) << 2;
  target.groups = <u32>groups;
  return true;
}

/** Sets the weight of a bin inside the row's span; does nothing when the bin is beyond the bank's bins. */
export function filterBankSet(pointer: usize, row: i32, bin: i32, weight: f64): void {
  const bank = changetype<FilterBank>(pointer);
  if (bin < 0 || bin >= bank.bins) return;
  const target = changetype<FilterRow>(bank.firstRow + <usize>row * offsetof<FilterRow>());
  store<f32>(target.weights + ((<usize>bin) << 2) - <usize>target.offset, <f32>weight);
}

/** The weight of a bin in a row, 0 outside its span. */
export function filterBankWeight(pointer: usize, row: i32, bin: i32): f32 {
  const bank = changetype<FilterBank>(pointer);
  const source = changetype<FilterRow>(bank.firstRow + <usize>row * offsetof<FilterRow>());
  const at = ((<u32>bin) << 2) - source.offset;
  return at < source.groups << 4 ? load<f32>(source.weights + <usize>at) : 0;
}

/**
 * output[row] = sum over bins of weight[row][bin] * spectrum[bin].
 * @param spectrum the bank's bins, and zeros or any finite values up to the next multiple of 4
 */
export function filterBankApply(pointer: usize, spectrum: usize, output: usize): void {
  const bank = changetype<FilterBank>(pointer);
  let at = bank.firstRow;
  for (let row = bank.rows; row > 0; row--, at += offsetof<FilterRow>(), output += 4) {
    const filter = changetype<FilterRow>(at);
    let weights = filter.weights;
    let bins = spectrum + <usize>filter.offset;
    let groups = filter.groups;
    let sum = f32x4.splat(0);
    let odd = f32x4.splat(0);
    for (; groups >= 2; groups -= 2, weights += 32, bins += 32) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(weights), v128.load(bins)));
      odd = f32x4.add(odd, f32x4.mul(v128.load(weights, 16), v128.load(bins, 16)));
    }
    if (groups > 0) sum = f32x4.add(sum, f32x4.mul(v128.load(weights), v128.load(bins)));
    sum = f32x4.add(sum, odd);
    sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
    store<f32>(output, f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1));
  }
}
