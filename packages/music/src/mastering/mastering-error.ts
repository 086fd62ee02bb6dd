export type MasteringErrorKind = 'invalid-option' | 'invalid-plan' | 'invalid-preset' | 'source' | 'broken-promise';

/**
 * What went wrong in mastering: an option, a plan or a preset that is not usable, a source that is not what the plan says,
 * or a master that is not what its plan promises.
 */
export class MasteringError extends Error {
  override readonly name = 'MasteringError';
  readonly kind: MasteringErrorKind;

  constructor(kind: MasteringErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
