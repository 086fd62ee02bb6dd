// A bank that folds a spectrum on a logarithmic frequency scale into the twelve pitch classes.
import { filterBankCreate, filterBankSet, filterBankSpan, filterBankWeight } from './filter-bank';

const PITCH_CLASSES: i32 = 12;
/** Half the width of the triangle that gathers a partial: neighbouring semitones meet at a quarter of its height. */
const REACH_SEMITONES: f64 = 2.0 / 3.0;

/**
 * Twelve rows, C to B, over `bins` bands with centres lowestHz * 2^(bin / perOctave). Each note of equal temperament that
 * lies in the bank adds to the row of its class, for every partial k = 1 .. partials, a triangle around k times its
 * frequency of height decay^(k - 1) exp(-(log2(frequency / centreHz) / spreadOctaves)^2 / 2).
 * @param tuningHz frequency of A4
 * @returns a filter bank over `bins` bins, 0 when there is no memory
 */
export function chromaBankCreate(
  bins: i32,
  perOctave: i32,
  lowestHz: f64,
  tuningHz: f64,
  centreHz: f64,
  spreadOctaves: f64,
  partials: i32,
  decay: f64,
): usize {
  const bank = filterBankCreate(PITCH_CLASSES, bins);
  if (bank === 0) return 0;
  for (let row = 0; row < PITCH_CLASSES; row++) if (!filterBankSpan(bank, row, 0, bins - 1)) return 0;
  const lowest = Math.log2(lowestHz);
  // MIDI counts semitones from C-1, so that its remainder by twelve is the pitch class, and A4 is 69.
  const first = <i32>Math.ceil(69 + 12 * (lowest - Math.log2(tuningHz)) - 0.5);
  const last = <i32>Math.floor(69 + 12 * (lowest + <f64>(bins - 1) / <f64>perOctave - Math.log2(tuningHz)));
  for (let note = first; note <= last; note++) {
    const octave = Math.log2(tuningHz) + <f64>(note - 69) / 12;
    const distance = (octave - Math.log2(centreHz)) / spreadOctaves;
    let height = Math.exp(-0.5 * distance * distance);
    for (let partial = 1; partial <= partials; partial++, height *= decay) {
      const centre = (octave + Math.log2(<f64>partial) - lowest) * <f64>perOctave;
      addTriangle(bank, ((note % 12) + 12) % 12, centre, (REACH_SEMITONES * <f64>perOctave) / 12, height, bins);
    }
  }
  return bank;
}

function addTriangle(bank: usize, row: i32, centre: f64, reach: f64, height: f64, bins: i32): void {
  const from = max(0, <i32>Math.ceil(centre - reach));
  const to = min(bins - 1, <i32>Math.floor(centre + reach));
  for (let bin = from; bin <= to; bin++) {
    const share = 1 - Math.abs(<f64>bin - centre) / reach;
    filterBankSet(bank, row, bin, <f64>filterBankWeight(bank, row, bin) + height * share);
  }
}
