/** Entries that are kept at most, 12 bytes each. */
const MOST_ENTRIES = 2 ** 18;

/**
 * A function of two numbers below `count` that remembers what it gave: all of it for small counts, else what was asked last of
 * those that share a place. Never more than 3 MB.
 */
export function rememberPairs(count: number, work: (from: number, to: number) => number) {
  const entries = Math.min(MOST_ENTRIES, 2 ** Math.ceil(Math.log2(Math.max(2, count * count))));
  const owners = new Int32Array(entries).fill(-1);
  const values = new Float64Array(entries);
  return (from: number, to: number): number => {
    const pair = from * count + to;
    const place = pair % entries;
    const owner = Math.floor(pair / entries);
    if (owners[place] !== owner) {
      owners[place] = owner;
      values[place] = work(from, to);
    }
    return values[place]!;
  };
}
