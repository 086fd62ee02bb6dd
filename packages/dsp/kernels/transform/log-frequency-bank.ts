// A bank with evenly spaced bands on a logarithmic frequency scale, for pitch.
import { filterBankCreate, filterBankSet, filterBankSpan } from './filter-bank';

/** Power of a Hann-windowed sine `distance` bins (of a frame without zero padding) away from it; 1 at 0. */
function hannLobe(distance: f64): f64 {
  const square = distance * distance;
  if (square < 1e-12) return 1;
  if (Math.abs(square - 1) < 1e-9) return 0.25;
  const response = Math.sin(Math.PI * distance) / (Math.PI * distance * (1 - square));
  return response * response;
}

/**
 * `bands` triangles with centres lowestHz * 2^(band / perOctave), each reaching to its neighbours, but at least one bin
 * wide to each side. The weights are scaled so that a sine on a centre, in the power spectrum of a frame under a
 * periodic Hann window of `frame` samples (zero-padded to `fftSize`), gives the peak of its own power. A band whose
 * triangle does not end below `topHz`, at most half the sample rate, is empty.
 * @returns a filter bank over fftSize / 2 + 1 bins, 0 when there is no memory
 */
export function logFrequencyBankCreate(
  sampleRate: f64,
  fftSize: i32,
  frame: i32,
  bands: i32,
  perOctave: i32,
  lowestHz: f64,
  topHz: f64,
): usize {
  const bank = filterBankCreate(bands, (fftSize >> 1) + 1);
  if (bank === 0) return 0;
  const binHz = sampleRate / <f64>fftSize;
  const lobeBins = <f64>frame / <f64>fftSize;
  for (let band = 0; band < bands; band++) {
    const centre = lowestHz * 2 ** (<f64>band / <f64>perOctave);
    const low = Math.min(centre - binHz, lowestHz * 2 ** (<f64>(band - 1) / <f64>perOctave));
    const high = Math.max(centre + binHz, lowestHz * 2 ** (<f64>(band + 1) / <f64>perOctave));
    if (high > topHz) break;
    const first = <i32>Math.ceil(low / binHz);
    const last = <i32>Math.floor(high / binHz);
    if (!filterBankSpan(bank, band, first, last)) return 0;
    let response: f64 = 0;
    for (let pass = 0; pass < 2; pass++) {
      for (let bin = first; bin <= last; bin++) {
        const frequency = <f64>bin * binHz;
        const weight = frequency < centre ? (frequency - low) / (centre - low) : (high - frequency) / (high - centre);
        if (pass === 0) response += weight * hannLobe((<f64>bin - centre / binHz) * lobeBins);
        else filterBankSet(bank, band, bin, weight / response);
      }
    }
  }
  return bank;
}
