export type BalancingErrorKind = 'invalid-option' | 'invalid-plan' | 'source';

/** What went wrong in balancing stems: an option or a plan that is not usable, or a source that is not what the plan says. */
export class BalancingError extends Error {
  override readonly name = 'BalancingError';
  readonly kind: BalancingErrorKind;

  constructor(kind: BalancingErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
