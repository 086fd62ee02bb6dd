import { failureSchema, SCAN_SCHEMA, type ScanReport } from '@tutti/contract';
import {
  beginScan,
  countScan,
  type Database,
  endScan,
  hashingMayHelp,
  listFailures,
  listRoots,
  refreshLists,
  settleMoves,
} from '@tutti/library';
import { ANALYSER_VERSION } from '@tutti/music/analysis';
import { PictureGatherer } from '../artwork/gather-pictures.ts';
import { analyseSounds } from './analyse-sounds.ts';
import { readPicturesBeside } from './beside-files.ts';
import { hashFiles } from './hash-files.ts';
import type { StepOptions } from './scan-options.ts';
import { tagFiles } from './tag-files.ts';
import { walkRoots } from './walk-roots.ts';

export interface ScanOptions extends StepOptions {
  /** Threads, at least 1; the machine's cores when absent. */
  readonly jobs?: number | undefined;
  /** Whether to analyse; without, files are walked, tagged and hashed. `later`: somebody else does, by `unanalysedFiles`. */
  readonly analyse: boolean | 'later';
  /** Where pictures are kept (`artworkFolder()`); without it they are left for a later scan. */
  readonly artworkFolder?: string | undefined;
}

/**
 * Brings the library up to what is in its roots.
 * Stages: walk -> sounds of files that may be known ones (moved, retagged) -> moves -> tags and the pictures in files -> pictures
 * beside them -> analyses -> lists. Each notes what it did as it goes, and does what is not done: after an interruption of any
 * kind the next scan goes on.
 * @throws LibraryError 'denied' while another scan of this library is under way, here or elsewhere; AbortError or MediaError
 *   'cancelled' when `signal` is aborted; what was done is kept
 */
export function scanLibrary(library: Database, options: ScanOptions): Promise<ScanReport> {
  return library.alone('a scan', () => scan(library, options));
}

async function scan(library: Database, options: ScanOptions): Promise<ScanReport> {
  const { id, resumed } = await library.transaction(beginScan);
  await walkRoots(library, id, await listRoots(library), options);
  // Where nothing can have moved, the analysis finds out the sound by itself, and decodes a file once instead of twice.
  if (!options.analyse || (await hashingMayHelp(library))) {
    await hashFiles(library, 'sound', options);
    await library.transaction((queries) => settleMoves(queries, id));
  } else if (options.analyse === 'later') {
    // Who analyses file by file does not know of the others: copies are to be known as such before.
    await hashFiles(library, 'sound-of-copies', options);
  }
  const gatherer = options.artworkFolder === undefined ? undefined : new PictureGatherer(options.artworkFolder);
  await tagFiles(library, gatherer, options);
  if (gatherer) await readPicturesBeside(library, gatherer, options);
  if (options.analyse === true) await analyseSounds(library, options);
  return finishScan(library, id, resumed);
}

/** Brings the lists up to what was found, counts, and notes it as the end of the scan. */
export async function finishScan(library: Database, id: number, resumed: boolean): Promise<ScanReport> {
  await refreshLists(library, { most: Number.POSITIVE_INFINITY });
  const counts = await countScan(library, id, ANALYSER_VERSION);
  await endScan(library, id, counts);
  const roots = await listRoots(library);
  return {
    schema: SCAN_SCHEMA,
    scan: id,
    resumed,
    roots: roots.map(({ name, offlineSince, files }) => ({ path: name, offline: offlineSince !== null, files })),
    counts,
    failures: (await listFailures(library)).map(({ error, ...place }) => ({
      ...place,
      error: failureSchema.parse(error),
    })),
  };
}
