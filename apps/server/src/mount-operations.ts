import { API_BASE, OPERATIONS, type Operation, type OperationName } from '@tutti/contract/api';
import { failureOf } from '@tutti/workflows';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ServedBytes, sendBytes } from './answer/send-bytes.ts';
import { EventSender } from './answer/send-events.ts';
import { sendJson } from './answer/send-json.ts';
import { checkedRequest } from './checked-request.ts';
import type { Asker, Handlers, Service } from './handlers/handlers.ts';
import { problemOf, refuse, wrongRequest } from './problem-answer.ts';
import { RequestError } from './request-error.ts';

type Handle = (service: Service, asked: unknown, asker: Asker) => Promise<unknown>;
type Told = Parameters<EventSender['send']>[2];

/** Makes a route of every operation, and tells methods that a path does not have. */
export function mountOperations(app: FastifyInstance, service: Service, handlers: Handlers): void {
  const methods = new Map<string, string[]>();
  const events = new EventSender();
  for (const [name, operation] of Object.entries(OPERATIONS) as [OperationName, Operation][]) {
    const url = `${API_BASE}${operation.path.replace(/\{(\w+)\}/g, ':$1')}`;
    methods.set(url, [...(methods.get(url) ?? []), operation.method]);
    const handle = handlers[name] as Handle;
    app.route({
      method: operation.method,
      url,
      handler: async (request, reply) => {
        try {
          const { params, query, body } = request;
          const asked = checkedRequest(operation, { params, query, body });
          const asker = askerOf(request, reply, service.closing);
          const given = await handle(service, asked, asker);
          // What a handler gives is held to its operation by the type of `Handlers`.
          if (operation.answer.media) return sendBytes(request, reply, given as ServedBytes);
          if (operation.answer.events) return events.send(request, reply, given as Told, asker.signal);
          return sendJson(request, reply, operation, given);
        } catch (error) {
          return refuseFor(error, request, reply);
        }
      },
    });
  }
  tellOtherMethods(app, methods);
}

function askerOf({ headers }: FastifyRequest, { raw }: FastifyReply, closing: AbortSignal): Asker {
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  const lastEventId = headers['last-event-id'];
  return {
    signal: AbortSignal.any([gone.signal, closing]),
    lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
  };
}

function refuseFor(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof RequestError) {
    const { status, title, message, fields } = error;
    return refuse(reply, wrongRequest(status, title, message, request.id, fields));
  }
  const failure = failureOf(error);
  if (failure.kind === 'internal') request.log.error({ err: error }, 'failed');
  return refuse(reply, problemOf(failure, request.id));
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
