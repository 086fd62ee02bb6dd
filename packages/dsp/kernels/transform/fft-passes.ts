// The passes of a Stockham (self-sorting) complex FFT in radix 4, on split data: an array of real parts, and an array of
// imaginary parts at `imaginary` bytes behind it. A pass of length n and stride s computes, for p < n / 4 and q < s,
//   y[q + s (4p + j)] = w^(jp) * sum over m of (-i)^(jm) x[q + s (p + m n / 4)],  w = exp(-2 pi i / n), j, m = 0..3.
// The first pass (s = 1) has its four lanes along p and transposes on the way out; all others have them along q.
// Source: C. Van Loan, "Computational Frameworks for the Fast Fourier Transform", SIAM 1992, section 1.7.

/**
 * First pass of `count` complex values: n = count, s = 1.
 * @param source interleaved pairs when `interleaved`, else split
 * @param sourceImaginary bytes from a real part to its imaginary part in a split source
 * @param twiddles per group of four p: re, im of w^p, w^2p, w^3p, four lanes each
 */
export function firstPass(
  source: usize,
  sourceImaginary: usize,
  target: usize,
  imaginary: usize,
  twiddles: usize,
  count: i32,
  interleaved: bool,
): void {
  const shift: usize = interleaved ? 1 : 0;
  const quarter: usize = (<usize>count) << shift;
  const half: usize = quarter << 1;
  const end = source + quarter;
  while (source < end) {
    let aRe: v128, aIm: v128, bRe: v128, bIm: v128, cRe: v128, cIm: v128, dRe: v128, dIm: v128;
    if (interleaved) {
      let low = v128.load(source);
      let high = v128.load(source, 16);
      aRe = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
      aIm = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
      low = v128.load(source + half);
      high = v128.load(source + half, 16);
      cRe = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
      cIm = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
      low = v128.load(source + quarter);
      high = v128.load(source + quarter, 16);
      bRe = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
      bIm = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
      low = v128.load(source + half + quarter);
      high = v128.load(source + half + quarter, 16);
      dRe = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
      dIm = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
    } else {
      aRe = v128.load(source);
      aIm = v128.load(source + sourceImaginary);
      bRe = v128.load(source + quarter);
      bIm = v128.load(source + quarter + sourceImaginary);
      cRe = v128.load(source + half);
      cIm = v128.load(source + half + sourceImaginary);
      dRe = v128.load(source + half + quarter);
      dIm = v128.load(source + half + quarter + sourceImaginary);
    }
    const evenRe = f32x4.add(aRe, cRe);
    const evenIm = f32x4.add(aIm, cIm);
    const evenDifferenceRe = f32x4.sub(aRe, cRe);
    const evenDifferenceIm = f32x4.sub(aIm, cIm);
    const oddRe = f32x4.add(bRe, dRe);
    const oddIm = f32x4.add(bIm, dIm);
    const oddDifferenceRe = f32x4.sub(bRe, dRe);
    const oddDifferenceIm = f32x4.sub(bIm, dIm);
    const y0Re = f32x4.add(evenRe, oddRe);
    const y0Im = f32x4.add(evenIm, oddIm);
    let re = f32x4.add(evenDifferenceRe, oddDifferenceIm);
    let im = f32x4.sub(evenDifferenceIm, oddDifferenceRe);
    let wRe = v128.load(twiddles);
    let wIm = v128.load(twiddles, 16);
    const y1Re = f32x4.sub(f32x4.mul(re, wRe), f32x4.mul(im, wIm));
    const y1Im = f32x4.add(f32x4.mul(re, wIm), f32x4.mul(im, wRe));
    re = f32x4.sub(evenRe, oddRe);
    im = f32x4.sub(evenIm, oddIm);
    wRe = v128.load(twiddles, 32);
    wIm = v128.load(twiddles, 48);
    const y2Re = f32x4.sub(f32x4.mul(re, wRe), f32x4.mul(im, wIm));
    const y2Im = f32x4.add(f32x4.mul(re, wIm), f32x4.mul(im, wRe));
    re = f32x4.sub(evenDifferenceRe, oddDifferenceIm);
    im = f32x4.add(evenDifferenceIm, oddDifferenceRe);
    wRe = v128.load(twiddles, 64);
    wIm = v128.load(twiddles, 80);
    const y3Re = f32x4.sub(f32x4.mul(re, wRe), f32x4.mul(im, wIm));
    const y3Im = f32x4.add(f32x4.mul(re, wIm), f32x4.mul(im, wRe));
    // The four results of each lane belong side by side: transpose.
    let lowLeft = v128.shuffle<f32>(y0Re, y1Re, 0, 4, 1, 5);
    let highLeft = v128.shuffle<f32>(y0Re, y1Re, 2, 6, 3, 7);
    let lowRight = v128.shuffle<f32>(y2Re, y3Re, 0, 4, 1, 5);
    let highRight = v128.shuffle<f32>(y2Re, y3Re, 2, 6, 3, 7);
    v128.store(target, v128.shuffle<f64>(lowLeft, lowRight, 0, 2));
    v128.store(target, v128.shuffle<f64>(lowLeft, lowRight, 1, 3), 16);
    v128.store(target, v128.shuffle<f64>(highLeft, highRight, 0, 2), 32);
    v128.store(target, v128.shuffle<f64>(highLeft, highRight, 1, 3), 48);
    lowLeft = v128.shuffle<f32>(y0Im, y1Im, 0, 4, 1, 5);
    highLeft = v128.shuffle<f32>(y0Im, y1Im, 2, 6, 3, 7);
    lowRight = v128.shuffle<f32>(y2Im, y3Im, 0, 4, 1, 5);
    highRight = v128.shuffle<f32>(y2Im, y3Im, 2, 6, 3, 7);
    v128.store(target + imaginary, v128.shuffle<f64>(lowLeft, lowRight, 0, 2));
    v128.store(target + imaginary, v128.shuffle<f64>(lowLeft, lowRight, 1, 3), 16);
    v128.store(target + imaginary, v128.shuffle<f64>(highLeft, highRight, 0, 2), 32);
    v128.store(target + imaginary, v128.shuffle<f64>(highLeft, highRight, 1, 3), 48);
    source += (<usize>16) << shift;
    target += 64;
    twiddles += 96;
  }
}

/**
 * Radix-4 pass of length n >= 4 and stride s (a multiple of 4) over n * s values.
 * @param twiddles per p from 1 to n / 4 - 1: re, im of w^p, w^2p, w^3p
 */
export function radix4Pass(source: usize, target: usize, imaginary: usize, twiddles: usize, n: i32, s: i32): void {
  const run = (<usize>s) << 2;
  const quarter = run * (<usize>n >> 2);
  // p = 0: every twiddle is 1.
  for (const end = source + run; source < end; source += 16, target += 16) {
    const aRe = v128.load(source);
    const aIm = v128.load(source + imaginary);
    const bRe = v128.load(source + quarter);
    const bIm = v128.load(source + quarter + imaginary);
    const cRe = v128.load(source + (quarter << 1));
    const cIm = v128.load(source + (quarter << 1) + imaginary);
    const dRe = v128.load(source + quarter * 3);
    const dIm = v128.load(source + quarter * 3 + imaginary);
    const evenRe = f32x4.add(aRe, cRe);
    const evenIm = f32x4.add(aIm, cIm);
    const evenDifferenceRe = f32x4.sub(aRe, cRe);
    const evenDifferenceIm = f32x4.sub(aIm, cIm);
    const oddRe = f32x4.add(bRe, dRe);
    const oddIm = f32x4.add(bIm, dIm);
    const oddDifferenceRe = f32x4.sub(bRe, dRe);
    const oddDifferenceIm = f32x4.sub(bIm, dIm);
    v128.store(target, f32x4.add(evenRe, oddRe));
    v128.store(target + imaginary, f32x4.add(evenIm, oddIm));
    v128.store(target + run, f32x4.add(evenDifferenceRe, oddDifferenceIm));
    v128.store(target + run + imaginary, f32x4.sub(evenDifferenceIm, oddDifferenceRe));
    v128.store(target + (run << 1), f32x4.sub(evenRe, oddRe));
    v128.store(target + (run << 1) + imaginary, f32x4.sub(evenIm, oddIm));
    v128.store(target + run * 3, f32x4.sub(evenDifferenceRe, oddDifferenceIm));
    v128.store(target + run * 3 + imaginary, f32x4.add(evenDifferenceIm, oddDifferenceRe));
  }
  for (let p = n >> 2; p > 1; p--) {
    target += run * 3;
    const w1Re = v128.load_splat<f32>(twiddles);
    const w1Im = v128.load_splat<f32>(twiddles, 4);
    const w2Re = v128.load_splat<f32>(twiddles, 8);
    const w2Im = v128.load_splat<f32>(twiddles, 12);
    const w3Re = v128.load_splat<f32>(twiddles, 16);
    const w3Im = v128.load_splat<f32>(twiddles, 20);
    twiddles += 24;
    for (const end = source + run; source < end; source += 16, target += 16) {
      const aRe = v128.load(source);
      const aIm = v128.load(source + imaginary);
      const bRe = v128.load(source + quarter);
      const bIm = v128.load(source + quarter + imaginary);
      const cRe = v128.load(source + (quarter << 1));
      const cIm = v128.load(source + (quarter << 1) + imaginary);
      const dRe = v128.load(source + quarter * 3);
      const dIm = v128.load(source + quarter * 3 + imaginary);
      const evenRe = f32x4.add(aRe, cRe);
      const evenIm = f32x4.add(aIm, cIm);
      const evenDifferenceRe = f32x4.sub(aRe, cRe);
      const evenDifferenceIm = f32x4.sub(aIm, cIm);
      const oddRe = f32x4.add(bRe, dRe);
      const oddIm = f32x4.add(bIm, dIm);
      const oddDifferenceRe = f32x4.sub(bRe, dRe);
      const oddDifferenceIm = f32x4.sub(bIm, dIm);
      v128.store(target, f32x4.add(evenRe, oddRe));
      v128.store(target + imaginary, f32x4.add(evenIm, oddIm));
      let re = f32x4.add(evenDifferenceRe, oddDifferenceIm);
      let im = f32x4.sub(evenDifferenceIm, oddDifferenceRe);
      v128.store(target + run, f32x4.sub(f32x4.mul(re, w1Re), f32x4.mul(im, w1Im)));
      v128.store(target + run + imaginary, f32x4.add(f32x4.mul(re, w1Im), f32x4.mul(im, w1Re)));
      re = f32x4.sub(evenRe, oddRe);
      im = f32x4.sub(evenIm, oddIm);
      v128.store(target + (run << 1), f32x4.sub(f32x4.mul(re, w2Re), f32x4.mul(im, w2Im)));
      v128.store(target + (run << 1) + imaginary, f32x4.add(f32x4.mul(re, w2Im), f32x4.mul(im, w2Re)));
      re = f32x4.sub(evenDifferenceRe, oddDifferenceIm);
      im = f32x4.add(evenDifferenceIm, oddDifferenceRe);
      v128.store(target + run * 3, f32x4.sub(f32x4.mul(re, w3Re), f32x4.mul(im, w3Im)));
      v128.store(target + run * 3 + imaginary, f32x4.add(f32x4.mul(re, w3Im), f32x4.mul(im, w3Re)));
    }
  }
}

/** Radix-2 pass of length 2 and stride s (a multiple of 4): the last one when the count is an odd power of two. */
export function radix2Pass(source: usize, target: usize, imaginary: usize, s: i32): void {
  const half = (<usize>s) << 2;
  for (const end = source + half; source < end; source += 16, target += 16) {
    const aRe = v128.load(source);
    const aIm = v128.load(source + imaginary);
    const bRe = v128.load(source + half);
    const bIm = v128.load(source + half + imaginary);
    v128.store(target, f32x4.add(aRe, bRe));
    v128.store(target + imaginary, f32x4.add(aIm, bIm));
    v128.store(target + half, f32x4.sub(aRe, bRe));
    v128.store(target + half + imaginary, f32x4.sub(aIm, bIm));
  }
}
