/** Something with a place among others. */
export interface Placed {
  readonly id: string;
  readonly values: readonly number[];
}

export function distance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

/** Half of all pairs are nearer to each other. */
export function medianDistance(items: readonly Placed[]): number {
  const distances = items.flatMap((a, i) => items.slice(i + 1).map((b) => distance(a.values, b.values)));
  return distances.sort((a, b) => a - b)[distances.length >> 1]!;
}

export function nearestTo<Item extends Placed>(item: Item, others: readonly Item[]): Item {
  return others.reduce((best, other) =>
    distance(other.values, item.values) < distance(best.values, item.values) ? other : best,
  );
}

export interface NeighbourScore {
  /** Share of the items whose nearest other has the same label. */
  readonly right: number;
  /** What a neighbour drawn at random would reach. */
  readonly chance: number;
  /** Items that have another one with their label. */
  readonly count: number;
}

/**
 * Leave one out: does the nearest of all others have the same label?
 * @param mayMatch which others an item is compared with; all of them when absent
 */
export function neighbourScore<Item extends Placed>(
  items: readonly Item[],
  labelOf: (item: Item) => string,
  mayMatch: (a: Item, b: Item) => boolean = () => true,
): NeighbourScore {
  let right = 0;
  let chance = 0;
  let count = 0;
  for (const item of items) {
    const others = items.filter((other) => other !== item && mayMatch(item, other));
    const alike = others.filter((other) => labelOf(other) === labelOf(item));
    if (alike.length === 0) continue;
    count += 1;
    chance += alike.length / others.length;
    if (labelOf(nearestTo(item, others)) === labelOf(item)) right += 1;
  }
  return { right: right / count, chance: chance / count, count };
}
