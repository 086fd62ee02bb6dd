import type { z } from 'zod';
import { ACCOUNT_OPERATIONS } from './accounts.ts';
import { followLibrary } from './events.ts';
import { cancelJob, followJob, getJob, listJobs, retryJob, submitJob } from './jobs.ts';
import type { Operation } from './operation.ts';
import { getPicture, listPictures } from './pictures.ts';
import { getResult } from './results.ts';
import { addRoot, listRoots, removeRoot } from './roots.ts';
import { getSound, streamSound } from './sound.ts';
import { countFacets, findPath, getAnalysis, getMarks, getTrack, listSimilar, listTracks } from './tracks.ts';
import { addToUpload, beginUpload, getUpload, giveUpUpload, listUploads, uploadSong } from './uploads.ts';

/** Below what all paths are. */
export const API_BASE = '/api/v1';

/** All that the service does, by name. */
export const OPERATIONS = {
  ...{ listRoots, addRoot, removeRoot, followLibrary },
  ...{ listTracks, countFacets, getTrack, getAnalysis, getMarks, listSimilar, findPath },
  ...{ listPictures, getPicture, getSound, streamSound },
  ...{ uploadSong, beginUpload, listUploads, getUpload, addToUpload, giveUpUpload },
  ...{ submitJob, listJobs, getJob, followJob, cancelJob, retryJob, getResult },
  ...ACCOUNT_OPERATIONS,
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;
type Shape<Name extends OperationName> = (typeof OPERATIONS)[Name];

/** Those that answer bytes. */
export type MediaOperation = {
  [Name in OperationName]: Shape<Name>['answer'] extends { readonly media: readonly string[] } ? Name : never;
}[OperationName];
/** Those that answer events. */
export type EventsOperation = {
  [Name in OperationName]: Shape<Name>['answer'] extends { readonly events: object } ? Name : never;
}[OperationName];

/** What an operation is given once it is checked. */
export interface Asked<Name extends OperationName> {
  readonly params: z.output<Shape<Name>['params']>;
  readonly query: z.output<Shape<Name>['query']>;
  readonly body: Shape<Name>['body'] extends z.ZodType ? z.output<Shape<Name>['body']> : undefined;
}

/** What it answers, where that is JSON. */
export type Answer<Name extends OperationName> = Shape<Name>['answer']['schema'] extends z.ZodType
  ? z.output<Shape<Name>['answer']['schema']>
  : undefined;

type EventSchemas<Name extends EventsOperation> = Shape<Name>['answer'] extends { readonly events: infer Events }
  ? Events
  : never;

/** What happens, of an operation that tells it; `id` is what `Last-Event-ID` repeats. */
export type ToldEvent<Name extends EventsOperation> = {
  [Event in keyof EventSchemas<Name> & string]: {
    readonly event: Event;
    readonly id: string;
    readonly data: EventSchemas<Name>[Event] extends z.ZodType ? z.output<EventSchemas<Name>[Event]> : never;
  };
}[keyof EventSchemas<Name> & string];
