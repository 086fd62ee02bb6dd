/** Whole numbers and text, most significant byte first. */
export function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Text in UTF-8 with the zero that ends it. Zeros in it are left out, and what is over `most` bytes, whole characters at a time. */
export function endedText(text: string, most: number): number[] {
  const kept: number[] = [];
  for (const character of text.toWellFormed().replaceAll('\0', '')) {
    const bytes = new TextEncoder().encode(character);
    if (kept.length + bytes.length + 1 > most) break;
    kept.push(...bytes);
  }
  return [...kept, 0];
}

/** Text up to the zero that ends it; null when none does. @returns the text, and where the next byte is */
export function textAt(bytes: Uint8Array, offset: number): { readonly text: string; readonly next: number } | null {
  const end = bytes.indexOf(0, offset);
  return end < 0 ? null : { text: new TextDecoder().decode(bytes.subarray(offset, end)), next: end + 1 };
}
