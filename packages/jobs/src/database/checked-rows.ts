import { z } from 'zod';
import { JobError } from '../errors.ts';
import type { Statements } from './queue-database.ts';

/** The rows of a statement, each held to `row`. @throws JobError 'internal' that names the statement */
export async function checkedRows<Row>(
  statements: Statements,
  row: z.ZodType<Row>,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await statements.executeSql(sql, values);
  const parsed = z.array(row).safeParse(rows);
  if (parsed.success) return parsed.data;
  throw new JobError('internal', `the queue holds what is no job: "${sql.trim().slice(0, 80)} …"`, parsed.error);
}
