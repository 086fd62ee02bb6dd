// How alike a curve is to itself some time later, around each moment.
import { fftForward, fftInverse } from '../transform/fft';

/**
 * Autocorrelation of a curve under a window around each moment, over its value at lag 0 and over that of the window.
 * @param fft plan of a transform of `size` samples, longer than a window and its longest lag together
 * @param curve f32[count]
 * @param window f32[windowLength]
 * @param hop values from one moment to the next; the first lies in the middle of a hop
 * @param frame scratch, f32[size], aligned to 16
 * @param spectrum scratch, f32[size + 2], aligned to 16
 * @param bias scratch, f32[lags]
 * @param values f32[columns][lags]
 * @param mean f32[lags], zeroed
 */
export function lagPicture(
  fft: usize,
  size: i32,
  curve: usize,
  count: i32,
  window: usize,
  windowLength: i32,
  hop: i32,
  columns: i32,
  lags: i32,
  frame: usize,
  spectrum: usize,
  bias: usize,
  values: usize,
  mean: usize,
): void {
  const bytes = (<usize>size) << 2;
  memory.fill(frame, 0, bytes);
  memory.copy(frame, window, (<usize>windowLength) << 2);
  autocorrelate(fft, size, frame, spectrum);
  memory.copy(bias, frame, (<usize>lags) << 2);
  const own = <f64>load<f32>(bias);
  for (let column = 0; column < columns; column++) {
    const start = <i32>Math.floor((<f64>column + 0.5) * <f64>hop - <f64>windowLength / 2 + 0.5);
    memory.fill(frame, 0, bytes);
    for (let i = max(0, -start), end = min(windowLength, count - start); i < end; i++) {
      const at = (<usize>i) << 2;
      store<f32>(frame + at, load<f32>(curve + ((<usize>(start + i)) << 2)) * load<f32>(window + at));
    }
    autocorrelate(fft, size, frame, spectrum);
    const power = <f64>load<f32>(frame);
    const scale = power > 0 ? own / power : 0;
    for (let at: usize = 0, end = (<usize>lags) << 2; at < end; at += 4, values += 4) {
      const value = (scale * <f64>load<f32>(frame + at)) / <f64>load<f32>(bias + at);
      store<f32>(values, <f32>value);
      store<f32>(mean + at, <f32>(<f64>load<f32>(mean + at) + value / <f64>columns));
    }
  }
}

/** Replaces a frame by its autocorrelation. */
function autocorrelate(fft: usize, size: i32, frame: usize, spectrum: usize): void {
  fftForward(fft, frame, spectrum);
  for (let at = spectrum, end = spectrum + ((<usize>size + 2) << 2); at < end; at += 8) {
    const real = load<f32>(at);
    const imaginary = load<f32>(at, 4);
    store<f32>(at, <f32>(<f64>real * <f64>real + <f64>imaginary * <f64>imaginary));
    store<f32>(at, 0, 4);
  }
  fftInverse(fft, spectrum, frame);
}
