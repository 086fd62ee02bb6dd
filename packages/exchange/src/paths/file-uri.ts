import { ExchangeError } from '../errors.ts';
import { type FilePlace, placeOf } from './file-place.ts';

/**
 * The place as a file URI. All but letters, digits and `-_.!~*'()` is escaped as UTF-8, so that any reader of RFC 3986
 * gives the same path back; the colon of a drive stays, as the programs themselves write it.
 * Source: RFC 8089, sections 2 and appendix E.2 (drives), E.3.1 (shares).
 * @param authority of a local file: empty, or `localhost` where a format asks for it; a share has its own host
 */
export function fileUri(place: FilePlace, authority: '' | 'localhost'): string {
  const path = place.names.map(encodeURIComponent).join('/');
  if (place.root === 'share') return `file://${encodeURIComponent(place.host)}/${path}`;
  return `file://${authority}/${place.root === 'drive' ? `${place.letter}:/` : ''}${path}`;
}

/** Whether a line is a file URI, and no path. */
export function isFileUri(text: string): boolean {
  return /^file:/i.test(text);
}

/**
 * Reads a file URI as programs write them: `file:///music/a.mp3`, `file://localhost/C:/Music/a.mp3`,
 * `file:/music/a.mp3`, `file://nas/music/a.mp3`, `file:////nas/music/a.mp3`.
 * @throws ExchangeError 'corrupt'
 */
export function placeOfUri(uri: string): FilePlace {
  const parts = /^file:(?:\/\/([^/]*)(\/.*)|(\/(?!\/).*))$/is.exec(uri);
  if (!parts) throw corrupt(uri, 'it is no file URI');
  const [, host = '', withHost, path = withHost] = parts;
  try {
    const names = path!.slice(1).split('/').map(decodeURIComponent);
    const drive = /^([A-Za-z])[:|]$/.exec(path!.slice(1).split('/')[0]!)?.[1];
    if (names.some((name) => /[/\0]/.test(name))) throw corrupt(uri, 'a name in it has a slash or a zero');
    if (host !== '' && host.toLowerCase() !== 'localhost') {
      return placeOf(`\\\\${decodeURIComponent(host)}\\${names.join('\\')}`);
    }
    if (names[0] === '' && names.length > 2) return placeOf(`\\\\${names.slice(1).join('\\')}`);
    if (drive !== undefined) return placeOf(`${drive}:\\${names.slice(1).join('\\')}`);
    return placeOf(`/${names.join('/')}`);
  } catch (error) {
    if (error instanceof ExchangeError && error.kind === 'corrupt') throw error;
    throw corrupt(uri, (error as Error).message, error);
  }
}

function corrupt(uri: string, why: string, cause?: unknown): ExchangeError {
  return new ExchangeError(
    'corrupt',
    `${JSON.stringify(uri.slice(0, 200))} cannot be read as the place of a file: ${why}`,
    cause,
  );
}
