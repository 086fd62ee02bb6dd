import { z } from 'zod';
import { backupTables } from '../backup/tables.ts';
import type { Queries } from '../database/database.ts';

/** Every row of every table, column by column: what must be the same before and after. */
export async function allRows(queries: Queries): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const { name, columns } of await backupTables(queries)) {
    const rows = await queries.rows(
      z.object({ row: z.string() }),
      `SELECT row_to_json(r)::text AS row FROM (SELECT ${columns.join(', ')} FROM ${name}) r ORDER BY 1`,
    );
    found[name] = rows.map(({ row }): unknown => JSON.parse(row));
  }
  return found;
}
