/** What it costs that some units are in one set. */
export interface GroupPoints {
  /** Points that a unit would add to those that are in. */
  points(unit: number): number;
  /** Puts a unit in; the points that this adds. */
  enter(unit: number): number;
  leave(unit: number): void;
}

/**
 * Counts how many members of each group are in a set, and what it costs that there are several: `again` points for each two.
 * Groups are artists; a unit may have several, or none. What a unit's own members cost together is no business of this.
 */
export class GroupCounts implements GroupPoints {
  readonly #groups: readonly (readonly number[])[];
  readonly #counts: Uint16Array;
  readonly #again: number;

  /** @param groups the groups of each unit, 0 to `count` - 1; a group as often as it has tracks in the unit */
  constructor(groups: readonly (readonly number[])[], count: number, again: number) {
    this.#groups = groups;
    this.#counts = new Uint16Array(count);
    this.#again = again;
  }

  points(unit: number): number {
    let met = 0;
    for (const group of this.#groups[unit]!) met += this.#counts[group]!;
    return met * this.#again;
  }

  enter(unit: number): number {
    const points = this.points(unit);
    for (const group of this.#groups[unit]!) this.#counts[group]! += 1;
    return points;
  }

  leave(unit: number): void {
    for (const group of this.#groups[unit]!) this.#counts[group]! -= 1;
  }
}
