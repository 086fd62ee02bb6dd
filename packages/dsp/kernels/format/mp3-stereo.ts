// Joint stereo of layer III (ISO/IEC 11172-3, 2.4.3.4.9; 13818-3, 2.4.3.2). Left and right are coefficients of 18 rows.
import { COLUMNS } from './mp3-bands';
import { NO_INTENSITY, quarterPower } from './mp3-scale-factors';

/** Bytes of one channel's coefficients. */
export const COEFFICIENT_BYTES: usize = 18 * COLUMNS * 4;

/** Left's part of the sum by position, MPEG-1: tan(p π / 12) / (1 + tan(p π / 12)); right has the rest. */
const PAN: usize = memory.data<f32>([
  0.0, 0.21132486540518713, 0.36602540378443865, 0.5, 0.6339745962155614, 0.7886751345948129, 1.0,
]);

const ROOT_2: f32 = <f32>Math.SQRT2;

/** Mid and side (already divided by the square root of 2) to left and right, all lines. */
export function mp3MidSide(left: usize, right: usize): void {
  for (let at: usize = 0; at < COEFFICIENT_BYTES; at += 16) {
    const middle = v128.load(left + at);
    const side = v128.load(right + at);
    v128.store(left + at, f32x4.add(middle, side));
    v128.store(right + at, f32x4.sub(middle, side));
  }
}

/**
 * Intensity stereo: above the right channel's last coded band of each window, left carries the sum and `positions`
 * where it goes. Bands below are mid/side when the frame says so.
 * @param widths bands in the order of coding, ended by 0
 * @param windows 3 for short blocks (after `longBands` of a mixed one), else 1
 */
export function mp3Intensity(
  left: usize,
  right: usize,
  widths: usize,
  places: usize,
  positions: usize,
  bands: i32,
  longBands: i32,
  windows: i32,
  mpeg1: bool,
  midSide: bool,
  intensityScale: i32,
): void {
  // The last band with anything in it, for each window; a mixed block's long bands count for all.
  let top0 = -1;
  let top1 = -1;
  let top2 = -1;
  let line = 0;
  for (let band = 0; band < bands; band++) {
    const width = <i32>load<u8>(widths + <usize>band);
    if (!isSilent(right, places, line, width)) {
      const window = band < longBands ? -1 : (band - longBands) % windows;
      if (window <= 0) top0 = band;
      if (window === 1 || window < 0 || windows === 1) top1 = band;
      if (window === 2 || window < 0 || windows === 1) top2 = band;
    }
    line += width;
  }
  // The top band has no factor of its own: it goes where the one below goes, or to the middle.
  for (let window = 0; window < windows; window++) {
    const top = window === 0 ? top0 : window === 1 ? top1 : top2;
    const last = bands - windows + window;
    const below = last - windows;
    const middle: u8 = mpeg1 ? 3 : 0;
    store<u8>(positions + <usize>last, top >= below ? middle : load<u8>(positions + <usize>below));
  }

  line = 0;
  for (let band = 0; band < bands; band++) {
    const width = <i32>load<u8>(widths + <usize>band);
    const window = band < longBands ? 0 : (band - longBands) % windows;
    // Above a mixed block's long band lies everything, whatever its window.
    const top = band < longBands ? max(top0, max(top1, top2)) : window === 0 ? top0 : window === 1 ? top1 : top2;
    const position = load<u8>(positions + <usize>band);
    const valid = position !== NO_INTENSITY && (!mpeg1 || position < 7);
    if (band > top && valid) {
      let toLeft: f32 = 1;
      let toRight: f32 = 1;
      if (mpeg1) {
        toLeft = load<f32>(PAN + ((<usize>position) << 2));
        toRight = 1 - toLeft;
      } else {
        const fade = quarterPower(((<i32>position + 1) >> 1) << intensityScale);
        if (position & 1) toLeft = fade;
        else toRight = fade;
      }
      // These lines were divided as if they were mid and side.
      const scale: f32 = midSide ? ROOT_2 : 1;
      panBand(left, right, places, line, width, toLeft * scale, toRight * scale);
    } else if (midSide) midSideBand(left, right, places, line, width);
    line += width;
  }
}

function isSilent(right: usize, places: usize, line: i32, width: i32): bool {
  for (let i = line; i < line + width; i++) {
    if (load<f32>(right + <usize>load<u16>(places + ((<usize>i) << 1))) !== 0) return false;
  }
  return true;
}

function panBand(left: usize, right: usize, places: usize, line: i32, width: i32, toLeft: f32, toRight: f32): void {
  for (let i = line; i < line + width; i++) {
    const at = <usize>load<u16>(places + ((<usize>i) << 1));
    const sum = load<f32>(left + at);
    store<f32>(left + at, sum * toLeft);
    store<f32>(right + at, sum * toRight);
  }
}

function midSideBand(left: usize, right: usize, places: usize, line: i32, width: i32): void {
  for (let i = line; i < line + width; i++) {
    const at = <usize>load<u16>(places + ((<usize>i) << 1));
    const middle = load<f32>(left + at);
    const side = load<f32>(right + at);
    store<f32>(left + at, middle + side);
    store<f32>(right + at, middle - side);
  }
}
