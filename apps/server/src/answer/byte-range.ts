/** A piece of something, in bytes: `end` is not in it. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Which bytes a `Range` header asks for (RFC 9110, 14.1.2 and 14.2).
 * @returns undefined for all of them: where there is no header, one of other units, one that cannot be read, or one that asks
 *   for several pieces, which a server may answer whole; 'none' where there are no such bytes
 */
export function spanOfRange(header: string | undefined, size: number): ByteSpan | 'none' | undefined {
  const match = /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(header ?? '');
  if (match === null) return undefined;
  const [first, last] = [match[1]!, match[2]!];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'none' : { start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= size) return 'none';
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
}
