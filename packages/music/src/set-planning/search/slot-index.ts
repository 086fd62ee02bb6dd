import { leastTempoPoints } from '../cost/tempo-points.ts';
import { BOTH_WITHOUT_TEMPO_POINTS, ONE_WITHOUT_TEMPO_POINTS, WEIGHTS } from '../cost/weights.data.ts';

/** Units of one slot. */
interface Slot {
  /** By their tempo, whole octaves taken away: half and double tempo are one place on a circle. */
  readonly units: Int32Array;
  readonly places: Float64Array;
  /** Those without a tempo. */
  readonly still: Int32Array;
}

/**
 * Units by slots (of key and energy, say), and in each slot by tempo. A walk from a unit goes through the slots from the
 * cheapest on, and in each from the nearest tempo on, and stops where all that is left is too dear: of 20,000 units it
 * meets a few hundred.
 */
export class SlotIndex {
  readonly #slots: Slot[] = [];
  /** Number of each slot as it was given. */
  readonly #names: number[] = [];
  readonly #ends: Float64Array;
  readonly #least: (from: number, startSeconds: number, slots: readonly number[]) => Float64Array;

  /**
   * @param slotOf the slot of each unit
   * @param octaves base-2 logarithm of the tempo that each unit begins with; NaN where it has none
   * @param ends the same for the tempo that it ends with
   * @param least the least that going from a unit to any unit of each of the slots costs at a time, tempo left out
   */
  constructor(
    slotOf: Int32Array,
    octaves: Float64Array,
    ends: Float64Array,
    least: (from: number, startSeconds: number, slots: readonly number[]) => Float64Array,
  ) {
    this.#ends = ends;
    this.#least = least;
    const members = new Map<number, number[]>();
    slotOf.forEach((slot, unit) => {
      const own = members.get(slot);
      if (own) own.push(unit);
      else members.set(slot, [unit]);
    });
    const place = (unit: number) => octaves[unit]! - Math.floor(octaves[unit]!);
    for (const [name, units] of [...members].sort(([a], [b]) => a - b)) {
      const pulsed = units.filter((unit) => !Number.isNaN(octaves[unit]!));
      pulsed.sort((a, b) => place(a) - place(b) || a - b);
      this.#names.push(name);
      this.#slots.push({
        units: Int32Array.from(pulsed),
        places: Float64Array.from(pulsed, place),
        still: Int32Array.from(units.filter((unit) => Number.isNaN(octaves[unit]!))),
      });
    }
  }

  /**
   * Visits what may follow a unit at a time.
   * @param goesOn told the least that all which are still to come in the slot cost; false leaves the slot, or, at its start, ends
   *   the walk
   */
  walkFrom(
    from: number,
    startSeconds: number,
    goesOn: (least: number) => boolean,
    visit: (unit: number) => void,
  ): void {
    const least = this.#least(from, startSeconds, this.#names);
    const octaves = this.#ends[from]!;
    const isStill = Number.isNaN(octaves);
    for (const number of Array.from(least, (_, slot) => slot).sort((a, b) => least[a]! - least[b]! || a - b)) {
      if (!goesOn(least[number]!)) return;
      const { units, still } = this.#slots[number]!;
      if (!isStill) this.#walkSlot(this.#slots[number]!, octaves, (tempo) => goesOn(least[number]! + tempo), visit);
      else if (goesOn(least[number]! + WEIGHTS.tempo * ONE_WITHOUT_TEMPO_POINTS)) for (const unit of units) visit(unit);
      const stillPoints = WEIGHTS.tempo * (isStill ? BOTH_WITHOUT_TEMPO_POINTS : ONE_WITHOUT_TEMPO_POINTS);
      if (goesOn(least[number]! + stillPoints)) for (const unit of still) visit(unit);
    }
  }

  /** Visits the units of a slot that have a tempo, from the nearest to `octaves` on. */
  #walkSlot(
    { units, places }: Slot,
    octaves: number,
    goesOn: (leastPoints: number) => boolean,
    visit: (unit: number) => void,
  ): void {
    const count = units.length;
    const from = octaves - Math.floor(octaves);
    let up = firstFrom(places, from);
    let down = up - 1;
    for (let left = count; left > 0; left--) {
      const upAt = up < count ? up : up - count;
      const downAt = down >= 0 ? down : down + count;
      const above = places[upAt]! + (up < count ? 0 : 1) - from;
      const below = from - places[downAt]! + (down >= 0 ? 0 : 1);
      if (!goesOn(leastTempoPoints(Math.min(above, below)))) return;
      if (above <= below) {
        visit(units[upAt]!);
        up += 1;
      } else {
        visit(units[downAt]!);
        down -= 1;
      }
    }
  }
}

/** The first of ascending values at or above one. */
function firstFrom(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
