import { basename, resolve } from 'node:path';
import { type Database, type ListedTrack, listTracks } from '@tutti/library';
import type { Filter } from '@tutti/music/filter';
import { WorkflowError } from '../failure.ts';
import { askedHere, nameOfTrack } from './list-library.ts';

/** Tracks that are looked at. */
const MOST = 100;

/**
 * The track of the library that a person names: by path, by the name of its file with or without ending, by title, by artist and
 * title, or by words that only this one has.
 * @throws WorkflowError 'missing' when it is none of them, 'unsupported' when it is several
 */
export async function findTrack(library: Database, name: string): Promise<ListedTrack> {
  const meant = async (filter: Filter) => (await listTracks(library, { filter, ...askedHere(), limit: MOST })).tracks;
  const path = resolve(name);
  const atPath = await meant({ kind: 'text', field: 'path', text: path, exact: true });
  const there = atPath.find((track) => track.path === path);
  if (there) return there;
  const named = await meant({
    kind: 'any',
    of: [
      { kind: 'text', field: 'title', text: name, exact: true },
      { kind: 'text', field: 'path', text: name, exact: false },
    ],
  });
  const words = await meant({ kind: 'words', words: name, phrase: false });
  const isNamed = (track: ListedTrack) => {
    const file = basename(track.path);
    return [file, file.replace(/\.[^.]+$/, ''), track.title, nameOfTrack(track)].includes(name);
  };
  const all = [...new Map([...named, ...words].map((track) => [track.id, track])).values()];
  const exact = all.filter(isNamed);
  const [found, other] = exact.length > 0 ? exact : words;
  if (found === undefined) throw new WorkflowError('missing', `${name} is no track of the library`);
  if (other !== undefined)
    throw new WorkflowError(
      'unsupported',
      `${name} may be several tracks of the library (${found.path}, ${other.path}): name it by its path`,
    );
  return found;
}
