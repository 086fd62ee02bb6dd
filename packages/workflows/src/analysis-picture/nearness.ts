/** Beats this near count as the same: what the field forgives (MIREX). */
const SAME_BEAT_SECONDS = 0.07;

/** The moments that no moment of the other list is near to. */
export function withoutPartner(moments: readonly number[], others: readonly number[]): number[] {
  let next = 0;
  return moments.filter((moment) => {
    while (next < others.length && others[next]! < moment - SAME_BEAT_SECONDS) next += 1;
    return next >= others.length || others[next]! > moment + SAME_BEAT_SECONDS;
  });
}
