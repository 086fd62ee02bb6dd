import { readdir, readFile } from 'node:fs/promises';
import { LibraryError } from '../errors.ts';

/** One step from a schema to the next. */
export interface Migration {
  /** The version of the schema after it; the first is 1. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

const FILE = /^(\d{4})-([a-z0-9-]+)\.sql$/;

/**
 * The migrations, in order: the files `NNNN-what-it-is-about.sql` beside this module. The packed program has them beside
 * its own.
 * @throws LibraryError 'internal' when a number is missing or there twice
 */
export async function readMigrations(folder = new URL('.', import.meta.url)): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => FILE.test(name)).sort();
  return Promise.all(
    names.map(async (file, index) => {
      const [, number, name] = FILE.exec(file)!;
      const version = index + 1;
      if (Number(number) !== version) {
        throw new LibraryError('internal', `${file}: migration ${version} was expected in its place`);
      }
      return { version, name: name!, sql: await readFile(new URL(file, folder), 'utf8') };
    }),
  );
}
