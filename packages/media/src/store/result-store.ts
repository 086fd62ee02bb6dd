/** What is known of something that is stored. */
export interface StoredBytes {
  /** SHA-256 of the bytes, in hexadecimal digits. */
  readonly key: string;
  readonly bytes: number;
}

/** Something that is stored, as a list of all has it. */
export interface StoredItem extends StoredBytes {
  /** When it was stored last. */
  readonly storedAt: Date;
}

/** A piece of something that is stored, in bytes: `end` is not in it. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Where results lie: analyses, plans, renders. Each is stored under the hash of its bytes, so that storing it twice (a job that
 * was begun again) leaves one, and a key means the same bytes for ever. A folder is one (`folder-store.ts`); another kind of
 * place is another file with these functions.
 */
export interface ResultStore {
  /** Where it is, for people. */
  readonly place: string;
  /** Whole or not at all. @throws MediaError 'denied' when it cannot be written: the disk is full, or read-only */
  put(content: Uint8Array | string): Promise<StoredBytes>;
  /** Takes a file away from where it is. @throws MediaError */
  take(path: string): Promise<StoredBytes>;
  /** Undefined when there is nothing of that key. */
  find(key: string): Promise<StoredBytes | undefined>;
  /** All that is stored, in no order; what comes or goes meanwhile may be in it or not. @throws MediaError */
  list(): AsyncIterable<StoredItem>;
  /** The bytes, or a span of them, piece by piece. @throws MediaError 'missing' */
  read(key: string, span?: ByteSpan): AsyncIterable<Uint8Array>;
  /** Whether or not there is something of that key. */
  remove(key: string): Promise<void>;
  /**
   * A folder on this machine to make a file in that is then taken; on the disk of the store where that saves copying. It is
   * empty, and goes away, with what is left in it, when it is disposed of.
   */
  workshop(): Promise<AsyncDisposable & { readonly folder: string }>;
}
