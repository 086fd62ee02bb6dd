import type { FastifyInstance } from 'fastify';
import { refuse, wrongRequest } from './problem-answer.ts';

/**
 * Answers requests whose bodies come in too slowly, one byte now and then, and ends their connections. Bytes that may take
 * long are those of routes with `takesBytes` in their `config`.
 */
export function refuseSlowBodies(app: FastifyInstance, milliseconds: number): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.raw.complete || request.routeOptions.config.takesBytes) return;
    const late = setTimeout(() => {
      if (reply.sent || request.raw.complete) return;
      const detail = `a request must have come in after ${milliseconds / 1000} s`;
      refuse(reply.header('connection', 'close'), wrongRequest(408, 'Too slow', detail, request.id));
    }, milliseconds);
    request.raw.once('end', () => clearTimeout(late));
    request.raw.once('close', () => clearTimeout(late));
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes bytes of any kind, which may come in for long. */
    takesBytes?: boolean;
  }
}
