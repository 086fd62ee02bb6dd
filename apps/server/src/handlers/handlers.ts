import type { Answer, Asked, EventsOperation, MediaOperation, OperationName, ToldEvent } from '@tutti/contract/api';
import type { LibrarySounds, UserJobs } from '@tutti/workflows';
import type { ServedBytes } from '../answer/send-bytes.ts';

/** What handlers work with. */
export interface Service extends UserJobs {
  /** The sounds of the library, in memory from the first question on. */
  sounds(): Promise<LibrarySounds>;
  /** Aborted when the service is to end: who tells events stops. */
  readonly closing: AbortSignal;
}

/** What a handler knows of who asks, beside what is asked. */
export interface Asker {
  /** Aborted when the asker has gone, or the service ends. */
  readonly signal: AbortSignal;
  /** The `id` of the last event that it was told. */
  readonly lastEventId: string | undefined;
}

type Given<Name extends OperationName> = Name extends MediaOperation
  ? ServedBytes
  : Name extends EventsOperation
    ? AsyncGenerator<ToldEvent<Name>>
    : Answer<Name>;

/** What does each operation: all of them, or the service does not compile. */
export type Handlers = {
  readonly [Name in OperationName]: (service: Service, asked: Asked<Name>, asker: Asker) => Promise<Given<Name>>;
};
