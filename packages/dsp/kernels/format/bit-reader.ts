// A most-significant-bit-first bit reader over linear memory, for the codecs' kernels. One reader per module instance:
// kernels run one at a time and set it up at the start of each call.
//
// `bitCache` holds the next `bitCount` bits at its top. A refill loads eight bytes at once and may run ahead, so every
// input area needs sixteen readable bytes after its end. Reading past the end yields what lies there; callers ask
// `bitsOverrun` before they believe what they have read.
import { loadBigEndian } from './big-endian';

let bitCache: u64 = 0;
let bitCount: i32 = 0;
let bitNext: usize = 0;
let bitEnd: usize = 0;

/** Starts reading at `start`; `end` is one past the last valid byte. */
export function bitsOpen(start: usize, end: usize): void {
  bitCache = 0;
  bitCount = 0;
  bitNext = start;
  bitEnd = end;
}

/** Bits taken since `start`, which must be where reading began. */
export function bitsTell(start: usize): i32 {
  return <i32>(bitNext - start) * 8 - bitCount;
}

/** True when more bits were taken than there are. */
export function bitsOverrun(): bool {
  return bitNext - <usize>(bitCount >> 3) > bitEnd;
}

// Stops moving eight bytes past the end, so that a runaway read stays inside the input area's padding.
function refill(): void {
  if (bitNext > bitEnd) {
    bitCount = 63;
    bitNext = bitEnd + 8;
    return;
  }
  bitCache |= loadBigEndian(bitNext) >> <u64>bitCount;
  bitNext += <usize>((63 - bitCount) >> 3);
  bitCount |= 56;
}

/** The next `width` bits (0 to 32) as an unsigned number. */
export function bitsRead(width: i32): u32 {
  if (bitCount < width) refill();
  const value = <u32>((bitCache >> 1) >> <u64>(63 - width));
  bitCache <<= <u64>width;
  bitCount -= width;
  return value;
}

/** The next `width` bits (0 to 32) as a two's complement number. */
export function bitsReadSigned(width: i32): i32 {
  if (width === 0) return 0;
  const value = bitsRead(width);
  return <i32>(value << (32 - width)) >> (32 - width);
}

/** How many 0 bits come before the next 1, which is taken too; -1 when the data ends first. */
export function bitsReadUnary(): i32 {
  let zeros = 0;
  if (bitCount < 1) refill();
  let run = <i32>clz(bitCache);
  while (run >= bitCount) {
    zeros += bitCount;
    bitCache = 0;
    bitCount = 0;
    if (bitNext > bitEnd) return -1;
    refill();
    run = <i32>clz(bitCache);
  }
  bitCache = (bitCache << (<u64>run)) << 1;
  bitCount -= run + 1;
  return zeros + run;
}

/** Drops the bits up to the next byte; returns that byte's address. */
export function bitsAlign(): usize {
  const extra = bitCount & 7;
  bitCache <<= <u64>extra;
  bitCount -= extra;
  return bitNext - <usize>(bitCount >> 3);
}

/** Makes `bitsOverrun` true. */
function ranOut(): bool {
  bitNext = bitEnd + 8;
  bitCount = 0;
  return false;
}

/**
 * Rice-coded residuals: `count` values with parameter `parameter`, stored as 32-bit integers at `target`.
 * Returns false when the data ends first. (RFC 9639, section 9.2.7.3)
 */
export function bitsReadRice(target: usize, count: i32, parameter: i32): bool {
  let cache = bitCache;
  let left = bitCount;
  let next = bitNext;
  // Up to seven bytes may be in the cache already: only beyond that is it certain that the data has ended.
  const last = bitEnd + 8;
  const end = target + ((<usize>count) << 2);
  const drop = <u64>(63 - parameter);
  for (; target < end; target += 4) {
    if (next > last) return ranOut();
    cache |= loadBigEndian(next) >> <u64>left;
    next += <usize>((63 - left) >> 3);
    left |= 56;
    let quotient = <u32>clz(cache);
    if (quotient + parameter < 56) {
      // The whole code is in the cache, as nearly always.
      cache = (cache << (<u64>quotient)) << 1;
    } else {
      let run = <i32>quotient;
      quotient = 0;
      while (run >= left) {
        quotient += left;
        if (next > last) return ranOut();
        // Only the top 56 bits are counted as read; the eighth byte is read again by the next refill.
        cache = loadBigEndian(next);
        next += 7;
        left = 56;
        run = <i32>clz(cache);
      }
      cache = (cache << (<u64>run)) << 1;
      left -= run + 1;
      quotient += run;
      cache |= loadBigEndian(next) >> <u64>left;
      next += <usize>((63 - left) >> 3);
      left |= 56;
      // As if nothing but the remainder were left to take.
      left += <i32>quotient + 1;
    }
    const folded = (quotient << parameter) | <u32>((cache >> 1) >> drop);
    cache <<= <u64>parameter;
    left -= <i32>quotient + 1 + parameter;
    store<u32>(target, (folded >> 1) ^ -(folded & 1));
  }
  bitCache = cache;
  bitCount = left;
  bitNext = next;
  return true;
}
