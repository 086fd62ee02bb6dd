import { type UserLibrary, withLibrary } from '@tutti/workflows';
import { pino } from 'pino';
import { makeService } from './make-service.ts';

export interface ServerOptions {
  readonly version: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly logLevel: 'error' | 'info' | 'debug';
  /** Ends the service: what runs is finished, nothing new is taken. */
  readonly signal: AbortSignal;
  /** Told where it listens. */
  readonly onListening: (origin: string) => void;
}

/** The address that only this machine reaches. */
const OWN_ADDRESS = '127.0.0.1';

/**
 * Runs the service until `signal` is aborted. It writes its log as lines of JSON on stderr.
 * @throws LibraryError when the library cannot be opened; Error when the port is taken
 */
export async function runServer({ version, port, logLevel, signal, onListening }: ServerOptions): Promise<void> {
  const logger = pino({ level: logLevel }, pino.destination({ dest: 2, sync: true }));
  const say = (what: string) => logger.info(what);
  await withLibrary({ say, signal }, async (library: UserLibrary) => {
    const app = makeService({ library }, { version, logger });
    try {
      onListening(await app.listen({ host: OWN_ADDRESS, port }));
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
    } finally {
      await app.close();
    }
  });
}
