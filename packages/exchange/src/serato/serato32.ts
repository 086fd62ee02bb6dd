/**
 * Three bytes in four of seven bits each, most significant first, as `Serato Markers_` has them.
 * Source: J. Holthuis, "Serato Markers_", github.com/Holzhaus/serato-tags (MIT).
 */
export function toSevenBits(value: number): number[] {
  return [21, 14, 7, 0].map((shift) => (value >>> shift) & 0x7f);
}

export function fromSevenBits(bytes: ArrayLike<number>, at: number): number {
  return [0, 1, 2, 3].reduce((value, i) => (value << 7) | (bytes[at + i]! & 0x7f), 0) & 0xff_ff_ff;
}
