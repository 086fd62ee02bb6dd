import { z } from 'zod';
import { type Queries, SCHEMA } from '../database/database.ts';

/** A table whose rows belong into a backup. */
export interface Table {
  readonly name: string;
  /** Those that are stored, not worked out from others. */
  readonly columns: readonly string[];
  /** The column that the database numbers, where there is one. */
  readonly numbered: string | null;
}

const tableRow = z.object({ name: z.string(), columns: z.array(z.string()), numbered: z.string().nullable() });

/**
 * The tables of the schema that is there, none before those that it refers to: a table refers to older ones only. What the
 * schema itself is kept in is not among them, nor are those that say by a comment that they are derived from others, or passing:
 * who is signed in at the moment.
 */
export function backupTables(queries: Queries): Promise<Table[]> {
  return queries.rows(
    tableRow,
    `SELECT c.relname AS name,
       json_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns,
       min(a.attname) FILTER (WHERE a.attidentity <> '') AS numbered
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind = 'r' AND c.relnamespace = $1::regnamespace AND c.relname <> 'schema_version'
       AND coalesce(obj_description(c.oid, 'pg_class'), '') NOT IN ('derived', 'passing')
     GROUP BY c.oid, c.relname ORDER BY c.oid`,
    [SCHEMA],
  );
}
