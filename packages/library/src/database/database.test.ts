import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { onBothEngines } from '../testing/engines.ts';
import type { Database } from './database.ts';
import { openServer, shownAddress } from './server.ts';
import { bytesColumn, timeColumn, wholeColumn } from './values.ts';

onBothEngines((fresh) => {
  async function withTable(): Promise<Database> {
    const database = await fresh();
    await database.script('CREATE SCHEMA tutti; CREATE TABLE thing (id int PRIMARY KEY, name text)');
    return database;
  }
  const things = (database: Database) =>
    database.rows(z.object({ id: wholeColumn, name: z.string().nullable() }), 'SELECT * FROM thing ORDER BY id');

  it('gives values of every type that is used back as they were', async () => {
    const database = await fresh();
    const row = z.object({
      small: wholeColumn,
      large: wholeColumn,
      real: z.number(),
      bytes: bytesColumn,
      time: timeColumn,
      words: z.string(),
      json: z.object({ a: z.array(z.number()) }),
      none: z.null(),
      yes: z.boolean(),
    });
    const values = [7, Number.MAX_SAFE_INTEGER, 0.1, Buffer.from([0, 255, 92]), new Date(1_764_000_000_123)];
    const [read] = await database.rows(
      row,
      `SELECT $1::int AS small, $2::bigint AS large, $3::float8 AS real, $4::bytea AS bytes, $5::timestamptz AS time,
         $6::text AS words, $7::json AS json, $8::text AS none, $9::boolean AS yes`,
      [...values, 'é\u{1f3b5}\'"\\', '{"a":[1.5]}', null, true],
    );
    expect(read).toEqual({
      ...{ small: 7, large: Number.MAX_SAFE_INTEGER, real: 0.1, bytes: Buffer.from([0, 255, 92]) },
      ...{ time: new Date(1_764_000_000_123), words: 'é\u{1f3b5}\'"\\', json: { a: [1.5] }, none: null, yes: true },
    });
  });

  it('says so when a whole number is larger than JavaScript holds', async () => {
    const database = await fresh();
    const asked = database.rows(z.object({ n: wholeColumn }), 'SELECT 9007199254740993::bigint AS n');
    await expect(asked).rejects.toThrow(/9007199254740993/);
  });

  it('holds rows to their schema, and names the statement', async () => {
    const database = await withTable();
    await database.run('INSERT INTO thing VALUES (1, NULL)');
    const asked = database.rows(z.object({ name: z.string() }), 'SELECT name FROM thing');
    await expect(asked).rejects.toMatchObject({ kind: 'internal', message: expect.stringContaining('SELECT name') });
  });

  it('counts the rows that a statement changed', async () => {
    const database = await withTable();
    expect(await database.run("INSERT INTO thing VALUES (1, 'a'), (2, 'b')")).toBe(2);
    expect(await database.run('DELETE FROM thing WHERE id > $1', [5])).toBe(0);
  });

  it('keeps what a transaction did, or takes all of it back', async () => {
    const database = await withTable();
    await database.transaction(async (queries) => {
      await queries.run("INSERT INTO thing VALUES (1, 'kept')");
    });
    const failing = database.transaction(async (queries) => {
      await queries.run("INSERT INTO thing VALUES (2, 'lost')");
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const refused = database.transaction(async (queries) => {
      await queries.run("INSERT INTO thing VALUES (3, 'lost')");
      await queries.run("INSERT INTO thing VALUES (1, 'twice')");
    });
    await expect(refused).rejects.toMatchObject({
      name: 'LibraryError',
      message: expect.stringContaining('thing_pkey'),
    });
    expect(await things(database)).toEqual([{ id: 1, name: 'kept' }]);
  });

  it('runs what another library says: a statement with values, or several that answer one after another', async () => {
    const database = await withTable();
    const several = "BEGIN; INSERT INTO thing VALUES (1, 'a') RETURNING id; SELECT 2 AS id; COMMIT";
    expect(await database.executeSql(several)).toEqual({ rows: [{ id: 1 }, { id: 2 }] });
    expect(await database.executeSql('SELECT $1::int AS id', [3])).toEqual({ rows: [{ id: 3 }] });
    // What it leaves unfinished holds up nobody.
    await expect(database.executeSql("BEGIN; INSERT INTO thing VALUES (1, 'twice')")).rejects.toThrow(/thing_pkey/);
    await expect(
      database.transaction((queries) => queries.executeSql("INSERT INTO thing VALUES (1, 'twice')")),
    ).rejects.toThrow(/thing_pkey/);
    await database.run("INSERT INTO thing VALUES (2, 'b')");
    expect((await things(database)).map(({ id }) => id)).toEqual([1, 2]);
  });

  it('does work of one name for one at a time, and says so to others', async () => {
    const database = await fresh();
    let end = () => {};
    const work = new Promise<string>((resolve) => {
      end = () => resolve('done');
    });
    const first = database.alone('a scan', () => work);
    await database.alone('something else', async () => {});
    await expect(database.alone('a scan', async () => {})).rejects.toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(/^a scan is under way in .* already: wait/),
    });
    end();
    expect(await first).toBe('done');
    await expect(database.alone('a scan', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await database.alone('a scan', async () => 1)).toBe(1);
  });

  it('does many things at once', async () => {
    const database = await withTable();
    await Promise.all(
      Array.from({ length: 40 }, (_, id) =>
        database.transaction((queries) => queries.run('INSERT INTO thing VALUES ($1, $2)', [id, `${id}`])),
      ),
    );
    expect(await things(database)).toHaveLength(40);
  });
});

describe('a server', () => {
  it('that is not there is named, without its password, with what to do', async () => {
    const opening = openServer('postgresql://me:secret@127.0.0.1:9/music');
    await expect(opening).rejects.toMatchObject({ kind: 'missing', needs: 'PostgreSQL' });
    const message = await opening.catch((error: Error) => error.message);
    expect(message).toMatch(/127\.0\.0\.1:9\/music .*Start it/);
    expect(message).not.toContain('secret');
  });

  it.each([
    ['postgresql://me:secret@db.example:5433/music?sslmode=require', 'db.example:5433/music'],
    ['postgresql://me@%2Frun%2Fpostgres/music', '/run/postgres/music'],
    ['host=db password=secret', 'DATABASE_URL'],
  ])('%s is shown as %s', (url, shown) => {
    expect(shownAddress(url)).toBe(shown);
  });
});
