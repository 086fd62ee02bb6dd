// A symmetric filter by overlap-save: the spectrum of `size` samples times the filter's real gains, of whose inverse the
// middle is free of what went round. Channels go in pairs, as the real and imaginary parts of one transform.
// Source: A. V. Oppenheim and R. W. Schafer, "Discrete-Time Signal Processing", section 8.7.3 (overlap-save).
import { samplePeak } from '../measure/peak';
import { arenaAllocate } from '../memory/arena';
import { fftCreate, fftFilterPair, fftPairStride } from '../transform/fft';

@unmanaged
class LinearPhase {
  channels: i32;
  /** Samples of a transform, of the filter without its middle one, and of what a transform finishes. */
  size: i32;
  reach: i32;
  hop: i32;
  plan: usize;
  /** `size` gains each: as they are, and where they go to with the next transform. */
  gains: usize;
  targets: usize;
  changed: bool;
  /** Frames over which a change is spread, at most `hop`. */
  rampFrames: i32;
  /** Of each channel: `size` samples, the last `reach` of the past in front. */
  inputs: usize;
  /** Of each channel: `hop` finished samples. */
  outputs: usize;
  /** New samples in the inputs, and samples taken from the outputs: below `hop`. */
  filled: i32;
}

/**
 * @param size 16 to 131072, a power of two
 * @param reach of the filter, to both sides together; even, below `size`, and a multiple of 8
 * @returns 0 when there is no memory
 */
export function linearPhaseCreate(channels: i32, size: i32, reach: i32, rampFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<LinearPhase>());
  const plan = fftCreate(2 * size);
  const bytes = (<usize>size) << 2;
  const hop = size - reach;
  const gains = arenaAllocate(bytes);
  const targets = arenaAllocate(bytes);
  const inputs = arenaAllocate(bytes * <usize>channels);
  const outputs = arenaAllocate((<usize>(hop * channels)) << 2);
  if (pointer === 0 || plan === 0 || gains === 0 || targets === 0 || inputs === 0 || outputs === 0) return 0;
  const state = changetype<LinearPhase>(pointer);
  state.channels = channels;
  state.size = size;
  state.reach = reach;
  state.hop = hop;
  state.plan = plan;
  state.gains = gains;
  state.targets = targets;
  state.rampFrames = min(rampFrames, hop);
  state.inputs = inputs;
  state.outputs = outputs;
  return pointer;
}

/** Forgets what was heard; gains that were on their way arrive. */
export function linearPhaseReset(pointer: usize): void {
  const state = changetype<LinearPhase>(pointer);
  memory.fill(state.inputs, 0, ((<usize>state.size) << 2) * <usize>state.channels);
  memory.fill(state.outputs, 0, (<usize>(state.hop * state.channels)) << 2);
  memory.copy(state.gains, state.targets, (<usize>state.size) << 2);
  state.changed = false;
  state.filled = 0;
}

/** @param gains of size / 2 + 1 frequencies from 0 Hz to half the sample rate: real parts of interleaved pairs */
export function linearPhaseSet(pointer: usize, gains: usize): void {
  const state = changetype<LinearPhase>(pointer);
  const scale: f32 = 1.0 / <f32>state.size;
  for (let k = 0; k <= state.size >> 1; k++) {
    const gain = scale * load<f32>(gains + ((<usize>k) << 3));
    store<f32>(state.targets + ((<usize>k) << 2), gain);
    if (k > 0) store<f32>(state.targets + ((<usize>(state.size - k)) << 2), gain);
  }
  state.changed = true;
}

/** Moves `target` over to `source` during the first `ramp` frames, and copies what follows. */
function fadeOver(target: usize, source: usize, ramp: i32, frames: i32): void {
  const step: f32 = 1.0 / <f32>ramp;
  for (let i = 0; i < ramp; i++) {
    const at = (<usize>i) << 2;
    const before = load<f32>(target + at);
    store<f32>(target + at, before + step * <f32>(i + 1) * (load<f32>(source + at) - before));
  }
  const faded = (<usize>ramp) << 2;
  memory.copy(target + faded, source + faded, (<usize>(frames - ramp)) << 2);
}

/**
 * Rounding lets a trace of a channel (-140 dB) into its neighbour. Where that would be seen, it is undone: what was the same
 * in both stays the same, and silence stays silence.
 */
function undoRounding(state: LinearPhase, first: usize, second: usize, output: usize): void {
  const hopBytes = (<usize>state.hop) << 2;
  if (memory.compare(first, second, (<usize>state.size) << 2) === 0) {
    memory.copy(output + hopBytes, output, hopBytes);
    return;
  }
  if (samplePeak(first, state.size) === 0) memory.fill(output, 0, hopBytes);
  if (samplePeak(second, state.size) === 0) memory.fill(output + hopBytes, 0, hopBytes);
}

function transform(state: LinearPhase): void {
  const lineBytes = (<usize>state.size) << 2;
  const hopBytes = (<usize>state.hop) << 2;
  const middle = (<usize>(state.reach >> 1)) << 2;
  const stride = fftPairStride(state.plan);
  for (let channel = 0; channel < state.channels; channel += 2) {
    const paired = channel + 1 < state.channels;
    const first = state.inputs + lineBytes * <usize>channel;
    // An odd channel is its own neighbour.
    const second = paired ? first + lineBytes : first;
    const output = state.outputs + hopBytes * <usize>channel;
    let result = fftFilterPair(state.plan, first, second, state.gains) + middle;
    memory.copy(output, result, hopBytes);
    if (paired) memory.copy(output + hopBytes, result + stride, hopBytes);
    if (state.changed) {
      result = fftFilterPair(state.plan, first, second, state.targets) + middle;
      fadeOver(output, result, state.rampFrames, state.hop);
      if (paired) fadeOver(output + hopBytes, result + stride, state.rampFrames, state.hop);
    }
    if (paired) undoRounding(state, first, second, output);
  }
  if (state.changed) memory.copy(state.gains, state.targets, lineBytes);
  state.changed = false;
  for (let channel = 0; channel < state.channels; channel++) {
    const line = state.inputs + lineBytes * <usize>channel;
    memory.copy(line, line + hopBytes, lineBytes - hopBytes);
  }
}

/**
 * Filters `frames` samples in place; what comes out is `hop + reach / 2` frames older.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function linearPhaseProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<LinearPhase>(pointer);
  while (frames > 0) {
    const count = min(frames, state.hop - state.filled);
    const bytes = (<usize>count) << 2;
    for (let channel = 0; channel < state.channels; channel++) {
      const at = samples + stride * <usize>channel;
      const line = state.inputs + ((<usize>(state.size * channel + state.reach + state.filled)) << 2);
      memory.copy(line, at, bytes);
      memory.copy(at, state.outputs + ((<usize>(state.hop * channel + state.filled)) << 2), bytes);
    }
    state.filled += count;
    if (state.filled === state.hop) {
      transform(state);
      state.filled = 0;
    }
    samples += bytes;
    frames -= count;
  }
}
