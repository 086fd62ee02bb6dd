// True peak of one channel: the largest magnitude at and between the samples. Source: ITU-R BS.1770-5, Annex 2.
import { arenaAllocate } from '../memory/arena';
import {
  CHUNK,
  chunkBound,
  chunkExtremes,
  interpolateHalves,
  interpolateQuarters,
  interSampleTable,
} from './inter-sample';
import { samplePeak } from './peak';

/** Samples that the buffer keeps before the next chunk: 16 of reach and one for the second difference, in chunks. */
const BEFORE: i32 = 2 * CHUNK;
/** From the start of a chunk on, what has to be there to handle it: it and its reach. */
const NEEDED: i32 = 2 * CHUNK;
const CAPACITY: i32 = 2048;
const CAPACITY_BYTES: usize = 8192;

@unmanaged
class TruePeak {
  /** Values a sample: 4, 2 or 1. */
  factor: i32;
  table: usize;
  buffer: usize;
  /** Three v128. */
  scratch: usize;
  /** Samples in the buffer. */
  filled: i32;
  peak: f32;
}

/** @returns 0 when no memory is left */
export function truePeakCreate(factor: i32): usize {
  const pointer = arenaAllocate(offsetof<TruePeak>());
  const table = interSampleTable();
  const scratch = arenaAllocate(48);
  const buffer = arenaAllocate(CAPACITY_BYTES);
  if (pointer === 0 || table === 0 || scratch === 0 || buffer === 0) return 0;
  const state = changetype<TruePeak>(pointer);
  state.factor = factor;
  state.table = table;
  state.scratch = scratch;
  state.buffer = buffer;
  truePeakReset(pointer);
  return pointer;
}

/** Forgets everything heard so far. */
export function truePeakReset(pointer: usize): void {
  const state = changetype<TruePeak>(pointer);
  // Before the first sample there is silence, and a chunk of it is handled: a signal that begins abruptly has its largest
  // value before its first sample.
  memory.fill(state.buffer, 0, CAPACITY_BYTES);
  state.filled = BEFORE + CHUNK;
  state.peak = 0;
}

/** The largest of `peak` and the magnitudes between the samples of the chunk at `samples`. */
function interpolatedPeak(state: TruePeak, samples: usize, peak: f32): f32 {
  let peaks = f32x4.splat(peak);
  for (let i = 0; i < CHUNK; i += 4, samples += 16) {
    if (state.factor === 2) {
      peaks = f32x4.pmax(peaks, f32x4.abs(interpolateHalves(state.table, samples)));
    } else {
      const scratch = state.scratch;
      interpolateQuarters(state.table, samples, scratch);
      peaks = f32x4.pmax(peaks, f32x4.abs(v128.load(scratch)));
      peaks = f32x4.pmax(peaks, f32x4.abs(v128.load(scratch, 16)));
      peaks = f32x4.pmax(peaks, f32x4.abs(v128.load(scratch, 32)));
    }
  }
  peaks = f32x4.pmax(peaks, v128.shuffle<f32>(peaks, peaks, 2, 3, 0, 1));
  return max(f32x4.extract_lane(peaks, 0), f32x4.extract_lane(peaks, 1));
}

/**
 * The largest of `peak` and the magnitudes between the samples of all chunks that are complete in the buffer. A chunk
 * that cannot hold a larger one is passed over.
 */
function scan(state: TruePeak, peak: f32): f32 {
  let samples = state.buffer + ((<usize>BEFORE) << 2);
  let before = chunkExtremes(samples - ((<usize>CHUNK) << 2));
  let at = chunkExtremes(samples);
  for (let i = BEFORE; i + NEEDED <= state.filled; i += CHUNK, samples += (<usize>CHUNK) << 2) {
    const behind = chunkExtremes(samples + ((<usize>CHUNK) << 2));
    if (chunkBound(state.table, before, at, behind) > peak) peak = interpolatedPeak(state, samples, peak);
    before = at;
    at = behind;
  }
  return peak;
}

/** Listens to `frames` samples and returns the largest peak so far; not finite once a sample was not. */
export function truePeakAdd(pointer: usize, samples: usize, frames: i32): f32 {
  const state = changetype<TruePeak>(pointer);
  // Samples count as well, and with the largest of them known more chunks can be passed over.
  state.peak = max(state.peak, samplePeak(samples, frames));
  if (state.factor === 1) return state.peak;
  while (frames > 0) {
    const taken = min(frames, CAPACITY - state.filled);
    memory.copy(state.buffer + ((<usize>state.filled) << 2), samples, (<usize>taken) << 2);
    state.filled += taken;
    samples += (<usize>taken) << 2;
    frames -= taken;
    if (state.filled < BEFORE + NEEDED) continue;
    state.peak = scan(state, state.peak);
    const handled = (1 + (state.filled - BEFORE - NEEDED) / CHUNK) * CHUNK;
    state.filled -= handled;
    memory.copy(state.buffer, state.buffer + ((<usize>handled) << 2), (<usize>state.filled) << 2);
  }
  return state.peak;
}

/** The largest peak since the last call, linear; what is still in the buffer counts for the next. */
export function truePeakTake(pointer: usize): f32 {
  const state = changetype<TruePeak>(pointer);
  const peak = state.peak;
  state.peak = 0;
  return peak;
}

/** The largest peak since the last `truePeakTake`, linear, as if silence followed; more may be added afterwards. */
export function truePeakOf(pointer: usize): f32 {
  const state = changetype<TruePeak>(pointer);
  if (state.factor === 1) return state.peak;
  const filled = state.filled;
  // What is left in the buffer is shorter than one chunk and its reach, so there is room for silence behind it.
  memory.fill(state.buffer + ((<usize>filled) << 2), 0, (<usize>(NEEDED + CHUNK)) << 2);
  state.filled = filled + NEEDED + CHUNK;
  const peak = scan(state, state.peak);
  state.filled = filled;
  return peak;
}
