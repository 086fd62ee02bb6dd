export type DspErrorKind = 'invalid-parameter' | 'out-of-memory' | 'corrupt';

/**
 * What went wrong in signal processing: a parameter out of its range, no memory left for a kernel's state, or bytes that are not
 * what they claim to be.
 */
export class DspError extends Error {
  override readonly name = 'DspError';
  readonly kind: DspErrorKind;

  constructor(kind: DspErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Throws unless `value` is a finite number in [minimum, maximum]; the message names the parameter and its range. */
export function requireInRange(name: string, value: number, minimum: number, maximum: number): void {
  if (!(value >= minimum && value <= maximum)) {
    throw new DspError('invalid-parameter', `${name} is ${value}; it must be between ${minimum} and ${maximum}`);
  }
}

/** Throws unless `value` is a whole number in [minimum, maximum]. */
export function requireInteger(name: string, value: number, minimum: number, maximum: number): void {
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new DspError(
      'invalid-parameter',
      `${name} is ${value}; it must be a whole number between ${minimum} and ${maximum}`,
    );
  }
}
