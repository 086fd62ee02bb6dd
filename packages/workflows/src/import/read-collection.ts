import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import {
  type DjCue,
  type DjPlaylist,
  type GridMark,
  parseSeratoCrate,
  placeOf,
  placeOfCrate,
  type ReadCollection,
  type ReadSeratoCrate,
  readM3u8,
  readNml,
  readRekordbox,
} from '@tutti/exchange';
import { failureOf, WorkflowError } from '../failure.ts';

/** A track of a file of another program, with its marks where the format has them. */
export interface ForeignTrack {
  /** As that file writes it. */
  readonly path: string;
  /** Where else it may be, when it is not there. */
  readonly orAt?: string;
  readonly title: string | null;
  readonly artist: string | null;
  readonly seconds: number | null;
  readonly grid: readonly GridMark[];
  readonly cues: readonly DjCue[];
}

export const IMPORT_FORMATS = ['m3u8', 'rekordbox', 'nml', 'serato'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** What a file of another program holds. */
export interface ForeignCollection {
  readonly format: ImportFormat;
  readonly tracks: readonly ForeignTrack[];
  readonly playlists: readonly DjPlaylist[];
  /** What of it could not be used, in sentences. */
  readonly remarks: readonly string[];
}

/** Bytes of a file that is read; the readers have limits of their own. */
const LARGEST_FILE = 2 ** 28;

/**
 * Reads playlists and tracks, by the ending of the file: M3U and M3U8, rekordbox XML (.xml), Traktor NML (.nml), a crate of
 * Serato (.crate).
 * @param startVolume of Traktor: the volume whose paths do not begin with /Volumes
 * @throws WorkflowError 'missing', 'denied', 'limit', 'unsupported' for another ending; ExchangeError
 */
export async function readForeignCollection(path: string, startVolume: string): Promise<ForeignCollection> {
  const ending = extname(path).toLowerCase();
  switch (ending) {
    case '.m3u':
    case '.m3u8':
      return ofM3u8(path, await textOf(path));
    case '.xml':
      return ofCollection('rekordbox', readRekordbox(await textOf(path)));
    case '.nml':
      return ofCollection('nml', readNml(await textOf(path), startVolume));
    case '.crate':
      return ofCrate(path, parseSeratoCrate(await bytesOf(path)));
    default:
      throw new WorkflowError(
        'unsupported',
        `${path}: playlists and collections are read from .m3u8, .m3u, .xml (rekordbox), .nml (Traktor) and .crate (Serato)`,
      );
  }
}

/** @throws WorkflowError 'missing', 'denied', 'limit' */
async function bytesOf(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_FILE)
      throw new WorkflowError('limit', `${path} has ${size} bytes; at most ${LARGEST_FILE} are read`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof WorkflowError) throw error;
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isGone ? 'there is no such file' : failureOf(error).message;
    throw new WorkflowError(isGone ? 'missing' : 'denied', `${path} cannot be read: ${reason}`, error);
  }
}

/** A text that is no UTF-8 is taken for that of western Windows, as old playlists are. */
async function textOf(path: string): Promise<string> {
  const bytes = await bytesOf(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function ofM3u8(path: string, text: string): ForeignCollection {
  const { name, entries, remarks } = readM3u8(text, placeOf(dirname(resolve(path))));
  return {
    format: 'm3u8',
    tracks: entries.map((entry) => ({ ...entry, artist: null, grid: [], cues: [] })),
    playlists: [{ folders: [], name: name ?? basename(path, extname(path)), tracks: entries.map((_, i) => i) }],
    remarks,
  };
}

function ofCollection(format: ImportFormat, { collection, remarks }: ReadCollection): ForeignCollection {
  const { tracks, playlists } = collection;
  return { format, playlists, remarks, tracks: tracks.map((track) => ({ ...track, title: track.title || null })) };
}

/**
 * Paths in a crate are from the root of its drive: the folder that `_Serato_` is in on a drive of its own, the root of the system on
 * the one that the system is on.
 */
function ofCrate(path: string, { crate, remarks }: ReadSeratoCrate): ForeignCollection {
  const drive = resolve(path, '..', '..', '..');
  const tracks = crate.tracks.map((inCrate): ForeignTrack => {
    const [here, atRoot] = [join(drive, inCrate), join('/', inCrate)];
    return { path: here, orAt: atRoot, title: null, artist: null, seconds: null, grid: [], cues: [] };
  });
  const place = placeOfCrate(basename(path));
  return { format: 'serato', tracks, playlists: [{ ...place, tracks: tracks.map((_, i) => i) }], remarks };
}
