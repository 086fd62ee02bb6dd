import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf, WorkflowError } from '../failure.ts';
import { userFolder } from '../user-folder.ts';
import { makeFolder } from '../write-whole.ts';

const LEAST_CHARACTERS = 32;

/**
 * By what the cookies of this service are signed: TUTTI_SECRET, or a file in the user's folder that nobody else may read, made when
 * it is first asked for. It is not in the database, so that whoever has a backup cannot make cookies.
 * @throws WorkflowError 'denied' when the file can be neither read nor made, 'corrupt' when it is none
 */
export async function serviceSecret(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (environment['TUTTI_SECRET']) return environment['TUTTI_SECRET'];
  const folder = userFolder(environment);
  const path = join(folder, 'service-secret');
  await makeFolder(folder);
  try {
    await writeFile(path, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new WorkflowError('denied', `${path} cannot be written: ${failureOf(error).message}`, error);
    }
  }
  const secret = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new WorkflowError('denied', `${path} cannot be read: ${failureOf(error).message}`, error);
  });
  if (secret.trim().length >= LEAST_CHARACTERS) return secret.trim();
  throw new WorkflowError('corrupt', `${path} holds no secret: take it away, and everybody signs in anew`);
}
