// Where something begins in the source: a short spectrum at every cell of a fixed grid, the mean rise of its band levels
// over two cells, and its peaks. Every decision is made from a finite stretch of the source, so that it does not
// depend on where processing began or in which blocks the source came.
import { arenaAllocate } from '../memory/arena';
import { fftCreate, fftForward } from '../transform/fft';
import { logarithm4 } from '../transform/logarithm';
import { windowApply, windowFill } from '../transform/window';

/** Bins of a band. */
const BAND_BINS: i32 = 4;
/** Nothing above is listened to: lossy coders cut there, and high sample rates add bands without music. */
const HIGHEST_HZ: f64 = 16000;
/** Added to the power of every band (a full-scale sine has 0.06): the noise of 16 bits is not heard. */
const POWER_FLOOR: f32 = 1e-11;
/** Most that one band adds to the rise, in nepers of power. */
const LARGEST_RISE: f32 = 5.5;
/** Mean rise of an onset, in nepers of power: 3 dB. Steady noise has 0.3 with a deviation of 0.1. */
const ONSET_RISE: f32 = 0.7;
/** An onset has the largest rise within so many cells to both sides. */
const PEAK_CELLS: i32 = 4;
/** Cells before the first onset that is wanted at which to begin. */
const LEAD_CELLS: i32 = 8;
/** Rises kept; a power of two of at least 2 * PEAK_CELLS + 1. */
const RISES: i32 = 16;
/** Onsets kept: they are at least PEAK_CELLS apart, and wanted over at most 32 cells. */
const ONSETS: i32 = 32;
/** Time resolution when an onset is placed within its cells: blocks in one frame. */
const BLOCKS: i32 = 32;

@unmanaged
export class OnsetDetector {
  /** Samples of the short frame, and from cell to cell: half of it. */
  size: i32;
  hop: i32;
  bands: i32;
  channels: i32;
  plan: usize;
  window: usize;
  frame: usize;
  spectrum: usize;
  /** Band levels of the last three cells, in nepers of power, `levelBytes` each. */
  levels: usize;
  levelBytes: usize;
  rises: usize;
  /** The next cell to listen to, and how many without a gap were heard before it. */
  nextCell: i32;
  heard: i32;
  /** Onsets: pairs of f64, source frame and strength, in rising order. */
  onsets: usize;
  onsetCount: i32;
}

/** @param size of the short frame, a power of two of at least 64 */
export function onsetDetectorCreate(size: i32, sampleRate: f64, channels: i32): OnsetDetector | null {
  const pointer = arenaAllocate(offsetof<OnsetDetector>());
  if (pointer === 0) return null;
  const detector = changetype<OnsetDetector>(pointer);
  detector.size = size;
  detector.hop = size >> 1;
  const audible = <i32>Math.floor((HIGHEST_HZ * <f64>size) / (sampleRate * <f64>BAND_BINS));
  detector.bands = min<i32>(audible, size / (2 * BAND_BINS));
  detector.channels = channels;
  detector.plan = fftCreate(size);
  detector.window = arenaAllocate((<usize>size) << 2);
  // Room for the one and a half frames, and the frame before them, in which an onset is placed.
  detector.frame = arenaAllocate(((<usize>size * 5) << 1) + 64);
  detector.spectrum = arenaAllocate(((<usize>size) << 2) + 32);
  detector.levelBytes = (<usize>((detector.bands + 3) & ~3)) << 2;
  detector.levels = arenaAllocate(3 * detector.levelBytes);
  detector.rises = arenaAllocate(RISES << 2);
  detector.onsets = arenaAllocate(ONSETS << 4);
  if (detector.plan === 0 || detector.window === 0 || detector.frame === 0 || detector.spectrum === 0) return null;
  if (detector.levels === 0 || detector.rises === 0 || detector.onsets === 0) return null;
  windowFill(detector.window, size, 0, false);
  return detector;
}

/** Forgets everything heard. */
export function onsetDetectorReset(detector: OnsetDetector): void {
  detector.heard = 0;
  detector.nextCell = i32.MIN_VALUE;
  detector.onsetCount = 0;
}

/**
 * One signal from all channels, from byte `offset` of each on, into `target`. The weights differ from channel to channel,
 * so that a side signal, which has opposite signs in two of them, does not cancel.
 */
function mixChannels(input: usize, stride: usize, channels: i32, offset: isize, target: usize, frames: i32): void {
  const bytes = (<usize>frames) << 2;
  memory.copy(target, input + offset, bytes);
  for (let channel = 1; channel < channels; channel++) {
    const share: f32 = <f32>channel / <f32>channels;
    const weight = f32x4.splat(1 - 0.5 * share);
    input += stride;
    for (let i: usize = 0; i < bytes; i += 16) {
      const samples = f32x4.mul(weight, v128.load(input + offset + i));
      v128.store(target + i, f32x4.add(v128.load(target + i), samples));
    }
  }
}

function levelsOf(detector: OnsetDetector, cell: i32): usize {
  return detector.levels + (<usize>((cell % 3) + (cell < 0 ? 3 : 0)) % 3) * detector.levelBytes;
}

function riseOf(detector: OnsetDetector, cell: i32): f32 {
  return load<f32>(detector.rises + ((<usize>(cell & (RISES - 1))) << 2));
}

/** Band levels of a cell; the frame around it begins at byte `offset` of the channels. */
function listen(detector: OnsetDetector, cell: i32, input: usize, stride: usize, offset: isize): void {
  const size = detector.size;
  mixChannels(input, stride, detector.channels, offset, detector.frame, size);
  windowApply(detector.frame, detector.window, detector.frame, size);
  fftForward(detector.plan, detector.frame, detector.spectrum);
  const levels = levelsOf(detector, cell);
  const samples = <f32>size;
  const scale: f32 = 1 / (samples * samples);
  for (let band = 0; band < detector.bands; band++) {
    const bins = detector.spectrum + ((<usize>(band * BAND_BINS)) << 3);
    const low = v128.load(bins);
    const high = v128.load(bins, 16);
    const power = f32x4.add(f32x4.mul(low, low), f32x4.mul(high, high));
    const sum =
      f32x4.extract_lane(power, 0) +
      f32x4.extract_lane(power, 1) +
      (f32x4.extract_lane(power, 2) + f32x4.extract_lane(power, 3));
    store<f32>(levels + ((<usize>band) << 2), scale * sum + POWER_FLOOR);
  }
  for (let i: usize = 0; i < detector.levelBytes; i += 16) {
    // The unused values after the last band rise above nothing: they are one and the same in every cell.
    v128.store(levels + i, logarithm4(f32x4.max(v128.load(levels + i), f32x4.splat(POWER_FLOOR))));
  }
}

/** Mean rise of the band levels from two cells ago to `cell`. */
function measureRise(detector: OnsetDetector, cell: i32): void {
  const present = levelsOf(detector, cell);
  const past = levelsOf(detector, cell - 2);
  let sum = f32x4.splat(0);
  for (let i: usize = 0; i < detector.levelBytes; i += 16) {
    const rise = f32x4.max(f32x4.sub(v128.load(present + i), v128.load(past + i)), f32x4.splat(0));
    sum = f32x4.add(sum, f32x4.min(rise, f32x4.splat(LARGEST_RISE)));
  }
  const total =
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
  store<f32>(detector.rises + ((<usize>(cell & (RISES - 1))) << 2), total / <f32>detector.bands);
}

function isOnset(detector: OnsetDetector, cell: i32): bool {
  const rise = riseOf(detector, cell);
  if (rise < ONSET_RISE) return false;
  for (let i = 1; i <= PEAK_CELLS; i++) {
    if (riseOf(detector, cell - i) >= rise || riseOf(detector, cell + i) > rise) return false;
  }
  return true;
}

/** Energy of the differences from sample to sample of a block. */
function blockEnergy(samples: usize, length: i32): f64 {
  let energy: f64 = 0;
  for (const end = samples + ((<usize>length) << 2); samples < end; samples += 4) {
    const difference = <f64>load<f32>(samples) - <f64>load<f32>(samples - 4);
    energy += difference * difference;
  }
  return energy;
}

/**
 * Frames from the cell to the onset near it: where an eighth of the energy that exceeds the frame before has come, over
 * the frame and a half in which the onset must be. `offset` is the byte of the cell itself.
 */
function placeOnset(detector: OnsetDetector, input: usize, stride: usize, offset: isize): f64 {
  const size = detector.size;
  const block = size / BLOCKS;
  const blocks = BLOCKS + (BLOCKS >> 1);
  // Four samples more in front, for the difference at the first one.
  const first = offset - ((<isize>(2 * size + 4)) << 2);
  mixChannels(input, stride, detector.channels, first, detector.frame, ((5 * size) >> 1) + 4);
  const before = detector.frame + 16;
  const around = before + ((<usize>size) << 2);
  const blockBytes = (<usize>block) << 2;
  const background = blockEnergy(before, size) / <f64>BLOCKS;
  let total: f64 = 0;
  for (let i = 0; i < blocks; i++) {
    total += max<f64>(0, blockEnergy(around + <usize>i * blockBytes, block) - background);
  }
  let sum: f64 = 0;
  for (let i = 0; i < blocks; i++) {
    sum += max<f64>(0, blockEnergy(around + <usize>i * blockBytes, block) - background);
    if (sum * 8 >= total && total > 0) return <f64>(i * block + (block >> 1) - size);
  }
  return -0.5 * <f64>detector.hop;
}

/**
 * Makes sure that every onset from source frame `from` to `to` is known, and forgets those before `from`.
 * @param input first channel; its first frame is source frame `inputStart`, and it reaches from 10 cells before `from`
 *   to 9 cells after `to`
 * @param stride bytes from channel to channel
 */
export function findOnsets(
  detector: OnsetDetector,
  input: usize,
  stride: usize,
  inputStart: f64,
  from: f64,
  to: f64,
): void {
  const hop = <f64>detector.hop;
  const firstCell = <i32>Math.floor(from / hop) - LEAD_CELLS;
  const lastCell = <i32>Math.ceil(to / hop) + PEAK_CELLS + 2;
  if (detector.nextCell < firstCell) {
    onsetDetectorReset(detector);
    detector.nextCell = firstCell;
  }
  for (let cell = detector.nextCell; cell <= lastCell; cell++) {
    const offset = (<isize>(<f64>cell * hop - inputStart)) << 2;
    listen(detector, cell, input, stride, offset - ((<isize>detector.hop) << 2));
    detector.heard++;
    if (detector.heard > 2) measureRise(detector, cell);
    const candidate = cell - PEAK_CELLS;
    if (detector.heard < 2 * PEAK_CELLS + 3 || detector.onsetCount === ONSETS || !isOnset(detector, candidate))
      continue;
    const candidateOffset = offset - ((<isize>(PEAK_CELLS * detector.hop)) << 2);
    const at = detector.onsets + ((<usize>detector.onsetCount) << 4);
    store<f64>(at, <f64>candidate * hop + placeOnset(detector, input, stride, candidateOffset));
    store<f64>(at, <f64>riseOf(detector, candidate), 8);
    detector.onsetCount++;
  }
  if (lastCell >= detector.nextCell) detector.nextCell = lastCell + 1;
  let past = 0;
  while (past < detector.onsetCount && load<f64>(detector.onsets + ((<usize>past) << 4)) < from) past++;
  if (past === 0) return;
  detector.onsetCount -= past;
  memory.copy(detector.onsets, detector.onsets + ((<usize>past) << 4), (<usize>detector.onsetCount) << 4);
}

export function onsetFrame(detector: OnsetDetector, index: i32): f64 {
  return load<f64>(detector.onsets + ((<usize>index) << 4));
}

export function onsetStrength(detector: OnsetDetector, index: i32): f64 {
  return load<f64>(detector.onsets + ((<usize>index) << 4), 8);
}
