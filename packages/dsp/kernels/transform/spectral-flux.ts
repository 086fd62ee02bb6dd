/**
 * flux[b] = max(0, present[b] - max(past[b - 1], past[b], past[b + 1])): the rise of each band over the loudest of its
 * neighbourhood one step before, so that a partial that glides or trembles by up to a band is no onset.
 * Source: S. Böck and G. Widmer, "Maximum filter vibrato suppression for onset detection", DAFx 2013.
 * @param past with one readable value before and after its `bands` values, a multiple of 4
 */
export function spectralFlux(present: usize, past: usize, flux: usize, bands: i32): void {
  const zero = f32x4.splat(0);
  for (const end = present + ((<usize>bands) << 2); present < end; present += 16, past += 16, flux += 16) {
    const loudest = f32x4.pmax(v128.load(past), f32x4.pmax(v128.load(past - 4), v128.load(past, 4)));
    v128.store(flux, f32x4.pmax(f32x4.sub(v128.load(present), loudest), zero));
  }
}
