import { z } from 'zod';
import { LibraryError } from '../errors.ts';

const INT8 = 20;
const BYTEA = 17;
const DATE_WITH_ZONE = 1184;

/** Whole numbers that JavaScript holds exactly. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new LibraryError('limit', `${text} is beyond the whole numbers that are exact here`);
}

/** The form that both engines are asked for: `\x` and hexadecimal digits. */
function bytes(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex');
}

/**
 * How values that the two drivers would give differently are read, by the number of their type
 * (`src/include/catalog/pg_type.dat` in PostgreSQL).
 */
export const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: wholeNumber,
  [BYTEA]: bytes,
  [DATE_WITH_ZONE]: (text) => new Date(text),
};

/** A column of type bytea. */
export const bytesColumn = z.instanceof(Buffer);
/** A column of type timestamptz. */
export const timeColumn = z.date();
/** A whole number, of whatever width in the database. */
export const wholeColumn = z.int();
