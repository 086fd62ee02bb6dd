import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';

const idRow = z.object({ id: wholeColumn });

/** The number of the list of what is to be played next; its entries are put in and taken out as those of a playlist. */
export async function queueList(queries: Queries): Promise<number> {
  const find = () => queries.rows(idRow, "SELECT id FROM playlist WHERE kind = 'queue'");
  const [queue] = await find();
  if (queue) return queue.id;
  await queries.run(
    `INSERT INTO playlist (kind, name, made_at, changed_at) VALUES ('queue', '', now(), now())
     ON CONFLICT (md5(folders || name)) DO NOTHING`,
  );
  return (await find())[0]!.id;
}
