// Scale-factor bands of layer III and where coded values belong (ISO/IEC 11172-3, table B.8; 13818-3, table B.2; the
// lowest rates as their extension has them).

/** Columns of a row of coefficients: 32 subbands, and room for a vector that begins at the last one. */
export const COLUMNS: i32 = 36;

/** Bytes that `mp3BandsFill` needs: widths and places for long, short and mixed blocks. */
export const BANDS_BYTES: usize = 3 * 48 + 3 * 1152;

/** Rows of the tables below: rates up to 12 kHz, 8 kHz, 22.05, 24, 16, 44.1, 48, 32 kHz. */
const ROW_8K: i32 = 1;
const ROW_MPEG1: i32 = 5;

const LONG_WIDTHS: usize = memory.data<u8>([
  6, 6, 6, 6, 6, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 38, 46, 52, 60, 68, 58, 54, 12, 12, 12, 12, 12, 12, 16, 20, 24,
  28, 32, 40, 48, 56, 64, 76, 90, 2, 2, 2, 2, 2, 6, 6, 6, 6, 6, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 38, 46, 52, 60,
  68, 58, 54, 6, 6, 6, 6, 6, 6, 8, 10, 12, 14, 16, 18, 22, 26, 32, 38, 46, 54, 62, 70, 76, 36, 6, 6, 6, 6, 6, 6, 8, 10,
  12, 14, 16, 20, 24, 28, 32, 38, 46, 52, 60, 68, 58, 54, 4, 4, 4, 4, 4, 4, 6, 6, 8, 8, 10, 12, 16, 20, 24, 28, 34, 42,
  50, 54, 76, 158, 4, 4, 4, 4, 4, 4, 6, 6, 6, 8, 10, 12, 16, 18, 22, 28, 34, 40, 46, 54, 54, 192, 4, 4, 4, 4, 4, 4, 6,
  6, 8, 10, 12, 16, 20, 24, 30, 38, 46, 56, 68, 84, 102, 26,
]);

const SHORT_WIDTHS: usize = memory.data<u8>([
  4, 4, 4, 6, 8, 10, 12, 14, 18, 24, 30, 40, 18, 8, 8, 8, 12, 16, 20, 24, 28, 36, 2, 2, 2, 26, 4, 4, 4, 6, 6, 8, 10, 14,
  18, 26, 32, 42, 18, 4, 4, 4, 6, 8, 10, 12, 14, 18, 24, 32, 44, 12, 4, 4, 4, 6, 8, 10, 12, 14, 18, 24, 30, 40, 18, 4,
  4, 4, 4, 6, 8, 10, 12, 14, 18, 22, 30, 56, 4, 4, 4, 4, 6, 6, 10, 12, 14, 16, 20, 26, 66, 4, 4, 4, 4, 6, 8, 12, 16, 20,
  26, 34, 42, 12,
]);

/** The first short band of a mixed block, above its long ones. */
const MIXED_FIRST_SHORT: i32 = 3;

@unmanaged
export class Mp3Bands {
  /** u8 lists, ended by 0, in the order of coding. */
  longWidths: usize;
  shortWidths: usize;
  mixedWidths: usize;
  /** Long bands of a mixed block: the two lowest subbands, but for 8 kHz, which reaches two further. */
  mixedLong: i32;
  /** u16 lists of 576 byte offsets into the coefficients. */
  longPlaces: usize;
  shortPlaces: usize;
  mixedPlaces: usize;
}

/** Byte offset of line `line` (0 to 575) among the coefficients: row by position in its subband, column by subband. */
function placeOf(line: i32): u16 {
  return <u16>(((line % 18) * COLUMNS + line / 18) << 2);
}

/**
 * Three windows in turn, a band each, from band `firstBand` on: the values of a window are interleaved with those of the
 * others, so that the six of a window in a subband are every third. Returns how many widths were written.
 */
function fillShort(widths: usize, places: usize, row: i32, firstBand: i32): i32 {
  let written = 0;
  let coded = 0;
  let frequency = 0;
  for (let band = 0; band < 13; band++) {
    const last = frequency + <i32>load<u8>(SHORT_WIDTHS + <usize>(row * 13 + band));
    if (band === firstBand) coded = 3 * frequency;
    for (let window = 0; window < 3 && band >= firstBand; window++) {
      for (let f = frequency; f < last; f++, coded++) {
        store<u16>(places + ((<usize>coded) << 1), placeOf(3 * f + window));
      }
      store<u8>(widths + <usize>written, <u8>(last - frequency));
      written += 1;
    }
    frequency = last;
  }
  return written;
}

/** Fills the lists for one rate: `row` as above. `bands.longWidths` and so on must point to BANDS_BYTES of memory. */
export function mp3BandsFill(bands: Mp3Bands, memory: usize, row: i32): void {
  bands.longWidths = memory;
  bands.shortWidths = memory + 48;
  bands.mixedWidths = memory + 96;
  bands.longPlaces = memory + 144;
  bands.shortPlaces = memory + 144 + 1152;
  bands.mixedPlaces = memory + 144 + 2304;
  for (let line = 0; line < 576; line++) {
    store<u16>(bands.longPlaces + ((<usize>line) << 1), placeOf(line));
    store<u16>(bands.mixedPlaces + ((<usize>line) << 1), placeOf(line));
  }
  bands.mixedLong = row >= ROW_MPEG1 ? 8 : 6;
  for (let band = 0; band < 22; band++) {
    const width = load<u8>(LONG_WIDTHS + <usize>(row * 22 + band));
    store<u8>(bands.longWidths + <usize>band, width);
    if (band < bands.mixedLong) store<u8>(bands.mixedWidths + <usize>band, width);
  }
  store<u8>(bands.longWidths, 0, 22);
  const short = fillShort(bands.shortWidths, bands.shortPlaces, row, 0);
  store<u8>(bands.shortWidths + <usize>short, 0);
  const mixedShort = bands.mixedWidths + <usize>bands.mixedLong;
  store<u8>(mixedShort + <usize>fillShort(mixedShort, bands.mixedPlaces, row, MIXED_FIRST_SHORT), 0);
}

/** Row of the tables for a header: version bits (3 for 1, 2 for 2, 0 for 2.5) and rate index. */
export function mp3BandsRow(version: i32, rate: i32): i32 {
  if (version === 3) return ROW_MPEG1 + rate;
  if (version === 2) return 2 + rate;
  return rate === 2 ? ROW_8K : 0;
}
