// Time-stretch by a phase vocoder: windowed frames are taken from the source at the places that a time map gives, their
// peaks are turned in phase (phase-lock.ts), and they are overlapped at a fixed hop.
//
// Transients: as long as a frame holds an onset, it is taken from the source at unit rate relative to that onset, so
// that every copy of it falls on the same output sample, the one that the time map gives; as an onset comes in, peaks take the
// phase of the source, all but those of partials that sound through it. An attack is thus repeated as it is, and the
// difference of pace is made up where one onset hands over to the next. (A. Röbel, "A new approach to transient processing in the phase vocoder",
// DAFx 2003, resets phases in the one frame where the attack is central.)
//
// Where all turns are 1 and frames follow each other at unit rate, they are added without any transform: the sum is
// the same, and it is the source itself.
import { arenaAllocate } from '../memory/arena';
import { fftCreate, fftForward, fftInverse } from '../transform/fft';
import { windowApply, windowFill } from '../transform/window';
import {
  findOnsets,
  OnsetDetector,
  onsetDetectorCreate,
  onsetDetectorReset,
  onsetFrame,
  onsetStrength,
} from './onsets';
import { overlapAdd } from './overlap-add';
import { followFrequencies, normaliseTurns } from './peak-frequencies';
import { findPeaks, gatherFromEarlier, gatherFromLast, PeakTurns, sumEnergies, turnPeaks } from './phase-lock';

/** Frames that overlap at any sample, and the sum of their squared Hann windows: the least with which it is constant. */
const OVERLAP: i32 = 3;
const WINDOW_SUM: f64 = 1.125;
/**
 * How far off the place that follows the last frame, as a share of a frame, peaks are turned by their frequencies: 1/16 is what
 * a rate 0.19 beside 1 makes in a hop. A frequency that is off by half a bin then turns its peak by a 32nd.
 */
const NEAR_SHARE: f64 = 1.0 / 16.0;
/** Above, one turn does for all that is there: little is heard of it, and lossy coders cut there. */
const HIGHEST_PEAK_HZ: f64 = 18000;
/** A frame stays at unit rate behind the last one when the time map wants it nearer than this, in source frames. */
const ROUNDING: f64 = 0.75;

@unmanaged
class TimeStretcher {
  /** Samples of a transform; of them, in the middle, those that sound: three hops. */
  size: i32;
  length: i32;
  hop: i32;
  bins: i32;
  channels: i32;
  plan: usize;
  detector: OnsetDetector;
  turns: PeakTurns;
  /** Hann over all samples; and what makes of it the square of a Hann window over those that sound, over the sum. */
  window: usize;
  outputWindow: usize;
  frame: usize;
  /** Where in `frame` the samples begin that sound. */
  sounding: usize;
  /** Spectra of the frame, of the last frame, and of the source one hop before the frame; and the frame's, turned. */
  spectra: usize;
  lastSpectra: usize;
  earlierSpectra: usize;
  outputSpectra: usize;
  spectrumBytes: usize;
  /** Energies of `earlierSpectra`. */
  earlierEnergies: usize;
  /** Overlapped frames, `length` samples a channel. */
  sums: usize;
  sumBytes: usize;
  /** Whether a frame was added since the reset, and the source frame at its middle. */
  begun: bool;
  lastCentre: f64;
  /** The onset that the last frame was placed by; NaN when there was none. */
  lastOnset: f64;
  /** Whether the last frame was added as it is, and whether that was done without a transform: then `lastSpectra` is not there. */
  untouched: bool;
  untransformed: bool;
}

/**
 * @param size samples of a frame, a power of two of at least 512
 * @returns 0 when there is no memory left
 */
export function timeStretcherCreate(size: i32, sampleRate: f64, channels: i32): usize {
  const pointer = arenaAllocate(offsetof<TimeStretcher>());
  const turnsPointer = arenaAllocate(offsetof<PeakTurns>());
  const detector = onsetDetectorCreate(size >> 4, sampleRate, channels);
  if (pointer === 0 || turnsPointer === 0 || detector === null) return 0;
  const stretcher = changetype<TimeStretcher>(pointer);
  const turns = changetype<PeakTurns>(turnsPointer);
  const bins = (size >> 1) + 1;
  stretcher.size = size;
  stretcher.hop = 4 * (size / (4 * OVERLAP));
  stretcher.length = OVERLAP * stretcher.hop;
  stretcher.sumBytes = (<usize>stretcher.length) << 2;
  stretcher.bins = bins;
  stretcher.channels = channels;
  stretcher.detector = detector;
  stretcher.turns = turns;
  stretcher.plan = fftCreate(size);
  const frameBytes = (<usize>size) << 2;
  stretcher.window = arenaAllocate(2 * frameBytes);
  stretcher.outputWindow = stretcher.window + frameBytes;
  stretcher.frame = arenaAllocate(frameBytes);
  stretcher.sounding = stretcher.frame + ((<usize>((size - stretcher.length) >> 1)) << 2);
  // Groups of four bins, and an odd number of cache lines from channel to channel.
  stretcher.spectrumBytes = ((<usize>(bins + 3)) << 3) + 64;
  const spectraBytes = stretcher.spectrumBytes * <usize>channels;
  const spectra = arenaAllocate(4 * spectraBytes);
  stretcher.spectra = spectra;
  stretcher.lastSpectra = spectra + spectraBytes;
  stretcher.earlierSpectra = spectra + 2 * spectraBytes;
  stretcher.outputSpectra = spectra + 3 * spectraBytes;
  stretcher.sums = arenaAllocate(stretcher.sumBytes * <usize>channels);
  const paddedBytes = (<usize>((bins + 15) & ~3)) << 2;
  // Three values a bin, a pair a bin, and five values a peak, of which there is at most one in three bins.
  const perBin = arenaAllocate(8 * paddedBytes);
  turns.bins = bins;
  turns.peakBins = min<i32>(bins, <i32>Math.floor((HIGHEST_PEAK_HZ * <f64>size) / sampleRate) & ~3);
  turns.channels = channels;
  turns.strideBytes = stretcher.spectrumBytes;
  turns.output = stretcher.outputSpectra;
  turns.energies = perBin + 16;
  turns.lastEnergies = perBin + paddedBytes + 16;
  turns.earlierEnergies = perBin + 2 * paddedBytes + 16;
  stretcher.earlierEnergies = turns.earlierEnergies;
  turns.turns = perBin + 3 * paddedBytes + 16;
  turns.peaks = perBin + 5 * paddedBytes;
  const peakBytes = (paddedBytes >> 1) & ~15;
  turns.peakRe = turns.peaks + peakBytes;
  turns.peakIm = turns.peaks + 2 * peakBytes;
  turns.productRe = turns.peaks + 3 * peakBytes;
  turns.productIm = turns.peaks + 4 * peakBytes;
  if (stretcher.plan === 0 || stretcher.window === 0 || stretcher.frame === 0) return 0;
  if (spectra === 0 || stretcher.sums === 0 || perBin === 0) return 0;

  windowFill(stretcher.window, size, 0, false);
  windowFill(stretcher.outputWindow, stretcher.length, 0, false);
  for (let i: usize = 0; i < stretcher.sumBytes; i += 4) {
    const output = <f64>load<f32>(stretcher.outputWindow + i);
    const window = <f64>load<f32>(stretcher.window + (stretcher.sounding - stretcher.frame) + i);
    store<f32>(stretcher.outputWindow + i, <f32>((output * output) / (WINDOW_SUM * window)));
  }
  timeStretcherReset(pointer);
  return pointer;
}

/** Forgets everything heard: the next frame begins a new stretch of sound. */
export function timeStretcherReset(pointer: usize): void {
  const stretcher = changetype<TimeStretcher>(pointer);
  onsetDetectorReset(stretcher.detector);
  stretcher.begun = false;
  stretcher.lastOnset = NaN;
  stretcher.untouched = true;
  stretcher.untransformed = true;
  memory.fill(stretcher.sums, 0, stretcher.sumBytes * <usize>stretcher.channels);
}

/** Index of the onset that counts most in a frame around source frame `nominal`, -1 when it holds none. */
function chooseOnset(stretcher: TimeStretcher, nominal: f64, rate: f64): i32 {
  const detector = stretcher.detector;
  let chosen = -1;
  let largest: f64 = 0;
  for (let i = 0; i < detector.onsetCount; i++) {
    const distance = (onsetFrame(detector, i) - nominal) / (rate * <f64>stretcher.size);
    if (Math.abs(distance) >= 0.5) continue;
    const cosine = Math.cos(Math.PI * distance);
    const weight = onsetStrength(detector, i) * cosine * cosine * cosine * cosine;
    if (weight > largest) {
      largest = weight;
      chosen = i;
    }
  }
  return chosen;
}

/** Spectra of all channels around source frame `centre`. */
function analyse(stretcher: TimeStretcher, input: usize, stride: usize, centre: f64, spectra: usize): void {
  const offset = (<isize>(centre - <f64>(stretcher.size >> 1))) << 2;
  for (let channel = 0; channel < stretcher.channels; channel++) {
    windowApply(input + <usize>channel * stride + offset, stretcher.window, stretcher.frame, stretcher.size);
    fftForward(stretcher.plan, stretcher.frame, spectra + <usize>channel * stretcher.spectrumBytes);
  }
}

/** Adds the frame around `centre` as it is. */
function addUntouched(stretcher: TimeStretcher, input: usize, stride: usize, centre: f64): void {
  const offset = (<isize>(centre - <f64>(stretcher.size >> 1))) << 2;
  for (let channel = 0; channel < stretcher.channels; channel++) {
    const sum = stretcher.sums + <usize>channel * stretcher.sumBytes;
    windowApply(input + <usize>channel * stride + offset, stretcher.window, stretcher.frame, stretcher.size);
    overlapAdd(sum, stretcher.sounding, stretcher.outputWindow, stretcher.length, stretcher.hop);
  }
}

/** Adds the frame around `centre`, its peaks turned so that they join what was put out before. */
function addTurned(
  stretcher: TimeStretcher,
  input: usize,
  stride: usize,
  centre: f64,
  lastCentre: f64,
  atOnset: bool,
  returning: bool,
): void {
  const turns = stretcher.turns;
  const bins = stretcher.bins;
  const channels = stretcher.channels;
  const bytes = stretcher.spectrumBytes;
  if (stretcher.untransformed) {
    analyse(stretcher, input, stride, lastCentre, stretcher.lastSpectra);
    sumEnergies(stretcher.lastSpectra, bytes, channels, turns.lastEnergies, turns.peakBins);
    const one = f32x4(1, 0, 1, 0);
    for (let k: usize = 0; k < (<usize>bins + 2) << 3; k += 16) v128.store(turns.turns + k - 8, one);
  }
  analyse(stretcher, input, stride, centre, stretcher.spectra);
  sumEnergies(stretcher.spectra, bytes, channels, turns.energies, turns.peakBins);
  turns.peakCount = findPeaks(turns.energies, turns.peakBins, turns.peaks);
  turns.spectra = stretcher.spectra;
  turns.lastSpectra = stretcher.lastSpectra;
  turns.atOnset = atOnset;
  turns.returning = returning;
  const distance = centre - lastCentre;
  const shift = distance - <f64>stretcher.hop;
  if (Math.abs(shift) <= NEAR_SHARE * <f64>stretcher.size) {
    turns.earlierSpectra = stretcher.lastSpectra;
    turns.earlierEnergies = turns.lastEnergies;
    gatherFromLast(turns, shift !== 0);
    normaliseTurns(turns);
    if (shift !== 0) followFrequencies(turns, <i32>distance, <i32>shift, stretcher.size);
  } else {
    turns.earlierSpectra = stretcher.earlierSpectra;
    turns.earlierEnergies = stretcher.earlierEnergies;
    analyse(stretcher, input, stride, centre - <f64>stretcher.hop, stretcher.earlierSpectra);
    if (atOnset) sumEnergies(stretcher.earlierSpectra, bytes, channels, turns.earlierEnergies, turns.peakBins);
    gatherFromEarlier(turns);
    normaliseTurns(turns);
  }
  stretcher.untouched = turnPeaks(turns);
  stretcher.untransformed = false;
  for (let channel = 0; channel < channels; channel++) {
    const output = stretcher.outputSpectra + <usize>channel * bytes;
    const sum = stretcher.sums + <usize>channel * stretcher.sumBytes;
    fftInverse(stretcher.plan, output, stretcher.frame);
    overlapAdd(sum, stretcher.sounding, stretcher.outputWindow, stretcher.length, stretcher.hop);
  }
  const spectra = stretcher.lastSpectra;
  stretcher.lastSpectra = stretcher.spectra;
  stretcher.spectra = spectra;
  const energies = turns.lastEnergies;
  turns.lastEnergies = turns.energies;
  turns.energies = energies;
}

/**
 * Adds one frame and writes the hop of output frames that are complete with it.
 * @param input first channel; its first frame is source frame `inputStart`; it must reach from 9 quarters of `size` before
 *   `position` to 11 quarters after it (see the face)
 * @param inputStride bytes from channel to channel
 * @param position source frame of the first output frame
 * @param rate source frames per output frame over the frame, 0.5 to 2; exactly 1 where nothing is
 *   stretched
 */
export function timeStretcherStep(
  pointer: usize,
  input: usize,
  inputStride: usize,
  inputStart: f64,
  position: f64,
  rate: f64,
  output: usize,
  outputStride: usize,
): void {
  const stretcher = changetype<TimeStretcher>(pointer);
  const detector = stretcher.detector;
  const half = 0.5 * <f64>stretcher.size;
  const nominal = position + 0.5 * rate * <f64>stretcher.length;
  let wanted = nominal;
  const next = stretcher.lastCentre + <f64>stretcher.hop;
  let onset = NaN;
  let atOnset = false;
  if (rate !== 1 || !stretcher.untouched) {
    findOnsets(detector, input, inputStride, inputStart, nominal - rate * half, nominal + rate * half);
    const chosen = chooseOnset(stretcher, nominal, rate);
    if (chosen >= 0) {
      onset = onsetFrame(detector, chosen);
      // All copies of one onset agree to the sample, also where the rate changes among them.
      const stays = onset === stretcher.lastOnset && Math.abs(next - nominal) <= half;
      wanted = stays ? next : nominal + (onset - nominal) * (1 - 1 / rate);
      atOnset = onset >= wanted - 0.25 * half;
    }
  }
  const last = stretcher.lastCentre;
  const follows = stretcher.begun && Math.abs(wanted - next) < ROUNDING;
  const centre = follows ? next : Math.floor(wanted + 0.5);
  if (!stretcher.begun || (stretcher.untouched && follows)) {
    addUntouched(stretcher, input, inputStride, centre - inputStart);
    stretcher.untouched = true;
    stretcher.untransformed = true;
  } else {
    const returning = rate === 1 && follows;
    addTurned(stretcher, input, inputStride, centre - inputStart, last - inputStart, atOnset, returning);
  }
  stretcher.begun = true;
  stretcher.lastCentre = centre;
  stretcher.lastOnset = onset;
  const hopBytes = (<usize>stretcher.hop) << 2;
  for (let channel = 0; channel < stretcher.channels; channel++) {
    const sum = stretcher.sums + <usize>channel * stretcher.sumBytes;
    memory.copy(output + <usize>channel * outputStride, sum, hopBytes);
  }
}
