// Cepstral coefficients of mel levels: a cosine transform of many short frames.

/**
 * target[frame][c] = sum over bands of cosines[band][c] * level, each level no further below the loudest of its frame
 * than `depth`; sums in ascending order of bands.
 * @param levels f32[frames][bands]
 * @param cosines f64[bands][coefficients, and one more if that is odd], aligned to 16
 * @param target f32[frames][coefficients]
 * @param sums scratch, f64[coefficients, and one more if that is odd], aligned to 16
 */
export function cepstra(
  levels: usize,
  frames: i32,
  bands: i32,
  cosines: usize,
  coefficients: i32,
  depth: f64,
  sums: usize,
  target: usize,
): void {
  const bytes = (<usize>((coefficients + 1) & ~1)) << 3;
  const end = sums + bytes;
  const last = sums + ((<usize>coefficients) << 3);
  for (let frame = 0; frame < frames; frame++) {
    let loudest = -f64.MAX_VALUE;
    for (let band = 0; band < bands; band++) loudest = max(loudest, <f64>load<f32>(levels + ((<usize>band) << 2)));
    const least = loudest - depth;
    memory.fill(sums, 0, bytes);
    let row = cosines;
    for (let band = 0; band < bands; band++, levels += 4) {
      const level = f64x2.splat(max(least, <f64>load<f32>(levels)));
      for (let at = sums; at < end; at += 16, row += 16) {
        v128.store(at, f64x2.add(v128.load(at), f64x2.mul(v128.load(row), level)));
      }
    }
    for (let at = sums; at < last; at += 8, target += 4) store<f32>(target, <f32>load<f64>(at));
  }
}
