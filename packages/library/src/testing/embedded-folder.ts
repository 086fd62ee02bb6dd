import { cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openEmbedded } from '../database/embedded.ts';

/**
 * Makes the folder of an empty embedded database at `target`. To make one from nothing takes seconds of a processor, so
 * that is done once for a version of the engine, and copied from then on.
 */
export async function putEmbeddedFolder(target: string): Promise<void> {
  const template = join(import.meta.dirname, '../../../../node_modules/.cache/tutti', `database-${engineVersion()}`);
  if (!(await isThere(template))) await makeTemplate(template);
  await mkdir(dirname(target), { recursive: true });
  await cp(template, target, { recursive: true });
}

function engineVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = createRequire(import.meta.url)(join(dirname(entry), '../package.json')) as { version: string };
  return version;
}

async function makeTemplate(template: string): Promise<void> {
  await mkdir(dirname(template), { recursive: true });
  const unfinished = await mkdtemp(`${template}-`);
  const database = await openEmbedded(join(unfinished, 'database'));
  await database.close();
  // Another process may have been quicker; then that one's is used.
  await rename(join(unfinished, 'database'), template).catch(() => {});
  await rm(unfinished, { recursive: true, force: true });
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
