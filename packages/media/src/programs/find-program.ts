import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const ENDING = process.platform === 'win32' ? '.exe' : '';

/** Where a program is that the user installed: on PATH; undefined when it is not there. */
export async function findProgram(name: string, path = process.env['PATH'] ?? ''): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name + ENDING);
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

/** Whether a file is there that may be run. */
export function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
