const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Standard base64 of bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) text += ALPHABET[(group >>> shift) & 63];
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return missing === 0 ? text : text.slice(0, -missing) + '='.repeat(missing);
}

/** Decodes standard base64. AudioWorklets have no `atob`, and Node 24 no `Uint8Array.fromBase64`. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(128);
  for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let read = 0, write = 0; read < text.length; read += 4) {
    const group =
      (values[text.charCodeAt(read)]! << 18) |
      (values[text.charCodeAt(read + 1)]! << 12) |
      (values[text.charCodeAt(read + 2)]! << 6) |
      values[text.charCodeAt(read + 3)]!;
    bytes[write++] = group >>> 16;
    bytes[write++] = group >>> 8;
    bytes[write++] = group;
  }
  return bytes;
}
