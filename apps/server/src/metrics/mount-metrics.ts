import type { UserJobs } from '@tutti/workflows';
import type { FastifyInstance } from 'fastify';
import { queueAndDatabase } from './queue-and-database.ts';
import type { ServiceMetrics } from './service-metrics.ts';

/** Counts and times the answers of a service, and answers `/metrics`. To be called before routes are made. */
export function mountMetrics(
  app: FastifyInstance,
  service: Pick<UserJobs, 'library' | 'queue'>,
  metrics: ServiceMetrics,
): void {
  app.addHook('onRequest', async () => metrics.began());
  // Also where the asker has gone before the end: then as well the answer is over.
  app.addHook('onResponse', async (request, reply) => {
    const { config, url = 'none' } = request.routeOptions;
    const seconds = reply.elapsedTime / 1000;
    metrics.answered({
      operation: config?.operation ?? url,
      ...{ method: request.method, status: reply.statusCode, seconds },
    });
  });
  app.get('/metrics', async (_, reply) => {
    const text = `${await metrics.registry.metrics()}\n${await queueAndDatabase(service)}`;
    return reply.type(metrics.registry.contentType).send(text);
  });
}
