import { ExchangeError } from '../errors.ts';
import { type FilePlace, pathOf } from '../paths/file-place.ts';
import { isXmlText } from '../xml/escape-text.ts';

/** Where Traktor says that a file is. */
export interface NmlLocation {
  /** A drive with its colon, or the name of a volume of a Mac. */
  readonly volume: string;
  /** Folders between "/:", one before the first and one after the last. */
  readonly folder: string;
  readonly file: string;
}

/** What a Mac's start volume is called when nobody renamed it. */
export const USUAL_START_VOLUME = 'Macintosh HD';

const SEPARATOR = '/:';
/** Where a Mac mounts other volumes. */
const MOUNTS = 'Volumes';

/**
 * @param startVolume name of the Mac's start volume, which holds every path that is not under /Volumes
 * @throws ExchangeError 'unsupported' for a share, a folder, and names that XML cannot hold
 */
export function nmlLocationOf(place: FilePlace, startVolume: string): NmlLocation {
  const path = pathOf(place);
  if (place.root === 'share') {
    throw new ExchangeError(
      'unsupported',
      `${path} is on a network share, and how Traktor names those is not known: give the share a drive letter and relocate the path to it`,
    );
  }
  if (!isXmlText(path) || place.names.length === 0) {
    throw new ExchangeError(
      'unsupported',
      `${JSON.stringify(path)} cannot be named in an NML, whose text has no control characters`,
    );
  }
  const mounted = place.root === 'posix' && place.names[0] === MOUNTS && place.names.length > 2;
  const volume = place.root === 'drive' ? `${place.letter}:` : mounted ? place.names[1]! : startVolume;
  const names = mounted ? place.names.slice(2) : place.names;
  const folders = names.slice(0, -1).map((name) => `${name}${SEPARATOR}`);
  return { volume, folder: `${SEPARATOR}${folders.join('')}`, file: names.at(-1)! };
}

/** The one text that stands for a location in playlists. */
export function primaryKey({ volume, folder, file }: NmlLocation): string {
  return `${volume}${folder}${file}`;
}

/** @throws ExchangeError 'corrupt' */
export function placeOfNml({ volume, folder, file }: NmlLocation, startVolume: string): FilePlace {
  const names = [...folder.split(SEPARATOR).filter((name) => name !== ''), file];
  const letter = /^([A-Za-z]):$/.exec(volume)?.[1];
  const separators = letter === undefined ? /\// : /[\\/]/;
  if (file === '' || names.some((name) => separators.test(name) || name === '.' || name === '..')) {
    throw new ExchangeError('corrupt', `DIR "${folder}" with FILE "${file}" name no file`);
  }
  if (letter !== undefined) return { root: 'drive', letter: letter.toUpperCase(), names };
  if (volume === '' || volume === startVolume) return { root: 'posix', names };
  return { root: 'posix', names: [MOUNTS, volume, ...names] };
}
