import { z } from 'zod';
import type { Queries } from '../database/database.ts';

const cueSchema = z.object({
  kind: z.enum(['cue', 'loop', 'chapter']),
  name: z.string(),
  seconds: z.number(),
  /** null for what has no end. */
  endSeconds: z.number().nullable(),
  /** The pad that it is on, from 0. */
  pad: z.number().nullable(),
  /** #rrggbb */
  colour: z.string().nullable(),
});
const gridMarkSchema = z.object({ seconds: z.number(), bpm: z.number() });

/** A place that a program marked in a track. */
export type TaggedCue = Readonly<z.infer<typeof cueSchema>>;

/** What one program left in the tags of a file; seconds as it counts them. */
export interface TaggedMarks {
  /** 'serato', 'chapters' */
  readonly source: string;
  readonly cues: readonly TaggedCue[];
  readonly grid: readonly Readonly<z.infer<typeof gridMarkSchema>>[];
  /** What could not be used, in sentences. */
  readonly remarks: readonly string[];
}

const marksRow: z.ZodType<TaggedMarks> = z.object({
  source: z.string(),
  cues: z.array(cueSchema),
  grid: z.array(gridMarkSchema),
  remarks: z.array(z.string()),
});

/** Puts what was read of files in the place of what was there of them. */
export async function storeTaggedMarks(
  queries: Queries,
  files: readonly { readonly id: number; readonly marks: readonly TaggedMarks[] }[],
): Promise<void> {
  await queries.run(
    'DELETE FROM tagged_marks WHERE file_id IN (SELECT value::bigint FROM json_array_elements_text($1::json))',
    [JSON.stringify(files.map(({ id }) => id))],
  );
  const rows = files.flatMap(({ id, marks }) => marks.map((each) => ({ id, ...each })));
  if (rows.length === 0) return;
  await queries.run(
    `INSERT INTO tagged_marks (file_id, source, cues, grid, remarks)
     SELECT r.id, r.source, r.cues, r.grid, r.remarks
     FROM json_to_recordset($1::json) AS r(id bigint, source text, cues json, grid json, remarks json)
     WHERE EXISTS (SELECT 1 FROM file f WHERE f.id = r.id)`,
    [JSON.stringify(rows)],
  );
}

/** What programs left in the tags of a file, by their names. */
export function taggedMarks(queries: Queries, file: number): Promise<TaggedMarks[]> {
  return queries.rows(
    marksRow,
    'SELECT source, cues, grid, remarks FROM tagged_marks WHERE file_id = $1 ORDER BY source',
    [file],
  );
}
