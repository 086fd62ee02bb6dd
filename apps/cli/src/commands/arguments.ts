import { InvalidArgumentError } from 'commander';

/** A parser for commander: a whole number of at least `minimum`. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < minimum) {
      throw new InvalidArgumentError(`it must be a whole number of at least ${minimum}.`);
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
