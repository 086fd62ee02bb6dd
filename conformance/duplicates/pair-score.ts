/** How right groups of files are: by pairs of files that hold one recording. */
export interface PairScore {
  /** Share of the pairs found that are right; 1 when none were found. */
  readonly precision: number;
  /** Share of the right pairs that were found; 1 when there are none. */
  readonly recall: number;
  readonly found: number;
  readonly right: number;
  /** Pairs found that are wrong, and right ones that were not found. */
  readonly wrong: readonly (readonly [string, string])[];
  readonly missed: readonly (readonly [string, string])[];
}

/**
 * @param groups files that were said to hold one recording
 * @param files all that there are
 * @param isSame whether two of them hold one recording
 */
export function pairScore(
  groups: readonly (readonly string[])[],
  files: readonly string[],
  isSame: (a: string, b: string) => boolean,
): PairScore {
  const groupOf = new Map(groups.flatMap((group, index) => group.map((file): [string, number] => [file, index])));
  const wrong: [string, string][] = [];
  const missed: [string, string][] = [];
  let [found, right, hits] = [0, 0, 0];
  files.forEach((a, i) => {
    for (const b of files.slice(i + 1)) {
      const isFound = groupOf.has(a) && groupOf.get(a) === groupOf.get(b);
      const isRight = isSame(a, b);
      if (isFound) found += 1;
      if (isRight) right += 1;
      if (isFound && isRight) hits += 1;
      else if (isFound) wrong.push([a, b]);
      else if (isRight) missed.push([a, b]);
    }
  });
  return {
    ...{ found, right, wrong, missed },
    precision: found === 0 ? 1 : hits / found,
    recall: right === 0 ? 1 : hits / right,
  };
}
