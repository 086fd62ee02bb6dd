/** Everything that can be asked of a set. */
export type SetConstraint =
  | 'length'
  | 'first'
  | 'last'
  | 'must'
  | 'not'
  | 'order'
  | 'pairs'
  | 'tempo range'
  | 'tempo path'
  | 'keep order';

/** A set that cannot be planned as asked: an option out of its range, or constraints that no set can meet. */
export class SetPlanningError extends Error {
  override readonly name = 'SetPlanningError';
  readonly kind = 'invalid-option';
  /** What cannot be met; undefined when an option is out of its range by itself. */
  readonly constraint: SetConstraint | undefined;

  constructor(message: string, constraint?: SetConstraint) {
    super(constraint === undefined ? message : `${constraint}: ${message}`);
    this.constraint = constraint;
  }
}
