import type { ErrorKind, Failure } from '@tutti/contract';
import { PROBLEM_TYPE, type Problem, STATUS_OF } from '@tutti/contract/api';
import type { FastifyReply } from 'fastify';

const TITLES: Readonly<Record<ErrorKind, string>> = {
  unsupported: 'This cannot be done with what was given',
  corrupt: 'What was given is damaged',
  empty: 'There is nothing in what was given',
  limit: 'This is more than is taken',
  missing: 'There is no such thing',
  denied: 'This may not be done',
  cancelled: 'This was cancelled',
  internal: 'The service failed',
};

/** What went wrong, as it is answered. */
export function problemOf({ kind, message, needs }: Failure, request: string): Problem {
  return {
    type: `urn:tutti:problem:${kind}`,
    title: TITLES[kind],
    status: STATUS_OF[kind],
    // What went wrong inside is in the log, under the number of the request.
    detail: kind === 'internal' ? `the service failed; its log says why, under ${request}` : message,
    instance: request,
    kind,
    ...(needs !== undefined && { needs }),
  };
}

/** A request that is not as the documents have it. */
export function wrongRequest(
  status: number,
  title: string,
  detail: string,
  request: string,
  fields?: Problem['fields'],
): Problem {
  return { type: 'urn:tutti:problem:request', title, status, detail, instance: request, ...(fields && { fields }) };
}

export function refuse(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .type(PROBLEM_TYPE)
    .send(Buffer.from(JSON.stringify(problem)));
}
