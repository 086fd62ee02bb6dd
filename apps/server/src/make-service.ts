import { randomUUID } from 'node:crypto';
import { API_BASE, openApiDocument } from '@tutti/contract/api';
import { failureOf } from '@tutti/workflows';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { type GuardOptions, guard } from './guard/guard.ts';
import { mountWelcome } from './guard/welcome-page.ts';
import { HANDLERS } from './handlers/all-handlers.ts';
import type { Service } from './handlers/handlers.ts';
import { mountMetrics } from './metrics/mount-metrics.ts';
import { ServiceMetrics } from './metrics/service-metrics.ts';
import { mountOperations } from './mount-operations.ts';
import { problemOf, refuse, wrongRequest } from './problem-answer.ts';
import { refuseSlowBodies } from './slow-bodies.ts';
import { mountTraces } from './traces/mount-traces.ts';
import { refuseUnreadable } from './unreadable-request.ts';

/** Most bytes of a request that is no upload. */
const BODY_BYTES = 2 ** 20;
/** How long a request may take to come in, and a song. */
const REQUEST_MILLISECONDS = 60_000;
const UPLOAD_MILLISECONDS = 86_400_000;
/** How long the database may take to say that it is there. */
const READY_MILLISECONDS = 2000;
const DESCRIPTION = `${API_BASE}/openapi.json`;
const NUMBER = /^[\w-]{8,64}$/;

export interface ServiceOptions {
  readonly version: string;
  readonly logger: FastifyBaseLogger;
  readonly guarded: Omit<GuardOptions, 'accounts'>;
  /** Those of this process, where they are told of its jobs as well. */
  readonly metrics?: ServiceMetrics | undefined;
}

/** The service, ready to listen; whoever calls closes it. */
export function makeService(
  service: Service,
  { version, logger, guarded, metrics = new ServiceMetrics() }: ServiceOptions,
): FastifyInstance {
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    bodyLimit: BODY_BYTES,
    requestTimeout: UPLOAD_MILLISECONDS,
    // What stands before the service is on its machine: that it says from where somebody asks is believed.
    trustProxy: guarded.publicOrigin === undefined ? false : 'loopback',
    forceCloseConnections: 'idle',
    clientErrorHandler: refuseUnreadable,
    routerOptions: { maxParamLength: 200 },
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && NUMBER.test(given) ? given : randomUUID();
    },
  });

  mountTraces(app);
  mountMetrics(app, service, metrics);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
  });
  refuseSlowBodies(app, REQUEST_MILLISECONDS);
  guard(app, { ...guarded, accounts: service.accounts });
  app.setNotFoundHandler((request, reply) =>
    refuse(
      reply,
      wrongRequest(
        404,
        'There is no such path',
        `${request.method} ${request.url} is none of ${DESCRIPTION}`,
        request.id,
      ),
    ),
  );
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500)
      return refuse(reply, wrongRequest(status, 'The request cannot be read', error.message, request.id));
    request.log.error({ err: error }, 'failed');
    return refuse(reply, problemOf({ kind: 'internal', message: failureOf(error).message }, request.id));
  });

  const open = { config: { needs: null } };
  app.get('/healthz', open, () => ({ status: 'up' }));
  app.get('/readyz', open, async (request, reply) => {
    const silent = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('no answer')), READY_MILLISECONDS).unref();
    });
    try {
      await Promise.race([service.library.run('SELECT 1'), silent]);
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'the database does not answer');
      return refuse(reply, wrongRequest(503, 'Not ready', 'the database does not answer', request.id));
    }
  });
  const document = JSON.stringify(openApiDocument(version));
  app.get(DESCRIPTION, open, (_, reply) => reply.type('application/json; charset=utf-8').send(document));
  mountWelcome(app);
  mountOperations(app, service, HANDLERS);
  return app;
}
