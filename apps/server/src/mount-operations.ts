import { API_BASE, OPERATIONS, type Operation, type OperationName } from '@tutti/contract/api';
import { failureOf } from '@tutti/workflows';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ServedBytes, sendBytes } from './answer/send-bytes.ts';
import { EventSender } from './answer/send-events.ts';
import { jsonAnswer, sendJson } from './answer/send-json.ts';
import { type MadeBytes, sendMade } from './answer/send-made.ts';
import { arrivingBytes } from './arriving-bytes.ts';
import { checkedRequest } from './checked-request.ts';
import { browserOf, NOBODY, ownerOf } from './guard/caller.ts';
import type { Asker, Handlers, Service } from './handlers/handlers.ts';
import { problemOf, refuse, wrongRequest } from './problem-answer.ts';
import { KEY_HEADER, keyOf, RepeatableRequests } from './repeatable-requests.ts';
import { RequestError } from './request-error.ts';

type Handle = (service: Service, asked: unknown, asker: Asker) => Promise<unknown>;
type Told = Parameters<EventSender['send']>[2];

/** Makes a route of every operation, and tells methods that a path does not have. */
export function mountOperations(app: FastifyInstance, service: Service, handlers: Handlers): void {
  const events = new EventSender();
  const repeatable = new RepeatableRequests(service.library);
  const all = Object.entries(OPERATIONS) as [OperationName, Operation][];
  const mount = (scope: FastifyInstance, [name, operation]: (typeof all)[number]) => {
    const handle = handlers[name] as Handle;
    scope.route({
      method: operation.method,
      url: urlOf(operation),
      config: { takesBytes: operation.takesBytes ?? false, needs: operation.needs, operation: name },
      handler: (request, reply) => answer(request, reply, name, { service, handle, events, repeatable }),
    });
  };
  for (const each of all) if (!each[1].takesBytes) mount(app, each);
  app.register(async (scope) => {
    // Of bytes nothing is read here: their handlers do it.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_, _payload, done) => done(null));
    for (const each of all) if (each[1].takesBytes) mount(scope, each);
  });
  tellOtherMethods(
    app,
    Map.groupBy(
      all.map(([, operation]) => operation),
      urlOf,
    ),
  );
}

function urlOf({ path }: Operation): string {
  return `${API_BASE}${path.replace(/\{(\w+)\}/g, ':$1')}`;
}

interface Work {
  readonly service: Service;
  readonly handle: Handle;
  readonly events: EventSender;
  readonly repeatable: RepeatableRequests;
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  name: OperationName,
  { service, handle, events, repeatable }: Work,
): Promise<FastifyReply> {
  const operation: Operation = OPERATIONS[name];
  const { takesBytes, answer: promised } = operation;
  try {
    const { params, query, body } = request;
    const asked = checkedRequest(operation, { params, query, body: takesBytes ? null : body });
    const asker = askerOf(request, reply, service.closing);
    const key = keyOf(operation, request.headers[KEY_HEADER]);
    if (key !== undefined) {
      const work = async () => jsonAnswer(operation, await handle(service, asked, asker));
      const done = await repeatable.once({ owner: ownerOf(asker.caller), operation: name, key }, asked, work);
      if (done.isRepeated) reply.header('idempotent-replayed', 'true');
      return sendJson(request, reply, operation, done.answer);
    }
    const given = await handle(service, asked, asker);
    // What a handler gives is held to its operation by the type of `Handlers`.
    if (promised.media) return await sendMedia(request, reply, given as ServedBytes | MadeBytes);
    if (promised.events) return events.send(request, reply, given as Told, asker.signal);
    return sendJson(request, reply, operation, jsonAnswer(operation, given));
  } catch (error) {
    // What was not read of bytes that are refused is not waited for.
    if (takesBytes && !request.raw.complete) reply.header('connection', 'close');
    return refuseFor(error, request, reply);
  }
}

function sendMedia(request: FastifyRequest, reply: FastifyReply, given: ServedBytes | MadeBytes) {
  return 'make' in given ? sendMade(request, reply, given) : sendBytes(request, reply, given);
}

function askerOf(request: FastifyRequest, reply: FastifyReply, closing: AbortSignal): Asker {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const { 'last-event-id': lastEventId, 'content-length': length } = request.headers;
  return {
    signal: AbortSignal.any([gone.signal, closing]),
    lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
    length: length === undefined ? undefined : Number(length),
    bytes: () => arrivingBytes(request.raw),
    caller: request.caller ?? NOBODY,
    browser: browserOf(request),
    enter(person, cookies) {
      request.caller = { ...(request.caller ?? NOBODY), person };
      if (cookies.length > 0) reply.header('set-cookie', [...cookies]);
    },
  };
}

function refuseFor(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof RequestError) {
    const { status, title, message, fields, headers } = error;
    reply.headers(headers);
    return refuse(reply, wrongRequest(status, title, message, request.id, fields));
  }
  if (isDiskFull(error)) {
    return refuse(reply, wrongRequest(507, 'The disk is full', 'there is no room for this on the disk', request.id));
  }
  const failure = failureOf(error);
  if (failure.kind === 'internal') request.log.error({ err: error }, 'failed');
  return refuse(reply, problemOf(failure, request.id));
}

function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ['ENOSPC', 'EDQUOT'].includes(String((error as NodeJS.ErrnoException).code)) || isDiskFull(error.cause);
}

function tellOtherMethods(app: FastifyInstance, operations: ReadonlyMap<string, readonly Operation[]>): void {
  for (const [url, each] of operations) {
    const own = each.map(({ method }) => method);
    const others = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter((method) => !own.includes(method));
    app.route({
      method: others,
      url,
      config: { needs: null },
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
