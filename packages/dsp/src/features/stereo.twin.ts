import { applyBankTwin } from '../transform/filter-bank.twin.ts';
import { energyBankTwin, lengths, Spectra, skewedWindow } from './spectra.twin.ts';

/**
 * `Features.stereoFrames`, plainly. The product of mid and side follows from the power of their sum:
 * |M + S|^2 = |M|^2 + |S|^2 + 2 Re(M conj(S)).
 */
export function stereoFramesTwin(
  mid: Float64Array,
  channels: readonly Float32Array[],
  sampleRate: number,
  hop: number,
): Float64Array {
  const [length, size] = lengths(2048 / 48_000, sampleRate);
  const past = length - Math.floor(length / 4);
  const window = skewedWindow(length, past);
  const bank = energyBankTwin(sampleRate, size, window);
  const [left, right] = channels.length > 1 ? [channels[0]!, channels[1]!] : [mid, mid];
  const side = mid.map((_, i) => (left[i]! - right[i]!) / 2);
  const both = mid.map((value, i) => value + side[i]!);
  const spectra = [mid, side, both].map((signal) => new Spectra(signal, window, size));
  const rows: number[] = [];
  for (let frame = 0; frame * hop < mid.length; frame++) {
    if ((frame * 40_503) % 65_536 >= 4096) continue;
    const powers = spectra.map((each) => {
      each.read(frame * hop - past);
      const sums = new Float64Array(3);
      applyBankTwin(bank, each.power, sums);
      return sums;
    });
    for (let band = 0; band < 3; band++) {
      const [ofMid, ofSide, ofBoth] = powers.map((sums) => sums[band]!);
      rows.push(ofMid!, ofSide!, (ofBoth! - ofMid! - ofSide!) / 2);
    }
  }
  return Float64Array.from(rows);
}
