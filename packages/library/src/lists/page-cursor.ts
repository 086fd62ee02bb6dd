import { z } from 'zod';
import { LibraryError } from '../errors.ts';
import type { Parameters } from './parameters.ts';
import { columnOf, type SortKey, writtenSort } from './sorts.ts';

/** Where a page ended: what its last row is sorted by, and which row it was. */
export interface PagePlace {
  readonly values: readonly (string | number | null)[];
  readonly file: number;
}

/** Characters of a cursor: four keys of a hundred characters, each of four bytes, in base64, and some. */
const LONGEST_CURSOR = 4096;

const cursorSchema = z.tuple([
  z.literal(1),
  z.string(),
  z.array(z.union([z.string().max(1000), z.number(), z.null()])),
  z.int(),
]);

/** A place as text that means nothing outside. */
export function writtenCursor(sort: readonly SortKey[], { values, file }: PagePlace): string {
  const document: z.infer<typeof cursorSchema> = [1, writtenSort(sort), [...values], file];
  return Buffer.from(JSON.stringify(document)).toString('base64url');
}

/** @throws LibraryError 'unsupported' for what is no cursor, or one of a list that was sorted otherwise */
export function readCursor(sort: readonly SortKey[], text: string): PagePlace {
  const refuse = (cause?: unknown): never => {
    throw new LibraryError(
      'unsupported',
      'this cursor is none of this list: begin with its first page, and keep its sort',
      { cause },
    );
  };
  if (text.length > LONGEST_CURSOR) refuse();
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    refuse(error);
  }
  const parsed = cursorSchema.safeParse(document);
  if (!parsed.success) return refuse(parsed.error);
  const [, written, values, file] = parsed.data;
  const fits = values.length === sort.length && values.every((value, i) => fitsColumn(sort[i]!, value));
  if (written !== writtenSort(sort) || !fits) refuse();
  return { values, file };
}

function fitsColumn({ by }: SortKey, value: string | number | null): boolean {
  if (value === null) return true;
  const { type } = columnOf(by);
  if (type === 'text') return typeof value === 'string' && !value.includes('\0');
  if (type === 'timestamptz')
    return typeof value === 'string' && z.iso.datetime({ offset: true }).safeParse(value).success;
  return typeof value === 'number' && (type === 'float8' || Number.isInteger(value));
}

/**
 * A list has two parts: the rows of which what it is sorted by first is known, and after them the others. Each is in an order in
 * which an index has it.
 */
export type ListPart = 'known' | 'unknown';

/** In which order the rows of a part come: of equal ones the earlier file first, or the later where the first key goes down. */
export function orderSql(sort: readonly SortKey[], part: ListPart): string {
  const keys = part === 'known' ? sort : sort.slice(1);
  const order = keys.map(({ by, descending }, i) => {
    const nulls = descending && (part === 'unknown' || i > 0) ? ' NULLS LAST' : '';
    return `${columnOf(by).column}${descending ? ' DESC' : ''}${nulls}`;
  });
  return [...order, sort[0]!.descending ? 'file_id DESC' : 'file_id'].join(', ');
}

/** The condition of the rows of a part that come after a place; all of them without one. */
export function partSql(
  sort: readonly SortKey[],
  part: ListPart,
  place: PagePlace | undefined,
  parameters: Parameters,
): string {
  const [first] = sort;
  const { column, type } = columnOf(first!.by);
  const known = `${column} IS ${part === 'known' ? 'NOT NULL' : 'NULL'}`;
  const value = place?.values[0] ?? null;
  if (place === undefined || (part === 'unknown' && value !== null)) return known;
  if (part === 'unknown') return `${known} AND ${afterSql(sort, 1, place, parameters)}`;
  if (value === null) return 'false';
  // Said once more for the index, which does not see it in what follows.
  const bound = `${column} ${first!.descending ? '<=' : '>='} ${parameters.of(value)}::${type}`;
  return `${bound} AND ${afterSql(sort, 0, place, parameters)}`;
}

function afterSql(sort: readonly SortKey[], from: number, place: PagePlace, parameters: Parameters): string {
  const key = sort[from];
  if (key === undefined) return `file_id ${sort[0]!.descending ? '<' : '>'} ${parameters.of(place.file)}::bigint`;
  const { column, type } = columnOf(key.by);
  const value = place.values[from] ?? null;
  const rest = afterSql(sort, from + 1, place, parameters);
  if (value === null) return `(${column} IS NULL AND ${rest})`;
  const given = `${parameters.of(value)}::${type}`;
  const unknown = from === 0 ? '' : ` OR ${column} IS NULL`;
  return `(${column} ${key.descending ? '<' : '>'} ${given}${unknown} OR (${column} = ${given} AND ${rest}))`;
}
