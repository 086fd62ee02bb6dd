import { MasteringError } from '../mastering-error.ts';
import type { MasterTargetDefinition } from './master-target.ts';
import { TARGETS } from './targets.data.ts';

/** The targets, by their names. */
export const MASTER_TARGETS: ReadonlyMap<string, MasterTargetDefinition> = new Map(
  TARGETS.map((target) => [target.name, target]),
);

/** What is made when nobody says for what. */
export const USUAL_TARGET = 'streaming';

/** @throws MasteringError 'invalid-option' naming all targets when there is none of that name */
export function masterTarget(name: string): MasterTargetDefinition {
  const target = MASTER_TARGETS.get(name);
  if (target) return target;
  throw new MasteringError(
    'invalid-option',
    `there is no target "${name}"; there are ${[...MASTER_TARGETS.keys()].join(', ')}`,
  );
}
