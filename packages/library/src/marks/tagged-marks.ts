import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';

const cueSchema = z.object({
  kind: z.enum(['cue', 'loop', 'chapter', 'fade-in', 'fade-out', 'load']),
  name: z.string(),
  seconds: z.number(),
  /** null for what has no end. */
  endSeconds: z.number().nullable(),
  /** The pad that it is on, from 0. */
  pad: z.number().nullable(),
  /** #rrggbb */
  colour: z.string().nullable(),
});
const gridMarkSchema = z.object({
  seconds: z.number(),
  bpm: z.number(),
  /** Beats of a bar, and which of them it is, from 1; absent where the program counts in four from each mark. */
  meter: z.number().optional(),
  beat: z.number().optional(),
});

/** A place that a program marked in a track. */
export type TaggedCue = Readonly<z.infer<typeof cueSchema>>;

/** What one program left in the tags of a file, or says of it in a collection that was imported; seconds as it counts them. */
export interface TaggedMarks {
  /** 'serato', 'chapters'; 'rekordbox', 'traktor' */
  readonly source: string;
  readonly cues: readonly TaggedCue[];
  readonly grid: readonly Readonly<z.infer<typeof gridMarkSchema>>[];
  /** What could not be used, in sentences. */
  readonly remarks: readonly string[];
}

/** Sources that are no tags: they stay when tags are read again. */
const COLLECTIONS = ['rekordbox', 'traktor'] as const;
export type CollectionSource = (typeof COLLECTIONS)[number];

const marksRow: z.ZodType<TaggedMarks> = z.object({
  source: z.string(),
  cues: z.array(cueSchema),
  grid: z.array(gridMarkSchema),
  remarks: z.array(z.string()),
});

interface FileMarks {
  readonly id: number;
  readonly marks: readonly TaggedMarks[];
}

/** Puts what was read in the tags of files in the place of what was there of them. */
export async function storeTaggedMarks(queries: Queries, files: readonly FileMarks[]): Promise<void> {
  await queries.run(
    `DELETE FROM tagged_marks WHERE file_id IN (SELECT value::bigint FROM json_array_elements_text($1::json))
       AND source NOT IN ('${COLLECTIONS.join("', '")}')`,
    [JSON.stringify(files.map(({ id }) => id))],
  );
  await putMarks(queries, files);
}

/** Keeps what a collection of another program says of files, in the place of what an earlier one said. */
export async function storeImportedMarks(
  queries: Queries,
  source: CollectionSource,
  files: readonly (Pick<TaggedMarks, 'cues' | 'grid'> & { readonly id: number })[],
): Promise<void> {
  await putMarks(
    queries,
    files.map(({ id, ...marks }) => ({ id, marks: [{ source, ...marks, remarks: [] }] })),
  );
}

async function putMarks(queries: Queries, files: readonly FileMarks[]): Promise<void> {
  const rows = files.flatMap(({ id, marks }) => marks.map((each) => ({ id, ...each })));
  if (rows.length === 0) return;
  await queries.run(
    `INSERT INTO tagged_marks (file_id, source, cues, grid, remarks)
     SELECT r.id, r.source, r.cues, r.grid, r.remarks
     FROM json_to_recordset($1::json) AS r(id bigint, source text, cues json, grid json, remarks json)
     WHERE EXISTS (SELECT 1 FROM file f WHERE f.id = r.id)
     ON CONFLICT (file_id, source) DO UPDATE SET cues = excluded.cues, grid = excluded.grid, remarks = excluded.remarks`,
    [JSON.stringify(rows)],
  );
}

/** What programs left in the tags of a file or say of it, by their names. */
export function taggedMarks(queries: Queries, file: number): Promise<TaggedMarks[]> {
  return queries.rows(
    marksRow,
    'SELECT source, cues, grid, remarks FROM tagged_marks WHERE file_id = $1 ORDER BY source',
    [file],
  );
}

const marksOfFileRow = marksRow.and(z.object({ file: wholeColumn }));

/** The same of several files at once. */
export async function taggedMarksOf(queries: Queries, files: readonly number[]): Promise<Map<number, TaggedMarks[]>> {
  const rows = await queries.rows(
    marksOfFileRow,
    `SELECT file_id AS file, source, cues, grid, remarks FROM tagged_marks
     WHERE file_id IN (SELECT value::bigint FROM json_array_elements_text($1::json)) ORDER BY file_id, source`,
    [JSON.stringify(files)],
  );
  return Map.groupBy(rows, ({ file }) => file);
}
