import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@tutti/contract/api';
import { putEmbeddedFolder } from '@tutti/library/testing';
import { afterAll, beforeAll } from 'vitest';
import { runServer, type ServerOptions } from '../start-server.ts';

/** A service with a library of its own for the tests of one file, which works on one job at a time. */
export function runningServer(options: Partial<ServerOptions> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'tutti-server-'));
  const stop = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  let origin = '';
  beforeAll(async () => {
    process.env['TUTTI_HOME'] = home;
    delete process.env['DATABASE_URL'];
    await putEmbeddedFolder(join(home, 'library/database'));
    origin = await new Promise<string>((resolve, reject) => {
      ended = runServer({
        ...{ version: '1.2.3', port: 0, logLevel: 'error', work: { cores: 1 } },
        ...{ signal: stop.signal, onListening: resolve, ...options },
      });
      ended.catch(reject);
    });
  });
  afterAll(async () => {
    stop.abort();
    await ended;
    rmSync(home, { recursive: true, force: true });
  });
  return {
    home,
    get origin() {
      return origin;
    },
    get client() {
      return createClient(origin, fetch);
    },
  };
}
