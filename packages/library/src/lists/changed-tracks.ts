import { z } from 'zod';
import type { Queries } from '../database/database.ts';

/**
 * The numbers of tracks that came or changed, in no order.
 * @param since the number of a change: those after it
 * @param most how many, at most
 */
export async function changedTracks(queries: Queries, since: number, most: number): Promise<number[]> {
  const [row] = await queries.rows(
    z.object({ files: z.array(z.int()).nullable() }),
    'SELECT json_agg(file_id) AS files FROM (SELECT file_id FROM listing WHERE change > $1 LIMIT $2) l',
    [since, most],
  );
  return row?.files ?? [];
}
