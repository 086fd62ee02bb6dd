/** A cyclic redundancy check, bit by bit: polynomial without its highest power, start at 0 (RFC 9639, 9.1.8 and 9.3). */
export function crcTwin(bytes: Uint8Array, width: 8 | 16, polynomial: number): number {
  let state = 0;
  for (const byte of bytes) {
    state ^= byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) {
      state = state & (1 << (width - 1)) ? (state << 1) ^ polynomial : state << 1;
      state &= 2 ** width - 1;
    }
  }
  return state;
}
