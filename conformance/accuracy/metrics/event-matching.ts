/** Times that differ by the window exactly, but for rounding, are within it. */
const ROUNDING = 1e-9;

/**
 * Pairs true moments with heard ones, each with at most one, so that as many pairs as possible lie within the window.
 * On a line, with one width for all, taking the earliest possible partner each time is the largest matching.
 * @param truth ascending
 * @param heard ascending
 * @returns for each true moment the index of its partner in `heard`, or -1
 */
export function matchEvents(truth: readonly number[], heard: readonly number[], window: number): Int32Array {
  const partners = new Int32Array(truth.length).fill(-1);
  let next = 0;
  truth.forEach((time, i) => {
    while (next < heard.length && heard[next]! < time - window - ROUNDING) next += 1;
    if (next < heard.length && heard[next]! <= time + window + ROUNDING) partners[i] = next++;
  });
  return partners;
}

/**
 * Harmonic mean of the share of true moments that were found and the share of heard ones that are true; 0 when either
 * list is empty (as mir_eval has it).
 */
export function fMeasure(truth: readonly number[], heard: readonly number[], window: number): number {
  if (truth.length === 0 || heard.length === 0) return 0;
  const pairs = matchEvents(truth, heard, window).reduce((count, partner) => count + (partner >= 0 ? 1 : 0), 0);
  return (2 * pairs) / (truth.length + heard.length);
}
