// The numbers of the reverb: lengths of its lines, signs of its inputs and outputs, and the filters by which each line decays.

/** Lines of the network. */
export const LINES: i32 = 16;
/** All-passes in a row before the network, for each channel. */
export const DIFFUSERS: i32 = 4;
export const DIFFUSION: f32 = 0.6;

/** Shortest and longest line at size 1. */
const SHORTEST_SECONDS: f64 = 0.023;
const LONGEST_SECONDS: f64 = 0.079;
/** Lengths of the all-passes, left and right in turn. */
const DIFFUSER_SECONDS: usize = memory.data<f64>([0.0029, 0.0033, 0.0047, 0.0053, 0.0079, 0.0071, 0.0127, 0.0113]);

/**
 * Signs of what the lines give to the left and to the right, and of what they are fed with. The two sides agree in as many
 * lines as they do not, among the even lines, which the left input feeds, and among the odd ones, which the right input
 * feeds: so left and right do not correlate. Each row is bent, equally far from all rows of the matrix, so that no line's way back
 * to itself weighs more in what is heard than another's: a row of the matrix here would make one line's length a pitch.
 */
export const LEFT_SIGNS: usize = memory.data<f32>([1, -1, -1, 1, -1, 1, -1, 1, -1, -1, 1, 1, 1, 1, 1, 1], 16);
export const RIGHT_SIGNS: usize = memory.data<f32>([1, 1, -1, -1, 1, -1, 1, -1, 1, -1, -1, 1, 1, 1, 1, 1], 16);
export const INPUT_SIGNS: usize = memory.data<f32>([1, -1, 1, 1, -1, -1, 1, -1, 1, 1, 1, -1, -1, 1, 1, 1], 16);

function isPrime(n: i32): bool {
  if (n < 4) return n > 1;
  if (n % 2 === 0) return false;
  for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
  return true;
}

function primeFrom(n: i32): i32 {
  while (!isPrime(n)) n++;
  return n;
}

/** Stores the LINES lengths, different primes evenly spaced by their ratios; returns the longest. */
export function lineLengths(target: usize, sampleRate: f64, size: f64): i32 {
  let length = 0;
  for (let line = 0; line < LINES; line++, target += 4) {
    const place = <f64>line / <f64>(LINES - 1);
    const seconds = SHORTEST_SECONDS * (LONGEST_SECONDS / SHORTEST_SECONDS) ** place;
    length = primeFrom(max(length + 1, <i32>Math.round(seconds * size * sampleRate)));
    store<i32>(target, length);
  }
  return length;
}

/** Stores the lengths of 2 * DIFFUSERS all-passes; returns the longest. */
export function diffuserLengths(target: usize, sampleRate: f64): i32 {
  let longest = 0;
  for (let i: usize = 0; i < <usize>(2 * DIFFUSERS); i++) {
    const length = primeFrom(<i32>Math.round(load<f64>(DIFFUSER_SECONDS + (i << 3)) * sampleRate));
    store<i32>(target + (i << 2), length);
    longest = max(longest, length);
  }
  return longest;
}

/**
 * Stores the absorption of each line: high + (low - high) lowpass, a shelf whose gains at 0 Hz and at half the rate are those by
 * which a sound that decays by 60 dB in `lowSeconds` or `highSeconds` falls on its way through the line, and whose gain (in
 * dB) lies in the middle at `cornerHz`. LINES floats each: high, low - high, and the step of the one-pole low-pass.
 * Source: J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial reverberators", AES 90th convention (1991).
 * @returns mean energy that a pass through the lines leaves, at 0 Hz
 */
export function absorptionDesign(
  target: usize,
  lengths: usize,
  sampleRate: f64,
  lowSeconds: f64,
  highSeconds: f64,
  cornerHz: f64,
): f64 {
  const warped = Math.tan((Math.PI * cornerHz) / sampleRate);
  const bytes = (<usize>LINES) << 2;
  let energy: f64 = 0;
  for (let line: usize = 0; line < <usize>LINES; line++) {
    const seconds = <f64>load<i32>(lengths + (line << 2)) / sampleRate;
    const low = 10 ** ((-3 * seconds) / lowSeconds);
    const high = 10 ** ((-3 * seconds) / highSeconds);
    const g = warped * Math.sqrt(high / low);
    const at = target + (line << 2);
    store<f32>(at, <f32>high);
    store<f32>(at + bytes, <f32>(low - high));
    store<f32>(at + 2 * bytes, <f32>(g / (1 + g)));
    energy += (low * low) / <f64>LINES;
  }
  return energy;
}
