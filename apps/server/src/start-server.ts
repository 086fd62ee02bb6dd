import { availableParallelism } from 'node:os';
import {
  failureOf,
  forgetOldAnswers,
  LibrarySounds,
  UploadStore,
  type UserJobs,
  type UserLibrary,
  uploadsFolder,
  withJobs,
  workOnJobs,
} from '@tutti/workflows';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Transcoders } from './answer/transcoders.ts';
import { type Connections, knownConnections } from './connections.ts';
import { openEntrance } from './guard/first-start.ts';
import type { Rate } from './guard/request-rates.ts';
import type { Service } from './handlers/handlers.ts';
import { makeService } from './make-service.ts';
import { ServiceMetrics } from './metrics/service-metrics.ts';
import { withTraces } from './traces/start-traces.ts';

export interface ServerOptions {
  readonly version: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** An address of this machine, or all of them (`0.0.0.0`, `::`); that which only the machine itself reaches when absent. */
  readonly host?: string | undefined;
  readonly logLevel: 'error' | 'info' | 'debug';
  /** What works on the jobs in this process may use; nothing does where it is absent. */
  readonly work?: Parameters<typeof workOnJobs>[1]['capacity'];
  /** Ends the service: what runs is finished, nothing new is taken. */
  readonly signal: AbortSignal;
  /** Told where it listens. */
  readonly onListening: (origin: string) => void;
  /** Told the link by which the owner makes the first account, as long as there is none. */
  readonly onInvitation?: (link: string) => void;
  /** How often each person, and each address of somebody who is not known, may ask. */
  readonly rate?: Rate;
}

/** The address that only this machine reaches. */
const OWN_ADDRESS = '127.0.0.1';
/** How long requests that are under way may take when the service ends. */
const GRACE_MILLISECONDS = 10_000;
const TIDY_MILLISECONDS = 3_600_000;
const UNUSED_MILLISECONDS = 50;

/**
 * Runs the service until `signal` is aborted: then requests that are under way are answered, and jobs are given the time to
 * end or go back into the queue. It writes its log as lines of JSON on stderr.
 * @throws LibraryError when the library cannot be opened; WorkflowError 'denied' when others are to reach it and nobody has an
 *   account; Error when the port is taken
 */
export async function runServer(options: ServerOptions): Promise<void> {
  const {
    version,
    port,
    logLevel,
    work,
    signal,
    onListening,
    host = OWN_ADDRESS,
    rate,
    onInvitation = () => {},
  } = options;
  const logger = pino({ level: logLevel }, pino.destination({ dest: 2, sync: true }));
  const say = (what: string) => logger.info(what);
  const metrics = new ServiceMetrics();
  const serve = (user: UserJobs) =>
    withSounds(user, async (sounds) => {
      const uploads = new UploadStore(uploadsFolder());
      const transcoders = new Transcoders(Math.max(2, availableParallelism()));
      const { accounts, guarded, welcomeLink } = await openEntrance(user.library, { host, rate, logger });
      const service = { ...user, sounds, uploads, transcoders, accounts, closing: signal };
      const app = makeService(service, { version, logger, guarded, metrics });
      const stopTidying = keepTidy(user.library, uploads, say);
      const connections = knownConnections(app.server);
      try {
        const origin = await app.listen({ host, port });
        const link = await welcomeLink(origin);
        if (link !== undefined) onInvitation(link);
        onListening(origin);
        await new Promise<void>((resolve) => {
          if (signal.aborted) resolve();
          else signal.addEventListener('abort', () => resolve(), { once: true });
        });
      } finally {
        await closed(app, connections);
        stopTidying();
      }
    });
  await withTraces(version, () =>
    withJobs({ say, signal }, async (user) => {
      if (work) await workOnJobs(user, { capacity: work, say, observer: metrics }, () => serve(user));
      else await serve(user);
    }),
  );
}

/** Removes uploads that were left, and answers that nobody asks for again, now and every hour. @returns ends it */
function keepTidy(library: UserLibrary, uploads: UploadStore, say: (what: string) => void): () => void {
  const tidy = () =>
    Promise.all([uploads.tidy(new Date()), forgetOldAnswers(library)]).catch((error: unknown) =>
      say(`what is old could not be removed: ${failureOf(error).message}`),
    );
  void tidy();
  const again = setInterval(tidy, TIDY_MILLISECONDS);
  return () => clearInterval(again);
}

/** Ends a service: what was asked is answered within the time that there is, and connections that only wait are closed. */
async function closed(app: FastifyInstance, connections: Connections): Promise<void> {
  const unused = setInterval(() => connections.closeUnused(), UNUSED_MILLISECONDS);
  const late = setTimeout(() => app.server.closeAllConnections(), GRACE_MILLISECONDS);
  try {
    await app.close();
  } finally {
    clearInterval(unused);
    clearTimeout(late);
  }
}

/** Opens the sounds of a library when they are first asked for, and closes them after `work`. */
async function withSounds({ library }: UserJobs, work: (sounds: Service['sounds']) => Promise<void>): Promise<void> {
  let opened: Promise<LibrarySounds> | undefined;
  try {
    await work(() => {
      opened ??= LibrarySounds.open(library).catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    });
  } finally {
    await (await opened?.catch(() => undefined))?.close();
  }
}
