// How rough the loudest partials of spectra sound beside each other.
import { exponential4 } from '../transform/exponential';

// Sethares' fit to the curves of Plomp and Levelt: two partials are roughest a quarter of a critical band apart.
const FAST: f64 = 5.75;
const SLOW: f64 = 3.5;
const ROUGHEST: f64 = 0.24;
const BAND_SLOPE: f64 = 0.0207;
const BAND_OFFSET: f64 = 18.96;
/** Where exp(-SLOW x) - exp(-FAST x) is largest, ln(FAST / SLOW) / (FAST - SLOW), the difference is so large. */
const LARGEST: f64 = 0.18077451549471013;

/** Bytes of scratch that `roughness` works in. */
export function roughnessRoom(most: i32): usize {
  return <usize>most * 20 + 16;
}

/**
 * Roughness of the `most` loudest peaks of each frame that are more than `quietest` of the loudest one, every pair weighted
 * by the product of both amplitudes, over the square of their sum. Peaks are placed by a parabola through logarithms.
 * @param frames f32[rows][bins], `step` bytes from one that is looked at to the next
 * @param most 1 or more
 * @param scratch roughnessRoom(most) bytes, aligned to 8
 * @param target f32[rows]
 */
export function roughness(
  frames: usize,
  rows: i32,
  bins: i32,
  step: usize,
  lowestHz: f64,
  binsPerOctave: f64,
  most: i32,
  quietest: f64,
  scratch: usize,
  target: usize,
): void {
  const hertz = scratch;
  const amplitudes = scratch + ((<usize>(most + 1)) << 3);
  const places = amplitudes + ((<usize>(most + 1)) << 3);
  for (let row = 0; row < rows; row++, frames += step, target += 4) {
    let count = loudestPeaks(frames, bins, most, places);
    const floor = quietest * <f64>(count > 0 ? amplitudeAt(frames, places, 0) : 0);
    while (count > 0 && <f64>amplitudeAt(frames, places, count - 1) <= floor) count--;
    sortAscending(places, count);
    for (let i = 0; i < count; i++) {
      const bin = load<i32>(places + ((<usize>i) << 2));
      const place = placeOf(frames + ((<usize>bin) << 2));
      store<f64>(hertz + ((<usize>i) << 3), lowestHz * 2 ** ((<f64>bin + place) / binsPerOctave));
      store<f64>(amplitudes + ((<usize>i) << 3), <f64>load<f32>(frames + ((<usize>bin) << 2)));
    }
    store<f32>(target, <f32>together(hertz, amplitudes, count));
  }
}

/** Bins of the loudest local maxima, loudest first, of equal ones the lower first. @returns how many, up to `most` */
function loudestPeaks(frame: usize, bins: i32, most: i32, places: usize): i32 {
  let count = 0;
  for (let bin = 1; bin + 1 < bins; bin++) {
    const at = frame + ((<usize>bin) << 2);
    const value = load<f32>(at);
    if (!(value > 0) || value < load<f32>(at - 4) || value <= load<f32>(at, 4)) continue;
    let place = count;
    while (place > 0 && amplitudeAt(frame, places, place - 1) < value) place--;
    if (place === most) continue;
    if (count < most) count++;
    for (let i = count - 1; i > place; i--) {
      store<i32>(places + ((<usize>i) << 2), load<i32>(places + ((<usize>(i - 1)) << 2)));
    }
    store<i32>(places + ((<usize>place) << 2), bin);
  }
  return count;
}

/** Amplitude at one of the places found. */
function amplitudeAt(frame: usize, places: usize, index: i32): f32 {
  return load<f32>(frame + ((<usize>load<i32>(places + ((<usize>index) << 2))) << 2));
}

function sortAscending(values: usize, count: i32): void {
  for (let i = 1; i < count; i++) {
    const value = load<i32>(values + ((<usize>i) << 2));
    let place = i;
    for (; place > 0; place--) {
      const before = load<i32>(values + ((<usize>(place - 1)) << 2));
      if (before <= value) break;
      store<i32>(values + ((<usize>place) << 2), before);
    }
    store<i32>(values + ((<usize>place) << 2), value);
  }
}

/** How far from its bin the peak lies, -0.5 to 0.5. */
function placeOf(at: usize): f64 {
  const amplitude = <f64>load<f32>(at);
  const before = Math.log(max(<f64>load<f32>(at - 4), 1e-6 * amplitude) / amplitude);
  const after = Math.log(max(<f64>load<f32>(at, 4), 1e-6 * amplitude) / amplitude);
  const curvature = before + after;
  return curvature < 0 ? (before - after) / (2 * curvature) : 0;
}

/** e to lanes 0 and 2 is what falls slowly, 1 and 3 what falls fast, of two pairs of partials. */
const RATES = f32x4(<f32>-SLOW, <f32>-FAST, <f32>-SLOW, <f32>-FAST);
/** Further apart nothing is left of either. */
const LEAST_POWER: f32 = -80;

/** Two pairs at a time; the last partial is followed by one of amplitude 0. */
function together(hertz: usize, amplitudes: usize, count: i32): f64 {
  let rough: f64 = 0;
  let sum: f64 = 0;
  const end = (<usize>count) << 3;
  store<f64>(hertz + end, 0);
  store<f64>(amplitudes + end, 0);
  for (let a: usize = 0; a < end; a += 8) {
    const lower = load<f64>(amplitudes + a);
    const lowerHz = load<f64>(hertz + a);
    const scale = ROUGHEST / (BAND_SLOPE * lowerHz + BAND_OFFSET);
    let products: f64 = 0;
    for (let b = a + 8; b < end; b += 16) {
      const near = <f32>(scale * (load<f64>(hertz + b) - lowerHz));
      const far = <f32>(scale * (load<f64>(hertz + b, 8) - lowerHz));
      const apart = f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(near), 2, far), 3, far);
      const powers = exponential4(f32x4.max(f32x4.splat(LEAST_POWER), f32x4.mul(RATES, apart)));
      products += load<f64>(amplitudes + b) * <f64>(f32x4.extract_lane(powers, 0) - f32x4.extract_lane(powers, 1));
      products += load<f64>(amplitudes + b, 8) * <f64>(f32x4.extract_lane(powers, 2) - f32x4.extract_lane(powers, 3));
    }
    sum += lower;
    rough += 2 * lower * products;
  }
  return sum > 0 ? rough / (LARGEST * sum * sum) : 0;
}
