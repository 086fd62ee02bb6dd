import { MediaError } from '../../errors.ts';
import { findProgram, isProgram } from '../../programs/find-program.ts';

/** Where the user's ffmpeg is: `given`, else TUTTI_FFMPEG, else on PATH; undefined when there is none. */
export async function findFfmpeg(given?: string): Promise<string | undefined> {
  const named = given ?? process.env['TUTTI_FFMPEG'];
  if (!named) return findProgram('ffmpeg');
  return (await isProgram(named)) ? named : undefined;
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
