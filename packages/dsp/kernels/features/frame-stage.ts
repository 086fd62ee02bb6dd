// The short frames of the feature stream: band energies, onset strength in all and in three bands, and mel bands.
//   frame -> power spectrum -> three bands: energies
//                           -> 96 mel bands -> ln(1 + gain amplitude / level of the programme) -> rise over the frame
//                              before: onset strengths
//                           -> mean over four frames -> 40 mel bands in dB
//                           -> mean over eight frames -> timbre
import { arenaAllocate } from '../memory/arena';
import { melBandCentre, melBankCreate, setBandRow } from '../transform/band-banks';
import { fftCreate, fftForward } from '../transform/fft';
import { filterBankApply, filterBankCreate, filterBankSet, filterBankSpan } from '../transform/filter-bank';
import { compressAmplitude, powerToDecibels } from '../transform/logarithm';
import { accumulatePower, powerSpectrum } from '../transform/power-spectrum';
import {
  ProgrammeLevel,
  programmeLevelAdd,
  programmeLevelInit,
  programmeLevelReset,
} from '../transform/programme-level';
import { spectralFlux } from '../transform/spectral-flux';
import { windowApply, windowFillSkewedHann } from '../transform/window';
import { zeroCrossings } from '../transform/zero-crossings';
import { TIMBRE_COLUMNS, TimbreStage, timbreStageCreate, timbreStageDescribe } from './timbre-stage';

export const MEL_BANDS: i32 = 40;
/** Frames whose mean power makes one frame of mel bands. */
export const FRAMES_PER_MEL: i32 = 4;
/** Mel frames whose mean power makes one frame of timbre. */
const MEL_PER_TIMBRE: i32 = 2;
/** Most frames between two drains. */
export const FRAMES: i32 = 64;
/** Rows of the output, FRAMES values each: onset, three band onsets, three band energies. */
const ROWS: i32 = 7;

/** The longest for which 2048 bins do up to 48 kHz: frames are as long at every rate. */
const FRAME_SECONDS: f64 = 2048.0 / 48_000.0;
const LOWEST_HZ: f64 = 30;
const LOW_TO_MID_HZ: f64 = 150;
const MID_TO_HIGH_HZ: f64 = 4000;
const HIGHEST_HZ: f64 = 16_000;
const HIGHEST_ONSET_HZ: f64 = 10_000;
const ONSET_BANDS: i32 = 96;
/** What is so many times softer than the programme is where compression sets in. */
const COMPRESSION: f64 = 10;
/** -150 dB: under all that 24 bits hold. */
const MEL_FLOOR: f32 = 1e-15;

@unmanaged
export class FrameStage {
  length: i32;
  /** Samples of a frame before the one that it stands for. */
  past: i32;
  plan: usize;
  bins: i32;
  scale: f32;
  window: usize;
  frame: usize;
  spectrum: usize;
  power: usize;
  energyBank: usize;
  onsetBank: usize;
  /** Bands of the present frame and the one before: their power, and compressed, these with room around them. */
  presentPower: usize;
  powerBefore: usize;
  present: usize;
  before: usize;
  flux: usize;
  /** Means over all and over three groups of onset bands. */
  groups: usize;
  /** What bands are loud or soft beside, and what their amplitudes are multiplied by therefore. */
  programme: ProgrammeLevel;
  gain: f32;
  /** How many onset bands are not empty. */
  onsetBands: i32;
  /** What a bank of at most four rows gives. */
  results: usize;
  melBank: usize;
  melSum: usize;
  melCount: i32;
  timbreStage: TimbreStage;
  timbreSum: usize;
  /** Frames in `timbreSum`, and zero crossings in their hops. */
  timbreCount: i32;
  crossings: i32;
  hop: i32;
  /** Turns a number of zero crossings in a hop into one in a second. */
  hopsPerSecond: f32;
  rows: usize;
  mel: usize;
  timbre: usize;
  /** Since the last drain. */
  pending: i32;
  melPending: i32;
  timbrePending: i32;
  /** Since the start. */
  emitted: i32;
}

/**
 * @param topHz bands whose centres do not lie below are empty
 * @returns 0 when there is no memory
 */
export function frameStageCreate(sampleRate: f64, hop: i32, topHz: f64): usize {
  const pointer = arenaAllocate(offsetof<FrameStage>());
  if (pointer === 0) return 0;
  const stage = changetype<FrameStage>(pointer);
  const samples = FRAME_SECONDS * sampleRate;
  stage.length = <i32>Math.round(samples / 4) * 4;
  const fftSize = 1 << (<i32>Math.ceil(Math.log2(<f64>stage.length)));
  stage.past = stage.length - (stage.length >> 2);
  stage.bins = (fftSize >> 1) + 1;
  stage.plan = fftCreate(fftSize);
  stage.window = arenaAllocate((<usize>stage.length) << 2);
  stage.frame = arenaAllocate((<usize>fftSize) << 2);
  stage.spectrum = arenaAllocate((<usize>(fftSize + 2)) << 2);
  stage.power = arenaAllocate((<usize>(stage.bins + 3)) << 2);
  stage.melSum = arenaAllocate((<usize>(stage.bins + 3)) << 2);
  const compressed = (<usize>(ONSET_BANDS + 8)) << 2;
  stage.present = arenaAllocate(compressed);
  stage.before = arenaAllocate(compressed);
  stage.flux = arenaAllocate(compressed);
  stage.presentPower = arenaAllocate(compressed);
  stage.powerBefore = arenaAllocate(compressed);
  const programme = arenaAllocate(offsetof<ProgrammeLevel>());
  if (stage.plan === 0 || stage.window === 0 || stage.frame === 0 || stage.spectrum === 0) return 0;
  if (stage.power === 0 || stage.melSum === 0) return 0;
  if (stage.present === 0 || stage.before === 0 || stage.flux === 0) return 0;
  if (stage.presentPower === 0 || stage.powerBefore === 0 || programme === 0) return 0;
  stage.programme = changetype<ProgrammeLevel>(programme);
  programmeLevelInit(stage.programme, sampleRate / <f64>hop);
  stage.present += 16;
  stage.before += 16;
  windowFillSkewedHann(stage.window, stage.past, stage.length - stage.past);
  let sum: f64 = 0;
  let squares: f64 = 0;
  for (let i = 0; i < stage.length; i++) {
    const value = <f64>load<f32>(stage.window + ((<usize>i) << 2));
    sum += value;
    squares += value * value;
  }
  // The power spectrum of a full-scale sine peaks at 1.
  stage.scale = <f32>(4 / (sum * sum));
  stage.energyBank = createEnergyBank(fftSize, sampleRate, (sum * sum) / (2 * <f64>fftSize * squares));
  stage.onsetBank = melBankCreate(sampleRate, fftSize, ONSET_BANDS, LOWEST_HZ, HIGHEST_ONSET_HZ, topHz);
  stage.groups = createGroups(topHz);
  while (stage.onsetBands < ONSET_BANDS && bandCentre(stage.onsetBands) < topHz) stage.onsetBands++;
  stage.melBank = melBankCreate(sampleRate, fftSize, MEL_BANDS, LOWEST_HZ, HIGHEST_HZ, topHz);
  const timbreStage = timbreStageCreate(sampleRate, fftSize, topHz);
  if (timbreStage === 0) return 0;
  stage.timbreStage = changetype<TimbreStage>(timbreStage);
  stage.hop = hop;
  stage.hopsPerSecond = <f32>(sampleRate / <f64>hop);
  stage.timbreSum = arenaAllocate((<usize>(stage.bins + 3)) << 2);
  stage.results = arenaAllocate(16);
  stage.mel = arenaAllocate((<usize>((FRAMES / FRAMES_PER_MEL + 2) * MEL_BANDS)) << 2);
  const timbreRows = FRAMES / FRAMES_PER_MEL / MEL_PER_TIMBRE + 2;
  stage.timbre = arenaAllocate((<usize>(timbreRows * TIMBRE_COLUMNS)) << 2);
  stage.rows = arenaAllocate((<usize>(ROWS * FRAMES)) << 2);
  if (stage.energyBank === 0 || stage.onsetBank === 0 || stage.groups === 0) return 0;
  if (stage.results === 0 || stage.melBank === 0 || stage.mel === 0) return 0;
  if (stage.timbreSum === 0 || stage.timbre === 0 || stage.rows === 0) return 0;
  frameStageReset(stage);
  return pointer;
}

/** Mean square below, between and above the two borders; `scale` turns the sum of bins into a mean square. */
function createEnergyBank(fftSize: i32, sampleRate: f64, scale: f64): usize {
  const bank = filterBankCreate(3, (fftSize >> 1) + 1);
  if (bank === 0) return 0;
  const binHz = sampleRate / <f64>fftSize;
  if (!setBandRow(bank, 0, fftSize, binHz, LOWEST_HZ, LOW_TO_MID_HZ, scale)) return 0;
  if (!setBandRow(bank, 1, fftSize, binHz, LOW_TO_MID_HZ, MID_TO_HIGH_HZ, scale)) return 0;
  if (!setBandRow(bank, 2, fftSize, binHz, MID_TO_HIGH_HZ, sampleRate, scale)) return 0;
  return bank;
}

function bandCentre(band: i32): f64 {
  return melBandCentre(band, ONSET_BANDS, LOWEST_HZ, HIGHEST_ONSET_HZ);
}

/** Means over the onset bands: row 0 over all below `topHz`, rows 1 to 3 over low, mid and high ones. */
function createGroups(topHz: f64): usize {
  const bank = filterBankCreate(4, ONSET_BANDS);
  if (bank === 0) return 0;
  for (let row = 0; row < 4; row++) {
    const low = row === 2 ? LOW_TO_MID_HZ : row === 3 ? MID_TO_HIGH_HZ : 0;
    const high = row === 1 ? LOW_TO_MID_HZ : row === 2 ? MID_TO_HIGH_HZ : HIGHEST_HZ;
    let first = -1;
    let last = -2;
    for (let band = 0; band < ONSET_BANDS; band++) {
      const centre = bandCentre(band);
      if (centre < low || centre >= high || centre >= topHz) continue;
      if (first < 0) first = band;
      last = band;
    }
    if (last < first) continue;
    if (!filterBankSpan(bank, row, first, last)) return 0;
    for (let band = first; band <= last; band++) filterBankSet(bank, row, band, 1.0 / <f64>(last - first + 1));
  }
  return bank;
}

export function frameStageReset(stage: FrameStage): void {
  memory.fill(stage.before, 0, (<usize>ONSET_BANDS) << 2);
  memory.fill(stage.powerBefore, 0, (<usize>ONSET_BANDS) << 2);
  memory.fill(stage.melSum, 0, (<usize>stage.bins) << 2);
  memory.fill(stage.timbreSum, 0, (<usize>stage.bins) << 2);
  stage.melCount = 0;
  stage.timbreCount = 0;
  stage.crossings = 0;
  stage.pending = 0;
  stage.melPending = 0;
  stage.timbrePending = 0;
  stage.emitted = 0;
  programmeLevelReset(stage.programme);
}

/** Analyses one frame of `length` samples. */
export function frameStagePush(stage: FrameStage, samples: usize): void {
  windowApply(samples, stage.window, stage.frame, stage.length);
  fftForward(stage.plan, stage.frame, stage.spectrum);
  powerSpectrum(stage.spectrum, stage.power, stage.bins, stage.scale);
  // The results go to their rows one by one.
  const results = stage.results;
  const row = (<usize>FRAMES) << 2;
  const output = stage.rows + ((<usize>stage.pending) << 2);
  filterBankApply(stage.energyBank, stage.power, results);
  store<f32>(output + 4 * row, load<f32>(results));
  store<f32>(output + 5 * row, load<f32>(results, 4));
  store<f32>(output + 6 * row, load<f32>(results, 8));

  filterBankApply(stage.onsetBank, stage.power, stage.presentPower);
  const meanPower = <f64>sumOf(stage.presentPower, ONSET_BANDS) / <f64>stage.onsetBands;
  if (programmeLevelAdd(stage.programme, Math.sqrt(meanPower))) {
    stage.gain = <f32>(COMPRESSION / stage.programme.level);
    // What has not changed must not seem to rise or fall.
    compressAmplitude(stage.powerBefore, stage.before, ONSET_BANDS, stage.gain);
  }
  compressAmplitude(stage.presentPower, stage.present, ONSET_BANDS, stage.gain);
  spectralFlux(stage.present, stage.before, stage.flux, ONSET_BANDS);
  filterBankApply(stage.groups, stage.flux, results);
  store<f32>(output, load<f32>(results));
  store<f32>(output + row, load<f32>(results, 4));
  store<f32>(output + 2 * row, load<f32>(results, 8));
  store<f32>(output + 3 * row, load<f32>(results, 12));
  const compressed = stage.before;
  stage.before = stage.present;
  stage.present = compressed;
  const power = stage.powerBefore;
  stage.powerBefore = stage.presentPower;
  stage.presentPower = power;

  accumulatePower(stage.melSum, stage.power, stage.bins);
  // The hop around the sample that the frame stands for.
  stage.crossings += zeroCrossings(samples + ((<usize>(stage.past - (stage.hop >> 1))) << 2), stage.hop);
  stage.melCount++;
  if (stage.melCount === FRAMES_PER_MEL) {
    flushMel(stage);
    if (stage.timbreCount === FRAMES_PER_MEL * MEL_PER_TIMBRE) flushTimbre(stage);
  }
  stage.pending++;
  stage.emitted++;
}

/** Sum of `count` values, a multiple of 4. */
function sumOf(values: usize, count: i32): f32 {
  let sums = f32x4.splat(0);
  for (const end = values + ((<usize>count) << 2); values < end; values += 16) {
    sums = f32x4.add(sums, v128.load(values));
  }
  const pairs = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Writes the frames of mel bands and of timbre that have been begun. */
export function frameStageFlush(stage: FrameStage): void {
  if (stage.melCount > 0) flushMel(stage);
  if (stage.timbreCount > 0) flushTimbre(stage);
}

/** Writes a mel frame from the frames that have come since the last one. */
function flushMel(stage: FrameStage): void {
  const output = stage.mel + ((<usize>(stage.melPending * MEL_BANDS)) << 2);
  filterBankApply(stage.melBank, stage.melSum, output);
  powerToDecibels(output, MEL_BANDS, 1 / <f32>stage.melCount, MEL_FLOOR);
  accumulatePower(stage.timbreSum, stage.melSum, stage.bins);
  stage.timbreCount += stage.melCount;
  memory.fill(stage.melSum, 0, (<usize>stage.bins) << 2);
  stage.melCount = 0;
  stage.melPending++;
}

/** Writes a timbre frame from the mel frames that have come since the last one. */
function flushTimbre(stage: FrameStage): void {
  const output = stage.timbre + ((<usize>(stage.timbrePending * TIMBRE_COLUMNS)) << 2);
  const crossingRate = (<f32>stage.crossings * stage.hopsPerSecond) / <f32>stage.timbreCount;
  timbreStageDescribe(stage.timbreStage, stage.timbreSum, crossingRate, output);
  memory.fill(stage.timbreSum, 0, (<usize>stage.bins) << 2);
  stage.timbreCount = 0;
  stage.crossings = 0;
  stage.timbrePending++;
}
