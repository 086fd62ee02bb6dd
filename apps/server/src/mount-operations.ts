import { createHash } from 'node:crypto';
import {
  API_BASE,
  OPERATIONS,
  type Operation,
  type OperationName,
  PROBLEM_TYPE,
  type Problem,
} from '@tutti/contract/api';
import { failureOf } from '@tutti/workflows';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkedRequest } from './checked-request.ts';
import type { Handlers, Service } from './handlers/handlers.ts';
import { problemOf, wrongRequest } from './problem-answer.ts';

/** Makes a route of every operation, and tells methods that a path does not have. */
export function mountOperations(app: FastifyInstance, service: Service, handlers: Handlers): void {
  const methods = new Map<string, string[]>();
  for (const [name, operation] of Object.entries(OPERATIONS) as [OperationName, Operation][]) {
    const url = `${API_BASE}${operation.path.replace(/\{(\w+)\}/g, ':$1')}`;
    methods.set(url, [...(methods.get(url) ?? []), operation.method]);
    const handle = handlers[name] as (service: Service, asked: unknown) => Promise<unknown>;
    app.route({
      method: operation.method,
      url,
      handler: async (request, reply) => {
        const { params, query, body } = request;
        const checked = checkedRequest(operation, { params, query, body });
        if ('fields' in checked) {
          const detail = checked.fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
          return refuse(
            reply,
            wrongRequest(400, 'The request is not as it should be', detail, request.id, checked.fields),
          );
        }
        try {
          return answer(request, reply, operation, await handle(service, checked.asked));
        } catch (error) {
          const failure = failureOf(error);
          if (failure.kind === 'internal') request.log.error({ err: error }, 'failed');
          return refuse(reply, problemOf(failure, request.id));
        }
      },
    });
  }
  tellOtherMethods(app, methods);
}

export function refuse(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .type(PROBLEM_TYPE)
    .send(Buffer.from(JSON.stringify(problem)));
}

/** The answer as it was promised; one that the asker has already is not sent again (RFC 9110, 13.1.2). */
function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { method, answer: promised }: Operation,
  result: unknown,
) {
  reply.code(promised.status);
  if (promised.schema === null) return reply.send();
  const text = JSON.stringify(promised.schema.parse(result));
  reply.type('application/json; charset=utf-8');
  if (method !== 'GET') return reply.send(text);
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', tag).header('cache-control', 'private, no-cache');
  const known = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known?.some((each) => each === tag || each === '*') ? reply.code(304).send() : reply.send(text);
}

function tellOtherMethods(app: FastifyInstance, methods: ReadonlyMap<string, readonly string[]>): void {
  for (const [url, own] of methods) {
    const others = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter((method) => !own.includes(method));
    app.route({
      method: others,
      url,
      ...(!own.includes('GET') && { exposeHeadRoute: false }),
      handler: (request, reply) =>
        refuse(
          reply.header('allow', own.join(', ')),
          wrongRequest(
            405,
            'Not with this method',
            `${request.method} is not for this path; ${own.join(', ')} is`,
            request.id,
          ),
        ),
    });
  }
}
