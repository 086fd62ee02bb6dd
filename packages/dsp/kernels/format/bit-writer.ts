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
  for (let i = 0; i < count; i++) {
    const value = load<i32>(source + ((<usize>i) << 2));
    const folded = <u32>((value << 1) ^ (value >> 31));
    const quotient = folded >> parameter;
    if (quotient + parameter < 32) {
      // Stop bit and remainder in one piece.
      const rest = folded & (((<u32>1) << parameter) - 1);
      bitsWrite(((<u32>1) << parameter) | rest, <i32>quotient + 1 + parameter);
    } else {
      bitsWriteUnary(quotient);
      bitsWrite(folded & (((<u32>1) << parameter) - 1), parameter);
    }
  }
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
