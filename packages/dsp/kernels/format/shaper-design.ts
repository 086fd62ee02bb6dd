// The filter that shapes rounding errors: of all filters 1 + a1 z^-1 + a2 z^-2 + ... the one whose output, for white noise,
// has the least power as the ear weighs it. That is the linear prediction of a signal whose power spectrum is the weight.
// The weight is what the threshold of hearing leaves: the more audible a frequency, the more it counts; where the
// threshold is more than 30 dB above its lowest, it counts as if it were 30 dB, so that noise grows within reason.
// Source: E. Terhardt, "Calculating virtual pitch", Hearing Research 1 (1979): the threshold; J. Makhoul, "Linear
// prediction: a tutorial review", Proc. IEEE 63 (1975): the prediction (Levinson and Durbin); that the mean of the
// logarithm of the shape is never below 0: M. Gerzon and P. G. Craven, "Optimal noise shaping and dither of digital
// signals", AES 87 (1989).
import { arenaAllocate, arenaMark, arenaRelease } from '../memory/arena';

export const SHAPER_ORDER: i32 = 9;
/** Frequencies at which the weight is taken. */
const POINTS: i32 = 2048;
const RANGE_DB: f64 = 30;
/** Below, the threshold is taken as it is here. */
const LOWEST_KHZ: f64 = 0.02;

/** Threshold of hearing in quiet, dB. */
function threshold(kilohertz: f64): f64 {
  const f = max(kilohertz, LOWEST_KHZ);
  const dip = f - 3.3;
  return 3.64 * f ** -0.8 - 6.5 * Math.exp(-0.6 * dip * dip) + 0.001 * f * f * f * f;
}

/**
 * Stores a1 to a9 (f64).
 * @returns false when there is no memory
 */
export function designShaper(coefficients: usize, sampleRate: f64): bool {
  const mark = arenaMark();
  const weights = arenaAllocate((<usize>POINTS) << 3);
  const correlation = arenaAllocate((<usize>(SHAPER_ORDER + 1)) << 3);
  const before = arenaAllocate((<usize>SHAPER_ORDER) << 3);
  if (weights === 0 || correlation === 0 || before === 0) return false;
  const step = sampleRate / 2000 / <f64>POINTS;
  let lowest: f64 = Infinity;
  for (let i = 0; i < POINTS; i++) lowest = min(lowest, threshold((<f64>i + 0.5) * step));
  for (let i = 0; i < POINTS; i++) {
    const above = min(threshold((<f64>i + 0.5) * step) - lowest, RANGE_DB);
    store<f64>(weights + ((<usize>i) << 3), 10 ** (-0.1 * above));
  }
  for (let lag = 0; lag <= SHAPER_ORDER; lag++) {
    let sum: f64 = 0;
    for (let i = 0; i < POINTS; i++) {
      const angle = (Math.PI * (<f64>i + 0.5) * <f64>lag) / <f64>POINTS;
      sum += load<f64>(weights + ((<usize>i) << 3)) * Math.cos(angle);
    }
    store<f64>(correlation + ((<usize>lag) << 3), sum);
  }
  let error = load<f64>(correlation);
  for (let order: usize = 0; order < <usize>SHAPER_ORDER; order++) {
    let sum = load<f64>(correlation + ((order + 1) << 3));
    for (let k: usize = 0; k < order; k++) {
      sum += load<f64>(coefficients + (k << 3)) * load<f64>(correlation + ((order - k) << 3));
    }
    const reflection = -sum / error;
    memory.copy(before, coefficients, order << 3);
    for (let k: usize = 0; k < order; k++) {
      const mirrored = load<f64>(before + ((order - 1 - k) << 3));
      store<f64>(coefficients + (k << 3), load<f64>(before + (k << 3)) + reflection * mirrored);
    }
    store<f64>(coefficients + (order << 3), reflection);
    error *= 1 - reflection * reflection;
  }
  arenaRelease(mark);
  return true;
}
