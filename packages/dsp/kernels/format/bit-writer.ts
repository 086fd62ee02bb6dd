// A most-significant-bit-first bit writer over linear memory: the counterpart of the bit reader, one per instance.

let writeCache: u64 = 0;
/** Bits in the cache, 0 to 31 between calls. */
let writeCount: i32 = 0;
let writeNext: usize = 0;

export function bitsCreate(start: usize): void {
  writeCache = 0;
  writeCount = 0;
  writeNext = start;
}

/** Appends the lower `width` bits (0 to 32) of `value`; the bits above them must be 0. */
export function bitsWrite(value: u32, width: i32): void {
  writeCache = (writeCache << (<u64>width)) | <u64>value;
  writeCount += width;
  if (writeCount >= 32) {
    writeCount -= 32;
    store<u32>(writeNext, bswap(<u32>(writeCache >> <u64>writeCount)));
    writeNext += 4;
  }
}

/** Appends the lower `width` bits (1 to 32) of a two's complement number. */
export function bitsWriteSigned(value: i32, width: i32): void {
  bitsWrite(<u32>value & (<u32>0xffffffff >> (32 - width)), width);
}

/** Appends `zeros` 0 bits and a 1. */
export function bitsWriteUnary(zeros: u32): void {
  while (zeros > 31) {
    bitsWrite(0, 32);
    zeros -= 32;
  }
  bitsWrite(1, <i32>zeros + 1);
}

/** Rice-coded residuals: 32-bit integers, zigzag folded (RFC 9639, section 9.2.7.3). */
export function bitsWriteRice(source: usize, count: i32, parameter: i32): void {
  const end = source + ((<usize>count) << 2);
  const stop = (<u32>1) << parameter;
  // What would be read and stored for each value in globals is kept in locals between the rare long codes.
  let cache = writeCache;
  let bits = writeCount;
  let next = writeNext;
  for (; source < end; source += 4) {
    const value = load<i32>(source);
    const folded = <u32>((value << 1) ^ (value >> 31));
    const quotient = folded >> parameter;
    const width = <i32>quotient + 1 + parameter;
    if (width <= 32) {
      // Stop bit and remainder in one piece.
      cache = (cache << (<u64>width)) | <u64>(stop | (folded & (stop - 1)));
      bits += width;
      if (bits >= 32) {
        bits -= 32;
        store<u32>(next, bswap(<u32>(cache >> <u64>bits)));
        next += 4;
      }
    } else {
      writeCache = cache;
      writeCount = bits;
      writeNext = next;
      bitsWriteUnary(quotient);
      bitsWrite(folded & (stop - 1), parameter);
      cache = writeCache;
      bits = writeCount;
      next = writeNext;
    }
  }
  writeCache = cache;
  writeCount = bits;
  writeNext = next;
}

/** Pads with 0 to a whole byte and writes everything out; returns the address behind the last byte. */
export function bitsFinish(): usize {
  while ((writeCount & 7) !== 0) {
    writeCache <<= 1;
    writeCount += 1;
  }
  while (writeCount > 0) {
    writeCount -= 8;
    store<u8>(writeNext++, <u8>(writeCache >> <u64>writeCount));
  }
  return writeNext;
}
