/** A path for messages: bytes that are no UTF-8 become U+FFFD. */
export function displayPath(path: string | Uint8Array): string {
  return typeof path === 'string' ? path : new TextDecoder().decode(path);
}
