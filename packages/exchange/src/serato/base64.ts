const COLUMNS = 72;

/** Base64 as Serato writes it: without padding. @param lines whether to break it after every 72 characters */
export function toBase64(bytes: Uint8Array, lines: boolean): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replace(/=+$/, '');
  return lines ? (text.match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? []).join('\n') : text;
}

/**
 * The bytes of base64 with or without padding and broken lines; null when it is none. One character too many, as Serato
 * leaves it at times, counts as if an `A` came after it.
 */
export function fromBase64(text: string): Uint8Array | null {
  const joined = text.replace(/[\r\n]+|=+$/g, '');
  if (!/^[A-Za-z0-9+/]*$/.test(joined)) return null;
  const whole = joined.length % 4 === 1 ? `${joined}A` : joined;
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
}
