/**
 * power[k] = scale * |spectrum[k]|^2 for `bins` bins, one more than a multiple of 4 (as `fftForward` gives them).
 * @param spectrum interleaved pairs (re, im)
 */
export function powerSpectrum(spectrum: usize, power: usize, bins: i32, scale: f32): void {
  const scales = f32x4.splat(scale);
  for (const end = power + ((<usize>(bins - 1)) << 2); power < end; power += 16, spectrum += 32) {
    const low = v128.load(spectrum);
    const high = v128.load(spectrum, 16);
    const lowSquares = f32x4.mul(low, low);
    const highSquares = f32x4.mul(high, high);
    const re = v128.shuffle<f32>(lowSquares, highSquares, 0, 2, 4, 6);
    const im = v128.shuffle<f32>(lowSquares, highSquares, 1, 3, 5, 7);
    v128.store(power, f32x4.mul(scales, f32x4.add(re, im)));
  }
  const re = load<f32>(spectrum);
  const im = load<f32>(spectrum, 4);
  store<f32>(power, scale * (re * re + im * im));
}

/** sum[k] += power[k] for `bins` bins, one more than a multiple of 4. */
export function accumulatePower(sum: usize, power: usize, bins: i32): void {
  for (const end = power + ((<usize>(bins - 1)) << 2); power < end; power += 16, sum += 16) {
    v128.store(sum, f32x4.add(v128.load(sum), v128.load(power)));
  }
  store<f32>(sum, load<f32>(sum) + load<f32>(power));
}
