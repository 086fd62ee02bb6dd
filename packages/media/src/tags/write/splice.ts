/** A stretch of a file that becomes other bytes. */
export interface Splice {
  /** Byte at which it begins, in the file as it is before any splice. */
  readonly position: number;
  /** Bytes that go. */
  readonly removed: number;
  readonly inserted: Uint8Array;
}

/** The least that turns `before`, which lies at `position` of a file, into `after`: nothing, or one splice. */
export function spliceBetween(position: number, before: Uint8Array, after: Uint8Array): Splice[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  if (head === before.length && head === after.length) return [];
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [
    {
      position: position + head,
      removed: before.length - tail - head,
      inserted: after.subarray(head, after.length - tail),
    },
  ];
}
