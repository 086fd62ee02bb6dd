/** What can be wrong with what is exchanged; kinds of the contract. */
export type ExchangeErrorKind = 'unsupported' | 'corrupt' | 'limit';

/** Why something cannot be written in a format, or read from one: what, where, and what would be right. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly kind: ExchangeErrorKind;

  constructor(kind: ExchangeErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}
