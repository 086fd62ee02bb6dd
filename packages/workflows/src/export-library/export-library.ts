import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import {
  type DjCollection,
  type DjPlaylist,
  type FilePlace,
  fileOfCrate,
  type M3u8Entry,
  pathInCrate,
  placeOf,
  type Relocation,
  relocated,
  writeM3u8,
  writeNml,
  writeRekordbox,
  writeSeratoCrate,
} from '@tutti/exchange';
import type { Database } from '@tutti/library';
import { type GridMarkOptions, REKORDBOX_GRIDS, TRAKTOR_GRIDS } from '../export-set/grid-marks.ts';
import { checkFiles } from '../export-set/write-export.ts';
import { nameOfTrack } from '../lists/list-library.ts';
import { makeFolder, writeAllWhole } from '../write-whole.ts';
import { type ChosenTracks, chosenTracks, type LibraryChoice } from './chosen-tracks.ts';
import { libraryCollection } from './library-collection.ts';
import { eachOnce, type LibraryFormat, playlistFileNames } from './library-formats.ts';

export interface LibraryExportOptions extends LibraryChoice {
  readonly formats: readonly LibraryFormat[];
  /** Where the files are to be. */
  readonly folder: string;
  /** Of the files, without their endings. */
  readonly name: string;
  /** What folders are called on the system that reads. */
  readonly relocations: readonly Relocation[];
  /** Paths in M3U8 from its folder on, not absolute. */
  readonly relative: boolean;
  /** Name of the start volume of the Mac that Traktor runs on. */
  readonly startVolume: string;
  /** Of crates: where the drive is that they are for; null for that of each path. */
  readonly drive: FilePlace | null;
  /** Of grids and cues: those that a person made in a DJ program where there are any, or always those that were heard. */
  readonly marks: 'kept' | 'heard';
  /** Of this program. */
  readonly version: string;
  readonly force: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A file that was written. */
export interface ExportedFile {
  readonly format: LibraryFormat;
  readonly path: string;
  readonly tracks: number;
  readonly playlists: number;
  /** What of the library is not in it. */
  readonly remarks: readonly string[];
}

interface Prepared extends ExportedFile {
  readonly content: string | Uint8Array;
}

/**
 * Writes playlists of the library, or the whole of it, for other programs: all files, or none.
 * @throws WorkflowError 'denied' for what is in the way; LibraryError 'missing' for a playlist; ExchangeError for what a format cannot say
 */
export async function exportLibrary(library: Database, options: LibraryExportOptions): Promise<ExportedFile[]> {
  const chosen = await chosenTracks(library, options);
  const files: Prepared[] = [];
  for (const format of options.formats) files.push(...(await WRITERS[format](library, chosen, options)));
  await checkFiles(
    options.folder,
    files.map(({ path }) => path),
    options.force,
  );
  for (const folder of new Set([options.folder, ...files.map(({ path }) => dirname(path))])) await makeFolder(folder);
  await writeAllWhole(files);
  return files.map(({ content: _, ...file }) => file);
}

type Writer = (library: Database, chosen: ChosenTracks, options: LibraryExportOptions) => Promise<Prepared[]>;

const WRITERS: Readonly<Record<LibraryFormat, Writer>> = {
  rekordbox: async (library, chosen, options) => {
    const sources = ['rekordbox', 'traktor', 'serato'];
    const { collection, ...file } = await prepared(library, chosen, options, REKORDBOX_GRIDS, sources);
    const path = join(options.folder, `${options.name}.rekordbox.xml`);
    return [{ ...file, format: 'rekordbox', path, content: writeRekordbox(collection, options.version) }];
  },
  nml: async (library, chosen, options) => {
    const sources = ['traktor', 'rekordbox', 'serato'];
    const { collection, ...file } = await prepared(library, chosen, options, TRAKTOR_GRIDS, sources);
    const path = join(options.folder, `${options.name}.nml`);
    const uuidOf = (list: DjPlaylist) => listId(list, collection);
    return [{ ...file, format: 'nml', path, content: writeNml(collection, { ...options, uuidOf }) }];
  },
  m3u8: async (library, chosen, options) => {
    const { collection, remarks } = await prepared(library, chosen, options, null, []);
    const folder = options.relative ? relocated(placeOf(resolve(options.folder)), options.relocations) : null;
    return m3u8Lists(collection, options).map(({ list, file }, i): Prepared => {
      const entries = list.tracks.map((index): M3u8Entry => {
        const track = collection.tracks[index]!;
        return { place: placeOf(track.path), title: nameOfTrack(track), seconds: track.seconds };
      });
      const path = join(options.folder, `${file}.m3u8`);
      const content = writeM3u8(entries, list.name, folder);
      return { format: 'm3u8', path, content, tracks: entries.length, playlists: 1, remarks: i === 0 ? remarks : [] };
    });
  },
  serato: async (library, chosen, options) => {
    const { collection, remarks } = await prepared(library, chosen, options, null, []);
    return crateFiles(collection, options).map((file, i): Prepared => {
      return { ...file, format: 'serato', remarks: i === 0 ? [...remarks, ...file.remarks] : file.remarks };
    });
  },
};

/** Where crates lie from the root of their drive on. */
const CRATES = join('_Serato_', 'Subcrates');

/** A crate for each playlist; one of all tracks where the library has no playlists. */
function crateFiles({ tracks, playlists }: DjCollection, { folder, name, drive }: LibraryExportOptions) {
  const all: DjPlaylist = { folders: [], name, tracks: tracks.map((_, i) => i) };
  const lists = playlists.length === 0 ? [all] : playlists;
  const names = eachOnce(lists, fileOfCrate);
  return lists.map((list, i) => {
    const remarks: string[] = [];
    const paths = new Set<string>();
    for (const index of list.tracks) {
      const { path } = tracks[index]!;
      const inCrate = pathInCrate(placeOf(path), drive);
      if (inCrate === null) remarks.push(`${path} is left out: it is not on that drive`);
      else if (paths.has(inCrate)) remarks.push(`${path} is in it once: crates have a track once`);
      else paths.add(inCrate);
    }
    const content = writeSeratoCrate({ tracks: [...paths], others: [] });
    return { path: join(folder, CRATES, names[i]!), content, tracks: paths.size, playlists: 1, remarks };
  });
}

/** The collection for a program, and what is told of the file that it is in. */
async function prepared(
  library: Database,
  chosen: ChosenTracks,
  { relocations, marks, signal }: LibraryExportOptions,
  grids: GridMarkOptions | null,
  sources: readonly string[],
) {
  const marksOf = marks === 'kept' ? sources : [];
  const { collection, remarks } = await libraryCollection(library, chosen, { relocations, grids, marksOf, signal });
  const { tracks, playlists } = collection;
  return {
    collection,
    tracks: tracks.length,
    playlists: playlists.length,
    remarks: [...chosen.remarks, ...remarks],
  };
}

/** A list for each file: all tracks where the whole library is asked for, then each playlist under a name of its own. */
function m3u8Lists({ tracks, playlists }: DjCollection, options: LibraryExportOptions) {
  const { name } = options;
  if (options.playlists?.length === 1) return playlists.map((list) => ({ list, file: name }));
  const names = playlistFileNames(playlists);
  const lists = playlists.map((list, i) => ({ list, file: `${name} - ${names[i]}` }));
  const all: DjPlaylist = { folders: [], name, tracks: tracks.map((_, i) => i) };
  return options.playlists === null ? [{ list: all, file: name }, ...lists] : lists;
}

/** What Traktor knows a list by: the same for the same tracks under the same name. */
function listId({ folders, name, tracks }: DjPlaylist, collection: DjCollection): string {
  const hash = createHash('sha256').update(JSON.stringify([folders, name]));
  for (const index of tracks) hash.update(`\n${collection.tracks[index]!.path}`);
  return hash.digest('hex').slice(0, 32);
}
