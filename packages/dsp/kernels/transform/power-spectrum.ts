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

/**
 * cross[k] = scale * Re(first[k] * conj(second[k])) for `bins` bins, one more than a multiple of 4.
 * @param first interleaved pairs (re, im), as is `second`
 */
export function crossSpectrum(first: usize, second: usize, cross: usize, bins: i32, scale: f32): void {
  const scales = f32x4.splat(scale);
  for (const end = cross + ((<usize>(bins - 1)) << 2); cross < end; cross += 16, first += 32, second += 32) {
    const low = f32x4.mul(v128.load(first), v128.load(second));
    const high = f32x4.mul(v128.load(first, 16), v128.load(second, 16));
    const re = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
    const im = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
    v128.store(cross, f32x4.mul(scales, f32x4.add(re, im)));
  }
  store<f32>(cross, scale * (load<f32>(first) * load<f32>(second) + load<f32>(first, 4) * load<f32>(second, 4)));
}

/** sum[k] += power[k] for `bins` bins, one more than a multiple of 4. */
export function accumulatePower(sum: usize, power: usize, bins: i32): void {
  for (const end = power + ((<usize>(bins - 1)) << 2); power < end; power += 16, sum += 16) {
    v128.store(sum, f32x4.add(v128.load(sum), v128.load(power)));
  }
  store<f32>(sum, load<f32>(sum) + load<f32>(power));
}
