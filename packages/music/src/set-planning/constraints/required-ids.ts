import type { SetPlanOptions } from '../set-plan.ts';
import type { SetConstraint } from '../set-planning-error.ts';

/** Every track that has to be in the set, with the constraint that wants it. */
export function requiredIds(options: SetPlanOptions): ReadonlyMap<string, SetConstraint> {
  const { firstId, lastId, mustIds = [], orderIds = [], pairIds = [] } = options;
  const wanted = new Map<string, SetConstraint>();
  for (const id of pairIds.flat()) wanted.set(id, 'pairs');
  for (const id of orderIds) wanted.set(id, 'order');
  for (const id of mustIds) wanted.set(id, 'must');
  if (lastId !== undefined) wanted.set(lastId, 'last');
  if (firstId !== undefined) wanted.set(firstId, 'first');
  return wanted;
}
