import { InvalidArgumentError } from 'commander';

/** A parser for commander: a whole number within bounds, or of at least `minimum`. */
export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < minimum || value > maximum) {
      const bounds = maximum < Number.MAX_SAFE_INTEGER ? `from ${minimum} to ${maximum}` : `of at least ${minimum}`;
      throw new InvalidArgumentError(`it must be a whole number ${bounds}.`);
    }
    return value;
  };
}

/** A parser for commander: a number within bounds. */
export function numberBetween(minimum: number, maximum: number, unit: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= minimum && value <= maximum)) {
      throw new InvalidArgumentError(`it must be a number of ${unit} between ${minimum} and ${maximum}.`);
    }
    return value;
  };
}
