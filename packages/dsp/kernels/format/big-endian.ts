/** Eight bytes, the first on top. One shuffle: WASM has no instruction that turns bytes around, and `bswap` takes ten. */
export function loadBigEndian(at: usize): u64 {
  const bytes = v128.load64_zero(at);
  return i64x2.extract_lane(v128.shuffle<u8>(bytes, bytes, 7, 6, 5, 4, 3, 2, 1, 0, 8, 9, 10, 11, 12, 13, 14, 15), 0);
}
