import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { MediaError } from '../../errors.ts';

const PROGRAM = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';

/** Where the user's ffmpeg is: `given`, else TUTTI_FFMPEG, else on PATH; undefined when there is none. */
export async function findFfmpeg(given?: string): Promise<string | undefined> {
  const named = given ?? process.env['TUTTI_FFMPEG'];
  const candidates = named
    ? [named]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => (folder ? join(folder, PROGRAM) : ''));
  for (const candidate of candidates) {
    if (candidate === '') continue;
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not there, or not executable: look further.
    }
  }
  return undefined;
}

/** @throws MediaError 'unsupported' that says how to get ffmpeg, with `needs: 'ffmpeg'` */
export async function requireFfmpeg(given: string | undefined, path: string, purpose: string): Promise<string> {
  const found = await findFfmpeg(given);
  if (found) return found;
  throw new MediaError(
    'unsupported',
    `${path}: ${purpose} needs ffmpeg, which was not found. Install it (Debian: apt install ffmpeg, macOS: brew install ` +
      'ffmpeg, Windows: winget install ffmpeg) or set TUTTI_FFMPEG to its path.',
    { path, needs: 'ffmpeg' },
  );
}
