import type { Answer, Asked, EventsOperation, MediaOperation, OperationName, ToldEvent } from '@tutti/contract/api';
import type { Accounts, BrowserHeaders, LibrarySounds, Person, UploadStore, UserJobs } from '@tutti/workflows';
import type { ServedBytes } from '../answer/send-bytes.ts';
import type { MadeBytes } from '../answer/send-made.ts';
import type { Transcoders } from '../answer/transcoders.ts';
import type { Caller } from '../guard/caller.ts';

/** What handlers work with. */
export interface Service extends UserJobs {
  readonly accounts: Accounts;
  /** The sounds of the library, in memory from the first question on. */
  sounds(): Promise<LibrarySounds>;
  readonly uploads: UploadStore;
  readonly transcoders: Transcoders;
  /** Aborted when the service is to end: who tells events stops. */
  readonly closing: AbortSignal;
}

/** What a handler knows of who asks, beside what is asked. */
export interface Asker {
  /** Aborted when the asker has gone, or the service ends. */
  readonly signal: AbortSignal;
  /** The `id` of the last event that it was told. */
  readonly lastEventId: string | undefined;
  /** How many bytes are sent, of an operation that takes some; undefined where that is not told. */
  readonly length: number | undefined;
  /** Those bytes, once. */
  bytes(): AsyncIterable<Uint8Array>;
  /** Whom the service takes it for. */
  readonly caller: Caller;
  readonly browser: BrowserHeaders;
  /** From now on it is this person; the browser is to keep these cookies. */
  enter(person: Person, cookies: readonly string[]): void;
}

type Given<Name extends OperationName> = Name extends MediaOperation
  ? ServedBytes | MadeBytes
  : Name extends EventsOperation
    ? AsyncGenerator<ToldEvent<Name>>
    : Answer<Name>;

/** What does each operation: all of them, or the service does not compile. */
export type Handlers = {
  readonly [Name in OperationName]: (service: Service, asked: Asked<Name>, asker: Asker) => Promise<Given<Name>>;
};
