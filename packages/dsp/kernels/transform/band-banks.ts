// Banks of frequency bands over the bins of an FFT: triangles on the mel scale, and plain bands between edges.
import { filterBankCreate, filterBankSet, filterBankSpan } from './filter-bank';

/** The mel scale of HTK (Young et al., "The HTK Book", section 5.6): mel = 2595 log10(1 + Hz / 700). */
export function melFromHz(frequency: f64): f64 {
  return 2595 * Math.log10(1 + frequency / 700);
}

export function hzFromMel(mel: f64): f64 {
  return 700 * (10 ** (mel / 2595) - 1);
}

/** Centre of band `band` of a mel bank of `bands` triangles between two frequencies. */
export function melBandCentre(band: i32, bands: i32, lowestHz: f64, highestHz: f64): f64 {
  const lowest = melFromHz(lowestHz);
  return hzFromMel(lowest + ((melFromHz(highestHz) - lowest) * <f64>(band + 1)) / <f64>(bands + 1));
}

/**
 * Gives a row a triangle that is `peak` at `centre` and 0 at `low` and `high`. A triangle narrower than the bins is
 * widened to one bin on each side, where it interpolates between the two bins around its centre.
 * @returns false when there is no memory
 */
function triangle(bank: usize, row: i32, binHz: f64, low: f64, centre: f64, high: f64, peak: f64): bool {
  low = Math.min(low, centre - binHz);
  high = Math.max(high, centre + binHz);
  const first = max(0, <i32>Math.ceil(low / binHz));
  const last = <i32>Math.floor(high / binHz);
  if (!filterBankSpan(bank, row, first, last)) return false;
  for (let bin = first; bin <= last; bin++) {
    const frequency = <f64>bin * binHz;
    const weight = frequency < centre ? (frequency - low) / (centre - low) : (high - frequency) / (high - centre);
    filterBankSet(bank, row, bin, peak * weight);
  }
  return true;
}

/**
 * `bands` triangles of peak 1, evenly spaced on the mel scale between `lowestHz` and `highestHz`, each reaching to the
 * centres of its neighbours. A band whose centre is not below `topHz`, at most half the sample rate, is empty.
 * @returns a filter bank over fftSize / 2 + 1 bins, 0 when there is no memory
 */
export function melBankCreate(
  sampleRate: f64,
  fftSize: i32,
  bands: i32,
  lowestHz: f64,
  highestHz: f64,
  topHz: f64,
): usize {
  const bank = filterBankCreate(bands, (fftSize >> 1) + 1);
  if (bank === 0) return 0;
  const binHz = sampleRate / <f64>fftSize;
  for (let band = 0; band < bands; band++) {
    const centre = melBandCentre(band, bands, lowestHz, highestHz);
    if (centre >= topHz) break;
    const low = melBandCentre(band - 1, bands, lowestHz, highestHz);
    const high = melBandCentre(band + 1, bands, lowestHz, highestHz);
    if (!triangle(bank, band, binHz, low, centre, high, 1)) return 0;
  }
  return bank;
}

/**
 * Gives a row the band from `low` to `high`: each bin counts with the part of it that lies in the band, and the bin at
 * half the sample rate, which has no mirror, with half of that.
 * @returns false when there is no memory
 */
export function setBandRow(bank: usize, row: i32, fftSize: i32, binHz: f64, low: f64, high: f64, scale: f64): bool {
  const bottom = low / binHz + 0.5;
  const top = Math.min(high / binHz + 0.5, <f64>(fftSize >> 1) + 1);
  if (top <= bottom) return true;
  const first = <i32>Math.floor(bottom);
  const last = <i32>Math.ceil(top) - 1;
  if (!filterBankSpan(bank, row, first, last)) return false;
  for (let bin = first; bin <= last; bin++) {
    const part = Math.min(top, <f64>bin + 1) - Math.max(bottom, <f64>bin);
    filterBankSet(bank, row, bin, scale * (bin === fftSize >> 1 ? 0.5 : 1) * part);
  }
  return true;
}
