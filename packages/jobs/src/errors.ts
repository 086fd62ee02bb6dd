/** The kinds of the house that the queue itself can fail with. */
export type JobErrorKind = 'missing' | 'denied' | 'corrupt' | 'unsupported' | 'cancelled' | 'internal';

/** Why something could not be asked of the queue: what, and what would be right. */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly kind: JobErrorKind;

  constructor(kind: JobErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/** What something that was thrown says. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
