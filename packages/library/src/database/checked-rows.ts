import { z } from 'zod';
import { LibraryError } from '../errors.ts';

/** Holds rows to their schema. @throws LibraryError 'internal' that names the statement */
export function checkedRows<Row>(row: z.ZodType<Row>, rows: readonly unknown[], sql: string): Row[] {
  const parsed = z.array(row).safeParse(rows);
  if (parsed.success) return parsed.data;
  const statement = sql.trim().slice(0, 80);
  throw new LibraryError('internal', `the database answered otherwise than expected to "${statement} …"`, {
    cause: parsed.error,
  });
}
