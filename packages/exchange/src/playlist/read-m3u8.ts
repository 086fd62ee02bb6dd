import { Remarks } from '../collection/remarks.ts';
import { ExchangeError } from '../errors.ts';
import { FURTHEST_SECONDS, LONGEST_NAME, LONGEST_TEXT, MOST_TRACKS } from '../limits.ts';
import { type FilePlace, pathOf, placeOf } from '../paths/file-place.ts';
import { isFileUri, placeOfUri } from '../paths/file-uri.ts';
import { numberIn } from '../text/attributes.ts';

export interface ReadM3u8Entry {
  /** Absolute. */
  readonly path: string;
  readonly title: string | null;
  readonly seconds: number | null;
}

export interface ReadM3u8 {
  readonly name: string | null;
  readonly entries: readonly ReadM3u8Entry[];
  readonly remarks: readonly string[];
}

const FORMAT = 'M3U playlist';
const NAME = '#PLAYLIST:';
const FACTS = '#EXTINF:';

/** What a directive tells of the track after it. */
type Told = Omit<ReadM3u8Entry, 'path'>;
const NOTHING_TOLD: Told = { title: null, seconds: null };

/**
 * Reads a playlist, extended or plain: paths of any system, relative ones from its folder, and file URIs. Addresses on the
 * network are left out with a remark.
 * Source: as `writeM3u8`.
 * @param folder where the playlist is
 * @throws ExchangeError 'limit'
 */
export function readM3u8(text: string, folder: FilePlace): ReadM3u8 {
  if (text.length > LONGEST_TEXT) {
    throw new ExchangeError('limit', `the ${FORMAT} has ${text.length} characters; at most ${LONGEST_TEXT} are read`);
  }
  const remarks = new Remarks();
  const entries: ReadM3u8Entry[] = [];
  let name: string | null = null;
  let told: Told = NOTHING_TOLD;
  for (const line of linesOf(text)) {
    if (line.startsWith(NAME)) name = line.slice(NAME.length).trim().slice(0, LONGEST_NAME) || null;
    if (line.startsWith(FACTS)) told = factsIn(line.slice(FACTS.length));
    if (line.startsWith('#')) continue;
    if (entries.length >= MOST_TRACKS) throw new ExchangeError('limit', `the ${FORMAT} has over ${MOST_TRACKS} tracks`);
    const path = pathIn(line, folder, remarks);
    if (path !== null) entries.push({ path, ...told });
    told = NOTHING_TOLD;
  }
  return { name, entries, remarks: remarks.list() };
}

/** Length, perhaps attributes, and after the first comma the title. */
function factsIn(text: string): Told {
  const comma = text.indexOf(',');
  const length = /^\s*[\d.]+/.exec(comma < 0 ? text : text.slice(0, comma))?.[0];
  const title = comma < 0 ? '' : text.slice(comma + 1, comma + 1 + LONGEST_NAME).trim();
  return { title: title || null, seconds: numberIn(length, 0, FURTHEST_SECONDS) };
}

function* linesOf(text: string): Generator<string> {
  for (const { 0: line } of text.replace(/^\ufeff/, '').matchAll(/[^\r\n]+/g)) {
    if (line.trim() !== '') yield line.trim();
  }
}

function pathIn(line: string, folder: FilePlace, remarks: Remarks): string | null {
  try {
    if (line.length > LONGEST_NAME) throw new ExchangeError('limit', `it has over ${LONGEST_NAME} characters`);
    if (isFileUri(line)) return pathOf(placeOfUri(line));
    if (/^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(line)) throw new ExchangeError('unsupported', 'it is on the network');
    if (/^(?:[A-Za-z]:[\\/]|\/|\\\\)/.test(line)) return pathOf(placeOf(line));
    const separator = folder.root === 'posix' ? '/' : '\\';
    return pathOf(placeOf(`${pathOf(folder)}${separator}${line}`));
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    remarks.add(`"${line.slice(0, 200)}" is left out: ${error.message}`);
    return null;
  }
}
