/** A set that cannot be planned as asked: an option out of its range, or options that contradict each other. */
export class SetPlanningError extends Error {
  override readonly name = 'SetPlanningError';
  readonly kind = 'invalid-option';
}
