/** The kinds of the house that a library can fail with. */
export type LibraryErrorKind = 'missing' | 'denied' | 'corrupt' | 'limit' | 'unsupported' | 'cancelled' | 'internal';

export interface LibraryErrorDetails {
  readonly cause?: unknown;
  /** The service that would have made it work. */
  readonly needs?: 'PostgreSQL';
}

/** Why the library could not be opened, read or written: what, where, and what to do. */
export class LibraryError extends Error {
  override readonly name = 'LibraryError';
  readonly kind: LibraryErrorKind;
  readonly needs: 'PostgreSQL' | undefined;

  constructor(kind: LibraryErrorKind, message: string, { cause, needs }: LibraryErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.needs = needs;
  }
}

/** What something that was thrown says. */
export function reasonOf(error: unknown): string {
  // Where every address of a server refused, the reasons are in the parts.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
