// How an amount follows the amount that the level asks for: with one time constant while the level rises and another
// while it falls; and the record of the largest amounts.
// Source: D. Giannoulis, M. Massberg and J. D. Reiss, "Digital dynamic range compressor design: a tutorial and
// analysis", JAES 60 (2012), equation 16, the branching detector, in the log domain behind the gain computer.
import { arenaAllocate } from '../memory/arena';

/** Nearer to 0 than this, an amount is 0. */
const RELEASED: f32 = 1e-7;
/** Values of the record that are kept until they are taken; older ones are dropped. */
const RECORD: i32 = 1024;

@unmanaged
export class Ballistics {
  /** Share of the way to go in a group, towards a larger and towards a smaller amount. */
  growing: f32;
  shrinking: f32;
  amount: f32;
  /** The largest since this was set to 0. */
  most: f32;
  /** The record: the largest amount of each hop of `hopGroups` groups. */
  record: usize;
  recorded: i32;
  hopGroups: i32;
  hopLeft: i32;
  hopMost: f32;
}

/** @returns 0 when no memory is left */
export function ballisticsCreate(hopGroups: i32): usize {
  const pointer = arenaAllocate(offsetof<Ballistics>());
  const record = arenaAllocate((<usize>RECORD) << 2);
  if (pointer === 0 || record === 0) return 0;
  const state = changetype<Ballistics>(pointer);
  state.record = record;
  state.hopGroups = hopGroups;
  return pointer;
}

/** @param growingGroups groups in which an amount goes 63 % of its way to a larger one; likewise the other */
export function ballisticsSet(state: Ballistics, growingGroups: f64, shrinkingGroups: f64): void {
  state.growing = <f32>(1 - Math.exp(-1 / growingGroups));
  state.shrinking = <f32>(1 - Math.exp(-1 / shrinkingGroups));
}

/** As if `amount` had been asked for for ever. */
export function ballisticsReset(state: Ballistics, amount: f32): void {
  state.amount = amount;
  state.most = 0;
  state.recorded = 0;
  state.hopLeft = state.hopGroups;
  state.hopMost = 0;
}

function endHop(state: Ballistics): void {
  if (state.recorded === RECORD) {
    memory.copy(state.record, state.record + 4, (<usize>(RECORD - 1)) << 2);
    state.recorded -= 1;
  }
  store<f32>(state.record + ((<usize>state.recorded) << 2), state.hopMost);
  state.recorded += 1;
  state.hopMost = 0;
  state.hopLeft = state.hopGroups;
}

/** values[i], the amount asked for, becomes the amount that there is. */
export function ballisticsFollow(state: Ballistics, values: usize, groups: i32): void {
  const growing = state.growing;
  const shrinking = state.shrinking;
  let amount = state.amount;
  while (groups > 0) {
    const count = min(groups, state.hopLeft);
    let most: f32 = 0;
    for (const end = values + ((<usize>count) << 2); values < end; values += 4) {
      const way = load<f32>(values) - amount;
      amount += way * (way > 0 ? growing : shrinking);
      amount = amount < RELEASED ? 0 : amount;
      most = amount > most ? amount : most;
      store<f32>(values, amount);
    }
    state.most = max(state.most, most);
    state.hopMost = max(state.hopMost, most);
    state.hopLeft -= count;
    if (state.hopLeft === 0) endHop(state);
    groups -= count;
  }
  state.amount = amount;
}
