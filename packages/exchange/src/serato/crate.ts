import { Remarks } from '../collection/remarks.ts';
import { ExchangeError } from '../errors.ts';
import { LONGEST_NAME, MOST_TRACKS } from '../limits.ts';
import { uint32, viewOf } from './bytes.ts';

/** A record of a crate that is not understood, as it stands: how it is sorted, its columns and their widths. */
export interface SeratoRecord {
  /** Four characters of ASCII. */
  readonly tag: string;
  readonly data: Uint8Array;
}

/** A list of Serato. Its name is that of its file. */
export interface SeratoCrate {
  /** Paths from the root of the drive, with slashes and none before the first name; each once. */
  readonly tracks: readonly string[];
  readonly others: readonly SeratoRecord[];
}

export interface ReadSeratoCrate {
  readonly crate: SeratoCrate;
  readonly remarks: readonly string[];
}

/** What the version of a crate is: Serato passes over what is in a crate of any other. */
const VERSION = '1.0/Serato ScratchLive Crate';
/** Of any version. */
const KIND = /\/Serato ScratchLive Crate$/;

/** Bytes that are read: a hundred thousand long paths are some twenty millions. */
export const LONGEST_CRATE = 2 ** 26;
/** Records beside those of tracks; there is one for each column. */
const MOST_OTHERS = 1000;
const HEAD = 8;

/**
 * Reads a `.crate` file of `_Serato_/Subcrates`: records of a tag of four characters, the length in four bytes, most significant
 * first, and the data; those whose tag begins with `o` hold records, `p` and `t` text in UTF-16, most significant byte first.
 * A track that is damaged is left out with a remark, and so is what comes after a record that is cut off.
 * Source: K. Staley and others, "Serato Database Format", Mixxx wiki.
 * @throws ExchangeError 'unsupported' (no crate), 'limit'
 */
export function parseSeratoCrate(bytes: Uint8Array): ReadSeratoCrate {
  if (bytes.length > LONGEST_CRATE)
    throw new ExchangeError('limit', `the crate has ${bytes.length} bytes; at most ${LONGEST_CRATE} are read`);
  const remarks = new Remarks();
  const tracks = new Set<string>();
  const others: SeratoRecord[] = [];
  let isCrate = false;
  for (const record of recordsIn(bytes, remarks)) {
    if (!isCrate) {
      isCrate = record.tag === 'vrsn' && KIND.test(textIn(record.data) ?? '');
      if (!isCrate) break;
    } else if (record.tag === 'otrk') {
      const path = pathIn(record.data, remarks);
      if (path === null) remarks.add(`a track of ${record.data.length} bytes is left out: it has no usable path`);
      else tracks.add(path);
    } else if (others.length < MOST_OTHERS) others.push(record);
    else throw new ExchangeError('limit', `the crate has over ${MOST_OTHERS} records beside its tracks`);
    if (tracks.size > MOST_TRACKS) throw new ExchangeError('limit', `the crate has over ${MOST_TRACKS} tracks`);
  }
  if (!isCrate) throw new ExchangeError('unsupported', `it is no crate: a crate begins with its version, "${VERSION}"`);
  return { crate: { tracks: [...tracks], others }, remarks: remarks.list() };
}

/**
 * The bytes of a crate: its version, what is not understood, and the tracks.
 * Source: as `parseSeratoCrate`.
 * @throws ExchangeError 'unsupported' for a path that is none from the root of a drive, 'limit'
 */
export function writeSeratoCrate({ tracks, others }: SeratoCrate): Uint8Array {
  const paths = [...new Set(tracks)];
  for (const path of paths) if (!isPath(path)) throw unusable(path);
  if (paths.length > MOST_TRACKS)
    throw new ExchangeError('limit', `a crate has at most ${MOST_TRACKS} tracks, not ${paths.length}`);
  const records = [
    written({ tag: 'vrsn', data: utf16(VERSION) }),
    ...others.map(written),
    ...paths.map((path) => written({ tag: 'otrk', data: written({ tag: 'ptrk', data: utf16(path) }) })),
  ];
  const bytes = new Uint8Array(records.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const record of records) {
    bytes.set(record, at);
    at += record.length;
  }
  return bytes;
}

function* recordsIn(bytes: Uint8Array, remarks: Remarks): Generator<SeratoRecord> {
  const view = viewOf(bytes);
  for (let at = 0; at < bytes.length; ) {
    const tag = new TextDecoder('latin1').decode(bytes.subarray(at, at + 4));
    const end = at + HEAD <= bytes.length ? at + HEAD + view.getUint32(at + 4) : Number.POSITIVE_INFINITY;
    if (end > bytes.length || !/^[ -~]{4}$/.test(tag)) {
      remarks.add(`what comes from byte ${at} of ${bytes.length} on is left out: it is cut off, or damaged`);
      return;
    }
    yield { tag, data: bytes.slice(at + HEAD, end) };
    at = end;
  }
}

function pathIn(track: Uint8Array, remarks: Remarks): string | null {
  for (const { tag, data } of recordsIn(track, remarks)) {
    const path = tag === 'ptrk' ? textIn(data)?.replace(/\0+$/, '') : undefined;
    if (path !== undefined) return isPath(path) ? path : null;
  }
  return null;
}

/** Undefined for what is no UTF-16. */
function textIn(data: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return undefined;
  }
}

function isPath(path: string): boolean {
  if (path.length > LONGEST_NAME || path.includes('\0') || !path.isWellFormed()) return false;
  return path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
}

function unusable(path: string): ExchangeError {
  return new ExchangeError(
    'unsupported',
    `${JSON.stringify(path.slice(0, 200))} is no path from the root of a drive, as Music/a.mp3 is`,
  );
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = viewOf(bytes);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i));
  return bytes;
}

function written({ tag, data }: SeratoRecord): Uint8Array {
  const bytes = new Uint8Array(HEAD + data.length);
  bytes.set(new TextEncoder().encode(tag).subarray(0, 4));
  bytes.set(uint32(data.length), 4);
  bytes.set(data, HEAD);
  return bytes;
}
