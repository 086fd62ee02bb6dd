// Huffman decoding of layer III spectra (ISO/IEC 11172-3, 2.4.3.4.6). Codes are looked up in two steps: `PRIMARY` bits
// at once, and what is longer in a block of its own.
import { arenaAllocate } from '../memory/arena';
import { loadBigEndian } from './big-endian';
import {
  HUFFMAN_1,
  HUFFMAN_2,
  HUFFMAN_3,
  HUFFMAN_5,
  HUFFMAN_6,
  HUFFMAN_7,
  HUFFMAN_8,
  HUFFMAN_9,
  HUFFMAN_10,
  HUFFMAN_11,
  HUFFMAN_12,
  HUFFMAN_13,
  HUFFMAN_15,
  HUFFMAN_16,
  HUFFMAN_24,
  HUFFMAN_QUADRUPLES,
} from './mp3-huffman.data';

const PRIMARY: i32 = 10;
/** Marks an entry that leads to a second block; the rest of it is the block's number. */
const LONGER: u32 = 0x8000_0000;
/** Marks a pair with a value of 15, which linear bits may follow. */
const FIFTEEN: u32 = 0x4000_0000;
/** A pair without linear bits is no longer: 19 bits of code and two signs. */
const LONGEST_PAIR: i32 = 21;
/** Bits of a quadruple: six of code and four signs. */
const LONGEST_QUADRUPLE: i32 = 10;

/** Bits that follow a value of 15, by table number. */
const LINEAR_BITS: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 6, 8, 10, 13, 4, 5, 6, 7, 8, 9, 11, 13,
]);

/** Largest value: 15 and 13 linear bits. */
const LARGEST_VALUE: i32 = 15 + 8191;

@unmanaged
class Lookup {
  /**
   * u32 entries: bits with signs << 16 | bits of the code << 8 | x << 4 | y, FIFTEEN, or LONGER | block; 0 when the table
   * is not in use.
   */
  primary: usize;
  secondary: usize;
  secondaryBits: i32;
}

@unmanaged
export class Mp3Huffman {
  /** 32 of Lookup, by table number. */
  lookups: usize;
  /** u8 by four bits or, longer, six: length << 4 | quadruple. */
  quadruplesA: usize;
  /** f32: v^(4/3), 0 to LARGEST_VALUE. */
  powers: usize;
}

function buildLookup(lookup: Lookup, codes: usize, size: i32): void {
  let longest = 0;
  for (let i = 0; i < size * size; i++) longest = max(longest, <i32>(load<u32>(codes + ((<usize>i) << 2)) >> 20));
  lookup.secondaryBits = max(longest - PRIMARY, 0);
  lookup.primary = arenaAllocate((<usize>4) << PRIMARY);
  const blockBytes = (<usize>4) << lookup.secondaryBits;
  let blocks: u32 = 0;
  for (let i = 0; i < size * size; i++) {
    const word = load<u32>(codes + ((<usize>i) << 2));
    const length = <i32>(word >> 20);
    const code = word & 0xfffff;
    const x = i / size;
    const y = i % size;
    const signs = <i32>(x > 0) + <i32>(y > 0);
    let entry = <u32>(((length + signs) << 16) | (length << 8) | (x << 4) | y);
    if (x === 15 || y === 15) entry |= FIFTEEN;
    if (length <= PRIMARY) {
      fill(lookup.primary + ((<usize>(code << (PRIMARY - length))) << 2), 1 << (PRIMARY - length), entry);
      continue;
    }
    const at = lookup.primary + ((<usize>(code >> (length - PRIMARY))) << 2);
    if (load<u32>(at) === 0) {
      // Blocks of one table lie behind one another: nothing else is allocated between them.
      const block = arenaAllocate(blockBytes);
      if (blocks === 0) lookup.secondary = block;
      store<u32>(at, LONGER | blocks++);
    }
    const block = lookup.secondary + <usize>(load<u32>(at) & ~LONGER) * alignUp(blockBytes);
    const rest = code & ((1 << (length - PRIMARY)) - 1);
    const spare = lookup.secondaryBits - (length - PRIMARY);
    fill(block + ((<usize>(rest << spare)) << 2), 1 << spare, entry);
  }
}

/** The arena hands out multiples of 16 bytes. */
function alignUp(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

function fill(at: usize, count: i32, entry: u32): void {
  for (let i = 0; i < count; i++) store<u32>(at + ((<usize>i) << 2), entry);
}

export function mp3HuffmanCreate(): Mp3Huffman {
  const huffman = changetype<Mp3Huffman>(arenaAllocate(offsetof<Mp3Huffman>()));
  huffman.lookups = arenaAllocate(32 * offsetof<Lookup>());
  build(huffman, 1, 1, HUFFMAN_1, 2);
  build(huffman, 2, 2, HUFFMAN_2, 3);
  build(huffman, 3, 3, HUFFMAN_3, 3);
  build(huffman, 5, 5, HUFFMAN_5, 4);
  build(huffman, 6, 6, HUFFMAN_6, 4);
  build(huffman, 7, 7, HUFFMAN_7, 6);
  build(huffman, 8, 8, HUFFMAN_8, 6);
  build(huffman, 9, 9, HUFFMAN_9, 6);
  build(huffman, 10, 10, HUFFMAN_10, 8);
  build(huffman, 11, 11, HUFFMAN_11, 8);
  build(huffman, 12, 12, HUFFMAN_12, 8);
  build(huffman, 13, 13, HUFFMAN_13, 16);
  build(huffman, 15, 15, HUFFMAN_15, 16);
  build(huffman, 16, 23, HUFFMAN_16, 16);
  build(huffman, 24, 31, HUFFMAN_24, 16);
  huffman.quadruplesA = arenaAllocate(64);
  for (let quadruple = 0; quadruple < 16; quadruple++) {
    const word = load<u32>(HUFFMAN_QUADRUPLES + ((<usize>quadruple) << 2));
    const length = <i32>(word >> 20);
    const first = (word & 0xfffff) << (6 - length);
    for (let i: u32 = 0; i < (<u32>1) << (6 - length); i++) {
      store<u8>(huffman.quadruplesA + <usize>(first + i), <u8>((length << 4) | quadruple));
    }
  }
  huffman.powers = arenaAllocate((LARGEST_VALUE + 1) << 2);
  for (let value = 0; value <= LARGEST_VALUE; value++) {
    store<f32>(huffman.powers + ((<usize>value) << 2), <f32>(<f64>value * Math.cbrt(<f64>value)));
  }
  return huffman;
}

/** Builds one lookup for the tables `first` to `last`, which differ only in their linear bits. */
function build(huffman: Mp3Huffman, first: i32, last: i32, codes: usize, size: i32): void {
  const lookup = changetype<Lookup>(huffman.lookups + <usize>first * offsetof<Lookup>());
  buildLookup(lookup, codes, size);
  for (let table = first + 1; table <= last; table++) {
    const twin = changetype<Lookup>(huffman.lookups + <usize>table * offsetof<Lookup>());
    twin.primary = lookup.primary;
    twin.secondary = lookup.secondary;
    twin.secondaryBits = lookup.secondaryBits;
  }
}

/** What one granule of one channel says about its spectrum. */
@unmanaged
export class Mp3Spectrum {
  /** Main data, and the bits of it that belong to this spectrum: from `bit` to `endBit`. */
  data: usize;
  bit: i32;
  endBit: i32;
  /** Values in the big-value part. */
  bigValues: i32;
  /** Table numbers of the three regions, and where the first two end. */
  table0: i32;
  table1: i32;
  table2: i32;
  region1: i32;
  region2: i32;
  quadruplesB: bool;
  /** u8: widths of the bands, in the order of coding, ended by 0. */
  widths: usize;
  /** f32: factor of each band. */
  factors: usize;
  /** u16: where each value goes, as a byte offset into the coefficients. */
  places: usize;
  coefficients: usize;
}

/**
 * Decodes and dequantises a spectrum into coefficients that were zero. Returns how many values were read at most (all
 * behind are zero), or -1 when the data is damaged. Up to 4 kB behind the main data may be read.
 */
export function mp3ReadSpectrum(huffman: Mp3Huffman, spectrum: Mp3Spectrum): i32 {
  const powers = huffman.powers;
  const coefficients = spectrum.coefficients;
  let next = spectrum.data + <usize>(spectrum.bit >> 3);
  let cache = loadBigEndian(next) << (<u64>(spectrum.bit & 7));
  let left = 56 - (spectrum.bit & 7);
  next += 7;

  let widths = spectrum.widths;
  let factors = spectrum.factors;
  let places = spectrum.places;
  let factor: f32 = 0;
  let bandEnd = 0;
  let index = 0;
  const bigValues = min(spectrum.bigValues, 576);
  while (index < bigValues) {
    const region = index < spectrum.region1 ? 0 : index < spectrum.region2 ? 1 : 2;
    const table = region === 0 ? spectrum.table0 : region === 1 ? spectrum.table1 : spectrum.table2;
    const regionEnd = min(bigValues, region === 0 ? spectrum.region1 : region === 1 ? spectrum.region2 : 576);
    const lookup = changetype<Lookup>(lookupOf(huffman, table));
    const primary = lookup.primary;
    if (primary === 0 && table !== 0) return -1;
    const linear = <i32>load<u8>(LINEAR_BITS + <usize>table);
    const secondaryBits = lookup.secondaryBits;
    const escapeMark = linear > 0 ? FIFTEEN : 0;
    while (index < regionEnd) {
      if (index >= bandEnd) {
        const width = <i32>load<u8>(widths++);
        if (width === 0) return -1;
        bandEnd += width;
        factor = load<f32>(factors);
        factors += 4;
      }
      const stop = min(bandEnd, regionEnd);
      if (table === 0) {
        places += (<usize>(stop - index)) << 1;
        index = stop;
        continue;
      }
      const placesEnd = places + ((<usize>(stop - index)) << 1);
      for (; places < placesEnd; places += 4) {
        // Not for every pair: the next look-up would have to wait for it.
        if (left < LONGEST_PAIR) {
          cache |= loadBigEndian(next) >> <u64>left;
          next += <usize>((63 - left) >> 3);
          left |= 56;
        }
        let entry = load<u32>(primary + ((<usize>(cache >> (64 - PRIMARY))) << 2));
        if (entry & LONGER) {
          const block = lookup.secondary + <usize>(entry & ~LONGER) * alignUp((<usize>4) << secondaryBits);
          const rest = (cache << PRIMARY) >> <u64>(64 - secondaryBits);
          entry = load<u32>(block + ((<usize>rest) << 2));
        }
        let x = (entry >> 4) & 15;
        let y = entry & 15;
        // From here on signs come first. Values of 0 have none; taking the next bit for theirs does no harm.
        let signs = cache << (<u64>((entry >> 8) & 31));
        let signY = signs << (<u64>(x > 0));
        if (entry & escapeMark) {
          left -= (entry >> 8) & 31;
          cache = signs | (loadBigEndian(next) >> <u64>left);
          next += <usize>((63 - left) >> 3);
          left |= 56;
          if (x === 15) {
            x += <u32>(cache >> <u64>(64 - linear));
            cache <<= <u64>linear;
            left -= linear;
          }
          signs = cache;
          cache <<= <u64>(x > 0);
          if (y === 15) {
            y += <u32>(cache >> <u64>(64 - linear));
            cache <<= <u64>linear;
            left -= linear;
          }
          signY = cache;
          cache <<= <u64>(y > 0);
          left -= <i32>(x > 0) + <i32>(y > 0);
        } else {
          // The bits of code and signs go at once.
          const taken = (entry >> 16) & 31;
          cache <<= <u64>taken;
          left -= taken;
        }
        const two = load<u32>(places);
        const valueX = load<f32>(powers + ((<usize>x) << 2)) * factor;
        const valueY = load<f32>(powers + ((<usize>y) << 2)) * factor;
        store<u32>(coefficients + <usize>(two & 0xffff), reinterpret<u32>(valueX) | ((<u32>(signs >> 63)) << 31));
        store<u32>(coefficients + <usize>(two >> 16), reinterpret<u32>(valueY) | ((<u32>(signY >> 63)) << 31));
      }
      index = stop;
    }
  }
  let bit = <i32>(next - spectrum.data) * 8 - left;
  if (bit > spectrum.endBit) return -1;

  // Quadruples of 0 and ±1 up to the end of the part; the last one may run over it and is then no value.
  const quadruplesA = huffman.quadruplesA;
  while (index + 4 <= 576) {
    if (left < LONGEST_QUADRUPLE) {
      cache |= loadBigEndian(next) >> <u64>left;
      next += <usize>((63 - left) >> 3);
      left |= 56;
    }
    let quadruple: u32;
    let length: i32;
    if (spectrum.quadruplesB) {
      quadruple = ~(<u32>(cache >> 60)) & 15;
      length = 4;
    } else {
      const entry = <u32>load<u8>(quadruplesA + <usize>(cache >> 58));
      quadruple = entry & 15;
      length = entry >> 4;
    }
    bit += length + <i32>popcnt(quadruple);
    if (bit > spectrum.endBit) break;
    cache <<= <u64>length;
    left -= length + <i32>popcnt(quadruple);
    // Bands begin at even lines: two values share a factor.
    for (let pair = 2; pair >= 0; pair -= 2, index += 2, places += 4) {
      if (index >= bandEnd) {
        const width = <i32>load<u8>(widths++);
        if (width === 0) return index;
        bandEnd += width;
        factor = load<f32>(factors);
        factors += 4;
      }
      // Branches on the values would be guessed wrong as often as not: zeros are stored, too.
      const ones = quadruple >> pair;
      const two = load<u32>(places);
      const one = (ones >> 1) & 1;
      const first = reinterpret<u32>(factor) ^ ((<u32>(cache >> 63)) << 31);
      store<u32>(coefficients + <usize>(two & 0xffff), first & (0 - one));
      cache <<= <u64>one;
      const second = reinterpret<u32>(factor) ^ ((<u32>(cache >> 63)) << 31);
      store<u32>(coefficients + <usize>(two >> 16), second & (0 - (ones & 1)));
      cache <<= <u64>(ones & 1);
    }
  }
  return index;
}

function lookupOf(huffman: Mp3Huffman, table: i32): usize {
  return huffman.lookups + <usize>table * offsetof<Lookup>();
}
