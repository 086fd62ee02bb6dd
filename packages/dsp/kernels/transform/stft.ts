// Short-time Fourier transform, there and back: frames under a square root of a periodic Hann window, their spectra for
// the caller to read or change, and the frames that come back from them, under the same window, added where they
// overlap. The squared windows of all frames over a sample add up to size / (2 hop).
// Source: D. Griffin and J. Lim, "Signal estimation from modified short-time Fourier transform", IEEE ASSP 32 (1984).
import { arenaAllocate } from '../memory/arena';
import { fftCreate, fftForward, fftInverse } from './fft';
import {
  FrameBuffer,
  frameBufferAppend,
  frameBufferCreate,
  frameBufferEnd,
  frameBufferFrame,
  frameBufferNext,
  frameBufferReset,
  frameBufferRoom,
} from './framing';
import { windowApply, windowFill } from './window';

const ROOT_HANN: i32 = 3;

@unmanaged
class Stft {
  size: i32;
  hop: i32;
  input: FrameBuffer;
  plan: usize;
  window: usize;
  /** The same, scaled to make up for the overlap. */
  synthesisWindow: usize;
  frame: usize;
  spectrum: usize;
  /** Sum of the frames so far, from the present frame's first sample on. */
  sum: usize;
  /** `hop` finished samples, and how many of them have been handed out. */
  finished: usize;
  taken: i32;
}

/**
 * @param size a size of `fftCreate`
 * @param hop size / 2, size / 4, size / 8, ... and a multiple of 4
 * @returns 0 when there is no memory, or no transform of that size
 */
export function stftCreate(size: i32, hop: i32): usize {
  const pointer = arenaAllocate(offsetof<Stft>());
  const input = frameBufferCreate(size, hop);
  const plan = fftCreate(size);
  const bytes = (<usize>size) << 2;
  const window = arenaAllocate(bytes);
  const synthesisWindow = arenaAllocate(bytes);
  const frame = arenaAllocate(bytes);
  const spectrum = arenaAllocate(bytes + 8);
  const sum = arenaAllocate(bytes);
  const finished = arenaAllocate((<usize>hop) << 2);
  if (pointer === 0 || input === 0 || plan === 0 || window === 0 || synthesisWindow === 0) return 0;
  if (frame === 0 || spectrum === 0 || sum === 0 || finished === 0) return 0;
  const state = changetype<Stft>(pointer);
  state.size = size;
  state.hop = hop;
  state.input = changetype<FrameBuffer>(input);
  state.plan = plan;
  state.window = window;
  state.synthesisWindow = synthesisWindow;
  state.frame = frame;
  state.spectrum = spectrum;
  state.sum = sum;
  state.finished = finished;
  windowFill(window, size, ROOT_HANN, false);
  const scale = (2.0 * <f64>hop) / <f64>size;
  for (let i: usize = 0; i < bytes; i += 4) {
    store<f32>(synthesisWindow + i, <f32>(scale * <f64>load<f32>(window + i)));
  }
  stftReset(pointer);
  return pointer;
}

export function stftReset(pointer: usize): void {
  const state = changetype<Stft>(pointer);
  frameBufferReset(state.input, state.size - state.hop);
  memory.fill(state.sum, 0, (<usize>state.size) << 2);
  memory.fill(state.finished, 0, (<usize>state.hop) << 2);
  state.taken = 0;
}

/**
 * Takes samples up to the end of the present frame and puts the same number of finished ones in their place, which are
 * `size` samples older. When that completes the frame, its spectrum is ready; `stftResume` must be called before more.
 * @returns how many samples were taken, negative when the frame is complete
 */
export function stftPush(pointer: usize, samples: usize, frames: i32): i32 {
  const state = changetype<Stft>(pointer);
  const count = min(frames, frameBufferRoom(state.input));
  const bytes = (<usize>count) << 2;
  memory.copy(frameBufferEnd(state.input), samples, bytes);
  memory.copy(samples, state.finished + ((<usize>state.taken) << 2), bytes);
  state.taken += count;
  if (!frameBufferAppend(state.input, count)) return count;
  windowApply(frameBufferFrame(state.input), state.window, state.frame, state.size);
  fftForward(state.plan, state.frame, state.spectrum);
  return -count;
}

/** The present frame's size / 2 + 1 interleaved pairs (re, im), to be read or changed. */
export function stftSpectrum(pointer: usize): usize {
  return changetype<Stft>(pointer).spectrum;
}

/** Turns the spectrum back into samples and goes on to the next frame. */
export function stftResume(pointer: usize): void {
  const state = changetype<Stft>(pointer);
  fftInverse(state.plan, state.spectrum, state.frame);
  const frameBytes = (<usize>state.size) << 2;
  const hopBytes = (<usize>state.hop) << 2;
  for (let i: usize = 0; i < frameBytes; i += 16) {
    const part = f32x4.mul(v128.load(state.frame + i), v128.load(state.synthesisWindow + i));
    v128.store(state.sum + i, f32x4.add(v128.load(state.sum + i), part));
  }
  memory.copy(state.finished, state.sum, hopBytes);
  memory.copy(state.sum, state.sum + hopBytes, frameBytes - hopBytes);
  memory.fill(state.sum + frameBytes - hopBytes, 0, hopBytes);
  state.taken = 0;
  frameBufferNext(state.input);
}
