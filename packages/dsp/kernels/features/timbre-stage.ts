// What the spectrum of a few short frames together looks like: where its weight lies and how peaked it is.
//   mean power -> amplitude -> centroid, spread, roll-off
//              -> 250 Hz to 8 kHz: geometric over arithmetic mean: flatness
//              -> groups of neighbouring bins: largest and smallest -> means over octaves -> contrast in dB
import { arenaAllocate } from '../memory/arena';
import { meanLogarithm } from '../transform/log-mean';
import { powerToDecibels } from '../transform/logarithm';

/** Values of a timbre frame: centroid, spread, roll-off, flatness, zero crossings, and contrast in seven bands. */
export const TIMBRE_COLUMNS: i32 = 12;
const FLATNESS_COLUMN: usize = 3;
const CROSSINGS_COLUMN: usize = 4;
const CONTRAST_COLUMN: usize = 5;
const CONTRAST_BANDS: i32 = 7;

const LOWEST_HZ: f64 = 30;
const HIGHEST_HZ: f64 = 16_000;
const ROLLOFF_SHARE: f32 = 0.85;
const FLATNESS_LOWEST_HZ: f64 = 250;
const FLATNESS_HIGHEST_HZ: f64 = 8000;
/** Border between the lowest two bands of the contrast; each one above is an octave. */
const FIRST_OCTAVE_HZ: f64 = 200;
/** Width of a group of bins, one of whose members is a peak and one a valley. */
const GROUP_HZ: f64 = 172;
/** Bins below are not looked at for contrast: they hold what is not sound. */
const FIRST_GROUP_BIN: i32 = 4;
/** Power that is added to bins before they are compared, as a share of the mean over the bins: -80 dB. */
const FLOOR_SHARE: f32 = 1e-8;
/** Frames with less power in a bin, in the mean, are silence: all their values are 0. */
const SILENCE: f32 = 1e-24;

@unmanaged
export class TimbreStage {
  /** Vectors of four bins that are looked at, from bin 0 on. */
  vectors: i32;
  /** Per bin: 1 where the bin counts, else 0; and its frequency in Hz. */
  inBand: usize;
  frequency: usize;
  /** How many bins count. */
  bins: f32;
  amplitude: usize;
  /** Per vector of bins: the four sums of amplitudes up to and with it. */
  running: usize;
  flatFirst: i32;
  flatBins: i32;
  groupVectors: i32;
  groups: i32;
  /** Per group: its band, as a byte offset; and per band the number of its groups. */
  groupBand: usize;
  bandGroups: usize;
  peaks: usize;
  valleys: usize;
  binHz: f32;
}

/**
 * @param topHz bins from there on do not count
 * @returns 0 when there is no memory
 */
export function timbreStageCreate(sampleRate: f64, fftSize: i32, topHz: f64): usize {
  const pointer = arenaAllocate(offsetof<TimbreStage>());
  const binHz = sampleRate / <f64>fftSize;
  const half = min(fftSize >> 1, <i32>Math.ceil(topHz / binHz));
  const bytes = (<usize>(fftSize >> 1)) << 2;
  const inBand = arenaAllocate(bytes);
  const frequency = arenaAllocate(bytes);
  const amplitude = arenaAllocate(bytes);
  const running = arenaAllocate(bytes);
  const groupBand = arenaAllocate(bytes);
  const bandGroups = arenaAllocate(3 * 32);
  if (pointer === 0 || inBand === 0 || frequency === 0 || amplitude === 0) return 0;
  if (running === 0 || groupBand === 0 || bandGroups === 0) return 0;
  const stage = changetype<TimbreStage>(pointer);
  stage.binHz = <f32>binHz;
  stage.inBand = inBand;
  stage.frequency = frequency;
  stage.amplitude = amplitude;
  stage.running = running;
  stage.groupBand = groupBand;
  stage.bandGroups = bandGroups;
  stage.peaks = bandGroups + 32;
  stage.valleys = bandGroups + 64;
  stage.vectors = min((half + 3) >> 2, <i32>(HIGHEST_HZ / binHz / 4) + 1);
  for (let bin = 0; bin < 4 * stage.vectors; bin++) {
    const at = <f64>bin * binHz;
    const counts = at >= LOWEST_HZ && at <= HIGHEST_HZ && bin < half;
    store<f32>(inBand + ((<usize>bin) << 2), counts ? 1 : 0);
    store<f32>(frequency + ((<usize>bin) << 2), <f32>at);
    if (counts) stage.bins += 1;
  }
  stage.flatFirst = <i32>Math.ceil(FLATNESS_LOWEST_HZ / binHz / 4) * 4;
  stage.flatBins = (min(<i32>(FLATNESS_HIGHEST_HZ / binHz), half) & ~3) - stage.flatFirst;
  stage.groupVectors = max(1, <i32>Math.round(GROUP_HZ / binHz / 4));
  placeGroups(stage, half, binHz);
  return pointer;
}

/** Deals the groups out to the bands in which their middles lie. */
function placeGroups(stage: TimbreStage, half: i32, binHz: f64): void {
  const size = 4 * stage.groupVectors;
  for (let first = FIRST_GROUP_BIN; first + size <= half; first += size) {
    const middle = (<f64>first + 0.5 * <f64>(size - 1)) * binHz;
    const band = middle < FIRST_OCTAVE_HZ ? 0 : 1 + <i32>Math.floor(Math.log2(middle / FIRST_OCTAVE_HZ));
    if (band >= CONTRAST_BANDS) break;
    store<i32>(stage.groupBand + ((<usize>stage.groups) << 2), band << 2);
    const count = stage.bandGroups + ((<usize>band) << 2);
    store<f32>(count, load<f32>(count) + 1);
    stage.groups++;
  }
}

/**
 * Describes a spectrum.
 * @param power sum of the power spectra of some frames
 * @param output TIMBRE_COLUMNS values
 */
export function timbreStageDescribe(stage: TimbreStage, power: usize, crossingsPerSecond: f32, output: usize): void {
  let powers = f32x4.splat(0);
  let moment = f32x4.splat(0);
  let sum = f32x4.splat(0);
  const bytes = (<usize>stage.vectors) << 4;
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = f32x4.mul(v128.load(power + at), v128.load(stage.inBand + at));
    const amplitude = f32x4.sqrt(value);
    powers = f32x4.add(powers, value);
    sum = f32x4.add(sum, amplitude);
    moment = f32x4.add(moment, f32x4.mul(amplitude, v128.load(stage.frequency + at)));
    v128.store(stage.amplitude + at, amplitude);
    v128.store(stage.running + at, sum);
  }
  const mean = total(powers) / stage.bins;
  if (!(mean > SILENCE)) {
    memory.fill(output, 0, (<usize>TIMBRE_COLUMNS) << 2);
    return;
  }
  const weight = total(sum);
  const centroid = total(moment) / weight;
  store<f32>(output, centroid);
  store<f32>(output, spread(stage, centroid, weight), 4);
  store<f32>(output, rolloff(stage, ROLLOFF_SHARE * weight), 8);
  store<f32>(output + (FLATNESS_COLUMN << 2), flatness(stage, power, FLOOR_SHARE * mean));
  store<f32>(output + (CROSSINGS_COLUMN << 2), crossingsPerSecond);
  contrast(stage, power, FLOOR_SHARE * mean, output + (CONTRAST_COLUMN << 2));
}

function total(sums: v128): f32 {
  const pairs = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Standard deviation of frequency around the centroid, weighted by amplitude. */
function spread(stage: TimbreStage, centroid: f32, weight: f32): f32 {
  const centre = f32x4.splat(centroid);
  let sum = f32x4.splat(0);
  const bytes = (<usize>stage.vectors) << 4;
  for (let at: usize = 0; at < bytes; at += 16) {
    const distance = f32x4.sub(v128.load(stage.frequency + at), centre);
    sum = f32x4.add(sum, f32x4.mul(v128.load(stage.amplitude + at), f32x4.mul(distance, distance)));
  }
  return Mathf.sqrt(total(sum) / weight);
}

/** Frequency below which the amplitudes sum up to `share`; a bin's amplitude is spread over its width. */
function rolloff(stage: TimbreStage, share: f32): f32 {
  let low = 0;
  let high = stage.vectors - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (total(v128.load(stage.running + ((<usize>middle) << 4))) < share) low = middle + 1;
    else high = middle;
  }
  let below = low > 0 ? total(v128.load(stage.running + ((<usize>(low - 1)) << 4))) : 0;
  let bin = low << 2;
  let amplitude = load<f32>(stage.amplitude + ((<usize>bin) << 2));
  for (const last = bin + 3; bin < last && below + amplitude < share; bin++) {
    below += amplitude;
    amplitude = load<f32>(stage.amplitude + ((<usize>(bin + 1)) << 2));
  }
  const part: f32 = amplitude > 0 ? min<f32>(1, (share - below) / amplitude) : 0;
  return stage.binHz * (<f32>bin - 0.5 + part);
}

/** Geometric over arithmetic mean of the power between 250 Hz and 8 kHz: 0 to 1. */
function flatness(stage: TimbreStage, power: usize, floor: f32): f32 {
  if (stage.flatBins <= 0) return 0;
  const first = power + ((<usize>stage.flatFirst) << 2);
  let sum = f32x4.splat(0);
  for (let at = first, end = first + ((<usize>stage.flatBins) << 2); at < end; at += 16) {
    sum = f32x4.add(sum, v128.load(at));
  }
  const arithmetic = total(sum) / <f32>stage.flatBins + floor;
  return min<f32>(1, Mathf.exp(meanLogarithm(first, stage.flatBins, floor)) / arithmetic);
}

/** In each octave, mean of the groups' largest power over the mean of their smallest, in dB. */
function contrast(stage: TimbreStage, power: usize, floor: f32, output: usize): void {
  memory.fill(stage.peaks, 0, 64);
  let at = power + ((<usize>FIRST_GROUP_BIN) << 2);
  for (let group = 0; group < stage.groups; group++) {
    let largest = v128.load(at);
    let smallest = largest;
    at += 16;
    for (let i = 1; i < stage.groupVectors; i++, at += 16) {
      const value = v128.load(at);
      largest = f32x4.pmax(largest, value);
      smallest = f32x4.pmin(smallest, value);
    }
    largest = f32x4.pmax(largest, v128.shuffle<f32>(largest, largest, 2, 3, 0, 1));
    smallest = f32x4.pmin(smallest, v128.shuffle<f32>(smallest, smallest, 2, 3, 0, 1));
    const band = <usize>load<i32>(stage.groupBand + ((<usize>group) << 2));
    const peak = max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
    const valley = min(f32x4.extract_lane(smallest, 0), f32x4.extract_lane(smallest, 1));
    store<f32>(stage.peaks + band, load<f32>(stage.peaks + band) + peak);
    store<f32>(stage.valleys + band, load<f32>(stage.valleys + band) + valley);
  }
  for (let i = 0; i < 2; i++) {
    const offset = (<usize>i) << 4;
    const count = f32x4.pmax(v128.load(stage.bandGroups + offset), f32x4.splat(1));
    const floors = f32x4.mul(f32x4.splat(floor), count);
    const peaks = f32x4.add(v128.load(stage.peaks + offset), floors);
    const valleys = f32x4.add(v128.load(stage.valleys + offset), floors);
    v128.store(stage.peaks + offset, f32x4.div(peaks, valleys));
  }
  powerToDecibels(stage.peaks, 8, 1, 0);
  memory.copy(output, stage.peaks, (<usize>CONTRAST_BANDS) << 2);
}
