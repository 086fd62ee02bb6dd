import { LONGEST_NAME } from '../limits.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number that an attribute holds; null when it holds none, or one outside the bounds. */
export function numberIn(text: string | undefined, minimum: number, maximum: number): number | null {
  if (text === undefined || text.length > 40 || !NUMBER.test(text.trim())) return null;
  const value = Number(text);
  return value >= minimum && value <= maximum ? value : null;
}

/** The name that an attribute holds; null when it is missing or empty. */
export function nameIn(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text.slice(0, LONGEST_NAME);
}
