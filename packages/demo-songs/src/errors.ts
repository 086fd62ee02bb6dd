export type DemoSongErrorKind = 'invalid-spec' | 'invalid-option';

/** A song that cannot be composed as asked: a field of the spec, or an option, is out of its range. */
export class DemoSongError extends Error {
  override readonly name = 'DemoSongError';
  readonly kind: DemoSongErrorKind;

  constructor(kind: DemoSongErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Throws unless `value` is a finite number in [minimum, maximum]; the message names the field and its range. */
export function requireRange(
  kind: DemoSongErrorKind,
  name: string,
  value: number,
  minimum: number,
  maximum: number,
): void {
  if (!(value >= minimum && value <= maximum)) {
    throw new DemoSongError(kind, `${name} is ${value}; it must be between ${minimum} and ${maximum}`);
  }
}

/** Throws unless `value` is a whole number in [minimum, maximum]. */
export function requireWhole(
  kind: DemoSongErrorKind,
  name: string,
  value: number,
  minimum: number,
  maximum: number,
): void {
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new DemoSongError(kind, `${name} is ${value}; it must be a whole number between ${minimum} and ${maximum}`);
  }
}
