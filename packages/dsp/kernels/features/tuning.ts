// Where the maxima of pitch spectra lie between semitones.

/** Sums of a block: weight, then weight times cosine and sine of the place within a semitone. */
const SUMS: usize = 24;
const TINY: f64 = 1e-9;

/**
 * Places the maxima of each row by a parabola through the logarithms of three bins and adds up where they lie within a
 * semitone, each weighted by the root of its amplitude.
 * @param rows f32[count][bins]
 * @param lowest first bin that is looked at, at least 1
 * @param prominence what the sum of both differences of logarithms has to be over for a maximum to be prominent
 * @param sums f64[count][6]: of all maxima, then of the prominent ones
 */
export function tuningSums(
  rows: usize,
  count: i32,
  bins: i32,
  lowest: i32,
  binsPerSemitone: f64,
  prominence: f64,
  sums: usize,
): void {
  const bytes = (<usize>bins) << 2;
  for (let row = 0; row < count; row++, rows += bytes, sums += 2 * SUMS) {
    memory.fill(sums, 0, 2 * SUMS);
    for (let bin = lowest; bin + 1 < bins; bin++) {
      const at = rows + ((<usize>bin) << 2);
      const centre = <f64>load<f32>(at);
      const below = <f64>load<f32>(at - 4);
      const above = <f64>load<f32>(at, 4);
      if (centre <= below || centre < above || centre < TINY) continue;
      const left = Math.log(below + TINY);
      const middle = Math.log(centre + TINY);
      const right = Math.log(above + TINY);
      const stands = 2 * middle - left - right;
      const angle = (2 * Math.PI * (<f64>bin + (0.5 * (right - left)) / stands)) / binsPerSemitone;
      const weight = Math.sqrt(centre);
      const real = weight * Math.cos(angle);
      const imaginary = weight * Math.sin(angle);
      add(sums, weight, real, imaginary);
      if (stands > prominence) add(sums + SUMS, weight, real, imaginary);
    }
  }
}

function add(sums: usize, weight: f64, real: f64, imaginary: f64): void {
  store<f64>(sums, load<f64>(sums) + weight);
  store<f64>(sums, load<f64>(sums, 8) + real, 8);
  store<f64>(sums, load<f64>(sums, 16) + imaginary, 16);
}
