/** Rise of each band over the loudest of itself and its neighbours one frame before. */
export function spectralFluxTwin(present: Float64Array, past: Float64Array, flux: Float64Array): void {
  const last = present.length - 1;
  for (let band = 0; band <= last; band++) {
    const loudest = Math.max(past[Math.max(0, band - 1)]!, past[band]!, past[Math.min(last, band + 1)]!);
    flux[band] = Math.max(0, present[band]! - loudest);
  }
}
