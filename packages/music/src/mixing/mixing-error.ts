export type MixingErrorKind = 'invalid-option' | 'invalid-plan' | 'source';

/** What went wrong in mixing: an option or a plan that is out of range, or a source that is not what the plan says. */
export class MixingError extends Error {
  override readonly name = 'MixingError';
  readonly kind: MixingErrorKind;

  constructor(kind: MixingErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
