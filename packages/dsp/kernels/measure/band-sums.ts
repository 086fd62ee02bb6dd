// Sums of squares of two channels, and of their products, in bands of frequencies: spectra of overlapping frames, whose
// bins are added up from edge to edge of each band. The window's squares overlap to 1, so that the sums of all frames and
// bands together are those of the samples (Parseval).
// Window: Xiph.Org Foundation, "Vorbis I specification", section 4.3.1.
import { arenaAllocate } from '../memory/arena';
import { fftForward } from '../transform/fft';
import {
  FrameBuffer,
  frameBufferAppend,
  frameBufferCreate,
  frameBufferEnd,
  frameBufferFrame,
  frameBufferNext,
  frameBufferReset,
  frameBufferRoom,
} from '../transform/framing';
import { windowApply } from '../transform/window';

/** Most samples that one call takes. */
const CHUNK: i32 = 4096;
/** Squares of left, of right, and products. */
const SUMS: i32 = 3;

@unmanaged
class BandSums {
  size: i32;
  bands: i32;
  /** 1 when there is no right channel: it counts as equal to the left one. */
  channels: i32;
  plan: usize;
  window: usize;
  left: FrameBuffer;
  right: FrameBuffer;
  frame: usize;
  leftSpectrum: usize;
  rightSpectrum: usize;
  /**
   * Of bands + 1 edges, ascending: the whole bin it falls into (i32), the share of that bin below it (f32), the scale of the
   * band from there on (f32), nothing.
   */
  edges: usize;
  output: usize;
}

/**
 * @param plan of `fftCreate`, for `size` samples; may be shared
 * @param edges bands + 1 ascending edges in bins (f64), from 0 to size / 2
 * @param scales of each band, what a sample counts (f32)
 * @returns 0 when there is no memory
 */
export function bandSumsCreate(plan: usize, size: i32, channels: i32, bands: i32, edges: usize, scales: usize): usize {
  const pointer = arenaAllocate(offsetof<BandSums>());
  const left = frameBufferCreate(size, size >> 1);
  const right = frameBufferCreate(size, size >> 1);
  const bytes = (<usize>size) << 2;
  const window = arenaAllocate(bytes);
  const frame = arenaAllocate(bytes);
  const leftSpectrum = arenaAllocate(bytes + 16);
  const rightSpectrum = arenaAllocate(bytes + 16);
  const table = arenaAllocate((<usize>(bands + 1)) << 4);
  const output = arenaAllocate((<usize>((CHUNK / (size >> 1) + 1) * SUMS * bands)) << 2);
  if (pointer === 0 || left === 0 || right === 0 || window === 0 || frame === 0) return 0;
  if (leftSpectrum === 0 || rightSpectrum === 0 || table === 0 || output === 0) return 0;
  const state = changetype<BandSums>(pointer);
  state.size = size;
  state.bands = bands;
  state.channels = channels;
  state.plan = plan;
  state.window = window;
  state.left = changetype<FrameBuffer>(left);
  state.right = changetype<FrameBuffer>(right);
  state.frame = frame;
  state.leftSpectrum = leftSpectrum;
  state.rightSpectrum = rightSpectrum;
  state.edges = table;
  state.output = output;
  for (let i = 0; i < size; i++) {
    const sine = Math.sin((Math.PI * (<f64>i + 0.5)) / <f64>size);
    store<f32>(window + ((<usize>i) << 2), <f32>Math.sin(0.5 * Math.PI * sine * sine));
  }
  for (let edge: usize = 0; edge <= <usize>bands; edge++) {
    // Bin k reaches from k - 1/2 to k + 1/2.
    const place = load<f64>(edges + (edge << 3)) + 0.5;
    const entry = table + (edge << 4);
    store<i32>(entry, <i32>place);
    store<f32>(entry, <f32>(place - Math.floor(place)), 4);
    // Each bin stands for its mirror image too. The first and the last one do not: a band reaches into half of them.
    if (edge < <usize>bands) store<f32>(entry, (2 * load<f32>(scales + (edge << 2))) / <f32>size, 8);
  }
  bandSumsReset(pointer);
  return pointer;
}

/** Forgets what was heard. Frame 0 begins 3/4 of its length before the first sample. */
export function bandSumsReset(pointer: usize): void {
  const state = changetype<BandSums>(pointer);
  frameBufferReset(state.left, (3 * state.size) >> 2);
  frameBufferReset(state.right, (3 * state.size) >> 2);
}

/** Where the sums of complete frames are: by frame and band, squares of left, squares of right, products. */
export function bandSumsOutput(pointer: usize): usize {
  return changetype<BandSums>(pointer).output;
}

/**
 * Takes `frames` samples, at most 4096, of both channels (the left one alone when there is one).
 * @returns how many frames of sums they complete
 */
export function bandSumsPush(pointer: usize, left: usize, right: usize, frames: i32): i32 {
  const state = changetype<BandSums>(pointer);
  let done = 0;
  while (frames > 0) {
    const count = min(frames, frameBufferRoom(state.left));
    const bytes = (<usize>count) << 2;
    memory.copy(frameBufferEnd(state.left), left, bytes);
    left += bytes;
    if (state.channels > 1) {
      frameBufferRoom(state.right);
      memory.copy(frameBufferEnd(state.right), right, bytes);
      right += bytes;
      frameBufferAppend(state.right, count);
    }
    frames -= count;
    if (!frameBufferAppend(state.left, count)) continue;
    sumBands(state, state.output + ((<usize>(done * SUMS * state.bands)) << 2));
    frameBufferNext(state.left);
    if (state.channels > 1) frameBufferNext(state.right);
    done++;
  }
  return done;
}

/** The sums of the present frame. */
function sumBands(state: BandSums, output: usize): void {
  let right = state.leftSpectrum;
  windowApply(frameBufferFrame(state.left), state.window, state.frame, state.size);
  fftForward(state.plan, state.frame, state.leftSpectrum);
  if (state.channels > 1) {
    right = state.rightSpectrum;
    windowApply(frameBufferFrame(state.right), state.window, state.frame, state.size);
    fftForward(state.plan, state.frame, right);
  }
  for (let band = 0, edge = state.edges; band < state.bands; band++, edge += 16, output += 12) {
    sumBand(state.leftSpectrum, right, edge, output);
  }
}

/** Adds up the bins between the edge at `edge` and the one behind it. Three floats at `output`. */
function sumBand(left: usize, right: usize, edge: usize, output: usize): void {
  const first = load<i32>(edge);
  const last = load<i32>(edge, 16);
  const lastShare = load<f32>(edge, 20);
  // Shares of the bins at both edges; squares of their real and imaginary parts are in lanes 0 and 1.
  const share = first === last ? lastShare - load<f32>(edge, 4) : 1 - load<f32>(edge, 4);
  let bins = v128.load64_zero(left + ((<usize>first) << 3));
  let others = v128.load64_zero(right + ((<usize>first) << 3));
  let shares = f32x4.splat(share);
  let lefts = f32x4.mul(shares, f32x4.mul(bins, bins));
  let rights = f32x4.mul(shares, f32x4.mul(others, others));
  let products = f32x4.mul(shares, f32x4.mul(bins, others));
  if (first !== last) {
    let at = (<usize>(first + 1)) << 3;
    const end = (<usize>last) << 3;
    for (; at + 16 <= end; at += 16) {
      bins = v128.load(left + at);
      others = v128.load(right + at);
      lefts = f32x4.add(lefts, f32x4.mul(bins, bins));
      rights = f32x4.add(rights, f32x4.mul(others, others));
      products = f32x4.add(products, f32x4.mul(bins, others));
    }
    // What is left is the last bin, and maybe a whole one before it.
    bins = v128.load64_zero(left + at);
    others = v128.load64_zero(right + at);
    shares = f32x4.splat(at < end ? 1 : lastShare);
    lefts = f32x4.add(lefts, f32x4.mul(shares, f32x4.mul(bins, bins)));
    rights = f32x4.add(rights, f32x4.mul(shares, f32x4.mul(others, others)));
    products = f32x4.add(products, f32x4.mul(shares, f32x4.mul(bins, others)));
    if (at < end) {
      bins = v128.load64_zero(left + end);
      others = v128.load64_zero(right + end);
      shares = f32x4.splat(lastShare);
      lefts = f32x4.add(lefts, f32x4.mul(shares, f32x4.mul(bins, bins)));
      rights = f32x4.add(rights, f32x4.mul(shares, f32x4.mul(others, others)));
      products = f32x4.add(products, f32x4.mul(shares, f32x4.mul(bins, others)));
    }
  }
  // Across the lanes, all three at once.
  const pairs = f32x4.add(v128.shuffle<f32>(lefts, rights, 0, 1, 4, 5), v128.shuffle<f32>(lefts, rights, 2, 3, 6, 7));
  const product = f32x4.add(products, v128.shuffle<f32>(products, products, 2, 3, 0, 1));
  const sums = f32x4.mul(
    v128.load_splat<f32>(edge, 8),
    f32x4.add(v128.shuffle<f32>(pairs, product, 0, 2, 4, 4), v128.shuffle<f32>(pairs, product, 1, 3, 5, 5)),
  );
  v128.store64_lane(output, sums, 0);
  v128.store32_lane(output, sums, 2, 8);
}
