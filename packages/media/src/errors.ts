/** The closed set of kinds that the outside sees (`error.kind` in JSON). */
export type MediaErrorKind =
  | 'unsupported'
  | 'corrupt'
  | 'empty'
  | 'limit'
  | 'missing'
  | 'denied'
  | 'cancelled'
  | 'internal';

export interface MediaErrorDetails {
  readonly path?: string;
  readonly cause?: unknown;
  /** The program that would have made it work. */
  readonly needs?: 'ffmpeg';
}

/** Why a file could not be read or written: what, where, and what would be right. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
  readonly kind: MediaErrorKind;
  /** The file at hand, readable (bytes that are no UTF-8 are shown as U+FFFD). */
  readonly path: string | undefined;
  readonly needs: 'ffmpeg' | undefined;

  constructor(kind: MediaErrorKind, message: string, details: MediaErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.path = details.path;
    this.needs = details.needs;
  }
}

/** What the system says, as one of our kinds and in words a person can act on. */
const SYSTEM_CODES: Readonly<Record<string, readonly [MediaErrorKind, string]>> = {
  ENOENT: ['missing', 'there is no such file or folder'],
  ENOTDIR: ['missing', 'a part of the path is a file, not a folder'],
  EACCES: ['denied', 'permission denied'],
  EPERM: ['denied', 'not permitted'],
  EROFS: ['denied', 'the disk is read-only'],
  EISDIR: ['denied', 'this is a folder, not a file'],
  EEXIST: ['denied', 'the file exists already'],
  ENOSPC: ['denied', 'the disk is full'],
  EDQUOT: ['denied', 'the disk quota is used up'],
  EFBIG: ['limit', 'the file is too large for this disk'],
  ENAMETOOLONG: ['denied', 'the name is too long'],
  ELOOP: ['missing', 'the links lead in a circle'],
  EMFILE: ['internal', 'too many files are open at once'],
  EIO: ['corrupt', 'the disk reports a read or write error'],
};

/** Wraps whatever was thrown while `doing` something with `path`; a MediaError passes as it is. */
export function toMediaError(error: unknown, path: string, doing: string): MediaError {
  if (error instanceof MediaError) return error;
  if (error instanceof Error && error.name === 'AbortError') return cancelled(path, error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = SYSTEM_CODES[code];
  if (known) return new MediaError(known[0], `cannot ${doing} ${path}: ${known[1]}`, { path, cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new MediaError('internal', `cannot ${doing} ${path}: ${reason}`, { path, cause: error });
}

function cancelled(path: string, cause?: unknown): MediaError {
  return new MediaError('cancelled', `cancelled while working on ${path}`, { path, cause });
}

/** Throws a 'cancelled' error when the signal has been raised. */
export function throwIfCancelled(signal: AbortSignal | undefined, path: string): void {
  if (signal?.aborted) throw cancelled(path, signal.reason);
}
