/** The kinds of the house that accounts can fail with. */
export type AccountErrorKind = 'missing' | 'denied' | 'unsupported';

/** Why somebody was not let in, or something about accounts was not done: what, and what to do. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly kind: AccountErrorKind;

  constructor(kind: AccountErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
