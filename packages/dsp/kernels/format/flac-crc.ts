// The two checks of a FLAC frame (RFC 9639, sections 9.1.8 and 9.3), by table. Encoder and decoder each own tables.

/** Bytes that `flacCrcTables` fills: one table of bytes, then eight of 16-bit words. */
export const FLAC_CRC_BYTES: usize = 256 + 8 * 512;

/** Fills the tables: CRC-8 with polynomial x^8 + x^2 + x + 1, CRC-16 with x^16 + x^15 + x^2 + 1. */
export function flacCrcTables(tables: usize): void {
  const words = tables + 256;
  for (let byte: u32 = 0; byte < 256; byte++) {
    let crc8 = byte;
    let crc16 = byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      crc8 = crc8 & 0x80 ? (crc8 << 1) ^ 0x07 : crc8 << 1;
      crc16 = crc16 & 0x8000 ? (crc16 << 1) ^ 0x8005 : crc16 << 1;
    }
    store<u8>(tables + <usize>byte, <u8>crc8);
    store<u16>(words + ((<usize>byte) << 1), <u16>crc16);
  }
  // Table k holds the effect of a byte that is followed by k zero bytes, so that eight bytes are checked at once.
  for (let k: usize = 1; k < 8; k++) {
    for (let byte: usize = 0; byte < 256; byte++) {
      const before = <u32>load<u16>(words + (k - 1) * 512 + (byte << 1));
      const after = ((before << 8) & 0xffff) ^ <u32>load<u16>(words + ((<usize>(before >> 8)) << 1));
      store<u16>(words + k * 512 + (byte << 1), <u16>after);
    }
  }
}

export function flacCrc8(tables: usize, start: usize, end: usize): u32 {
  let crc: u32 = 0;
  for (let p = start; p < end; p++) crc = load<u8>(tables + <usize>(crc ^ load<u8>(p)));
  return crc;
}

function word(words: usize, table: usize, byte: u32): u32 {
  return load<u16>(words + table * 512 + ((<usize>(byte & 0xff)) << 1));
}

export function flacCrc16(tables: usize, start: usize, end: usize): u32 {
  const words = tables + 256;
  let crc: u32 = 0;
  let p = start;
  for (; p + 8 <= end; p += 8) {
    const first = load<u32>(p);
    const second = load<u32>(p + 4);
    crc =
      word(words, 7, first ^ (crc >> 8)) ^
      word(words, 6, (first >> 8) ^ crc) ^
      word(words, 5, first >> 16) ^
      word(words, 4, first >> 24) ^
      word(words, 3, second) ^
      word(words, 2, second >> 8) ^
      word(words, 1, second >> 16) ^
      word(words, 0, second >> 24);
  }
  for (; p < end; p++) crc = ((crc << 8) & 0xffff) ^ word(words, 0, (crc >> 8) ^ load<u8>(p));
  return crc;
}
