import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { LibraryError, reasonOf } from '../errors.ts';
import { type BackupHeader, END, endSchema, headerSchema, LONGEST_LINE } from './backup-format.ts';

/** Says at once that a backup is not there. @throws LibraryError 'missing' */
export async function requireBackup(path: string): Promise<void> {
  await access(path).catch((error: unknown) => {
    throw new LibraryError('missing', `there is no backup ${path}`, { cause: error });
  });
}

/** Rows of one table, as they stand in the file. */
export interface BackupRow {
  readonly table: string;
  readonly json: string;
}

/**
 * Reads a backup from its first to its last line.
 * @param onHeader called before any row
 * @param onRow called for each row, in the order in which they can be put into a database
 * @throws LibraryError 'missing', 'corrupt' when it is none or was cut off, and what the two throw
 */
export async function readBackup(
  path: string,
  onHeader: (header: BackupHeader) => Promise<void>,
  onRow: (row: BackupRow) => Promise<void>,
): Promise<void> {
  const counts = new Map<string, number>();
  let header: BackupHeader | undefined;
  let ended = false;
  let own: unknown;
  const take = async (line: string) => {
    if (header === undefined) {
      header = headerSchema.parse(JSON.parse(line));
      return guard(onHeader(header));
    }
    const space = line.indexOf(' ');
    const table = line.slice(0, space);
    const json = line.slice(space + 1);
    if (ended || space < 1) throw new Error('there is something after its end');
    if (table === END) {
      ended = true;
      return checkCounts(endSchema.parse(JSON.parse(json)).rows, counts);
    }
    counts.set(table, (counts.get(table) ?? 0) + 1);
    return guard(onRow({ table, json }));
  };
  /** What the callers of this throw is theirs, not the file's fault. */
  const guard = async (work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      own = error;
      throw error;
    }
  };
  await requireBackup(path);
  try {
    await pipeline(createReadStream(path), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const line of linesOf(chunks)) await take(line);
    });
    if (!ended) throw new Error('it was cut off');
  } catch (error) {
    if (own !== undefined) throw own;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('E') && !code.startsWith('ERR_')) {
      throw new LibraryError('denied', `${path} cannot be read: ${reasonOf(error)}`, { cause: error });
    }
    const reason = header === undefined ? 'is no backup of Tutti' : `is damaged: ${reasonOf(error)}`;
    throw new LibraryError('corrupt', `${path} ${reason}`, { cause: error });
  }
}

function checkCounts(promised: Readonly<Record<string, number>>, counts: ReadonlyMap<string, number>): void {
  for (const [table, count] of Object.entries(promised)) {
    const found = counts.get(table) ?? 0;
    if (found !== count) throw new Error(`${found} of ${count} rows of ${table} are in it`);
  }
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  let begun: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      begun.push(chunk.subarray(start, end));
      yield Buffer.concat(begun).toString('utf8');
      begun = [];
      length = 0;
      start = end + 1;
    }
    begun.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > LONGEST_LINE) throw new Error(`a line has over ${LONGEST_LINE} bytes`);
  }
  if (length > 0) throw new Error('its last line has no end');
}
