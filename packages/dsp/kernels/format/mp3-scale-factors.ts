// Scale factors of layer III (ISO/IEC 11172-3, 2.4.3.4.5 and 2.4.3.4.7; 13818-3, 2.4.3.2) to a factor for each band.
import { bitsRead } from './bit-reader';
import { Mp3Granule, SHORT_BLOCK } from './mp3-side-info';

/** Bits of the first and the second half of the factors, by `scaleCompress` of MPEG-1. */
const LENGTHS_1: usize = memory.data<u8>([0, 0, 0, 0, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4]);
const LENGTHS_2: usize = memory.data<u8>([0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 3]);

/**
 * How many factors each of the four lengths of MPEG-2 is for: six cases of long, short and mixed blocks (13818-3, the
 * table of nr_of_sfb in 2.4.3.2).
 */
const COUNTS: usize = memory.data<u8>([
  6, 5, 5, 5, 6, 5, 7, 3, 11, 10, 0, 0, 7, 7, 7, 0, 6, 6, 6, 3, 8, 8, 5, 0, 9, 9, 9, 9, 9, 9, 12, 6, 18, 18, 0, 0, 12,
  12, 12, 0, 12, 9, 9, 6, 15, 12, 9, 0, 6, 9, 9, 9, 6, 9, 12, 6, 15, 18, 0, 0, 6, 15, 12, 0, 6, 12, 9, 6, 6, 18, 9, 0,
]);

/** Added to the upper bands of long blocks with `preflag` (table B.6). */
const PRE_EMPHASIS: usize = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 2, 0]);

const QUARTER_POWERS: usize = memory.data<f32>([1.0, 0.8408964152537145, <f32>Math.SQRT1_2, 0.5946035575013605]);

/** 2^(-quarters / 4) for whole numbers within ±480. */
export function quarterPower(quarters: i32): f32 {
  // The exponent of a 32-bit float, kept within its normal range: below is nothing that is heard.
  const exponent = 127 - (quarters >> 2);
  if (exponent <= 0) return 0;
  const power = reinterpret<f32>(min(exponent, 254) << 23);
  return power * load<f32>(QUARTER_POWERS + ((<usize>(quarters & 3)) << 2));
}

/** Marks a band of the right channel that must not be taken for intensity stereo. */
export const NO_INTENSITY: u8 = 255;

/**
 * Reads the scale factors that the bit reader stands before.
 * @param scales u8[40]: those of this channel's first granule on entry (for what is shared), this one's on return
 * @param positions u8[40]: the same as positions for intensity stereo
 * @param factors f32[40]: 2^(…) of each band, with the global gain
 * @param bands how many there are in all; the last (long) or last three carry no factor
 */
export function mp3ReadScaleFactors(
  info: Mp3Granule,
  mpeg1: bool,
  intensityRight: bool,
  midSide: bool,
  longBands: i32,
  bands: i32,
  scales: usize,
  positions: usize,
  factors: usize,
): void {
  const short = info.blockType === SHORT_BLOCK;
  const coded = short ? bands - 3 : bands - 1;
  if (mpeg1) readMpeg1(info, short, longBands, coded, scales, positions);
  else readMpeg2(info, intensityRight, short, coded, scales, positions);
  for (let band = coded; band < 40; band++) {
    store<u8>(scales + <usize>band, 0);
    store<u8>(positions + <usize>band, 0);
  }

  // 210 is the gain of 1 (2.4.3.4.7.1); mid/side is coded with a factor of the square root of 2.
  const gain = 210 - info.globalGain + (midSide ? 2 : 0);
  const shift = info.scaleShift;
  for (let band = 0; band < bands; band++) {
    let quarters = <i32>load<u8>(scales + <usize>band);
    if (short && band >= longBands) {
      const window = (band - longBands) % 3;
      const subblockGain = window === 0 ? info.subblockGain0 : window === 1 ? info.subblockGain1 : info.subblockGain2;
      quarters = (quarters << shift) + subblockGain * 8;
    } else {
      if (info.preflag && !short) quarters += <i32>load<u8>(PRE_EMPHASIS + <usize>band);
      quarters <<= shift;
    }
    store<f32>(factors + ((<usize>band) << 2), quarterPower(gain + quarters));
  }
}

function readMpeg1(info: Mp3Granule, short: bool, longBands: i32, coded: i32, scales: usize, positions: usize): void {
  const length1 = <i32>load<u8>(LENGTHS_1 + <usize>info.scaleCompress);
  const length2 = <i32>load<u8>(LENGTHS_2 + <usize>info.scaleCompress);
  // Long blocks: groups of 6, 5, 5 and 5, each of which may be shared. Others: what lies below band 6 (three windows
  // each) and what lies above.
  const half = short ? (longBands > 0 ? longBands + 9 : 18) : 11;
  for (let band = 0; band < coded; band++) {
    if (!short) {
      const group = band < 6 ? 8 : band < 11 ? 4 : band < 16 ? 2 : 1;
      if (info.sharedScales & group) continue;
    }
    const value = <u8>bitsRead(band < half ? length1 : length2);
    store<u8>(scales + <usize>band, value);
    store<u8>(positions + <usize>band, value);
  }
}

function readMpeg2(
  info: Mp3Granule,
  intensityRight: bool,
  short: bool,
  coded: i32,
  scales: usize,
  positions: usize,
): void {
  let compress = info.scaleCompress;
  let row = 0;
  let length0 = 0;
  let length1 = 0;
  let length2 = 0;
  let length3 = 0;
  if (!intensityRight) {
    if (compress < 400) {
      length0 = (compress >> 4) / 5;
      length1 = (compress >> 4) % 5;
      length2 = (compress & 15) >> 2;
      length3 = compress & 3;
    } else if (compress < 500) {
      compress -= 400;
      length0 = (compress >> 2) / 5;
      length1 = (compress >> 2) % 5;
      length2 = compress & 3;
      row = 1;
    } else {
      compress -= 500;
      length0 = compress / 3;
      length1 = compress % 3;
      row = 2;
      info.preflag = true;
    }
  } else {
    compress >>= 1;
    if (compress < 180) {
      length0 = compress / 36;
      length1 = (compress % 36) / 6;
      length2 = (compress % 36) % 6;
      row = 3;
    } else if (compress < 244) {
      compress -= 180;
      length0 = (compress & 63) >> 4;
      length1 = (compress & 15) >> 2;
      length2 = compress & 3;
      row = 4;
    } else {
      compress -= 244;
      length0 = compress / 3;
      length1 = compress % 3;
      row = 5;
    }
  }
  const counts = COUNTS + <usize>((short ? (info.mixed ? 2 : 1) : 0) * 24 + row * 4);
  let band = 0;
  for (let group = 0; group < 4; group++) {
    const length = group === 0 ? length0 : group === 1 ? length1 : group === 2 ? length2 : length3;
    const largest = (1 << length) - 1;
    for (let count = <i32>load<u8>(counts + <usize>group); count > 0 && band < coded; count--, band++) {
      const value = <i32>bitsRead(length);
      store<u8>(scales + <usize>band, <u8>value);
      store<u8>(positions + <usize>band, intensityRight && length > 0 && value === largest ? NO_INTENSITY : <u8>value);
    }
  }
  for (; band < coded; band++) {
    store<u8>(scales + <usize>band, 0);
    store<u8>(positions + <usize>band, 0);
  }
}
