import { z } from 'zod';
import { type Operation, STATUS_OF } from './operation.ts';
import { API_BASE, OPERATIONS } from './operations.ts';
import { PROBLEM_TYPE, problemSchema } from './problem.ts';

const JSON_TYPE = 'application/json';
const PROBLEM = { $ref: '#/components/schemas/Problem' };

/** The service as OpenAPI 3.1 has it (spec.openapis.org/oas/v3.1.1), from the schemas that it enforces. */
export function openApiDocument(version: string): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
    const path = `${API_BASE}${operation.path}`;
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: documented(name, operation) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tutti',
      version,
      description: 'A folder of music in, a finished mix out: what the command line does, over HTTP.',
    },
    paths,
    components: { schemas: { Problem: schemaOf(problemSchema, 'output') }, securitySchemes: SECURITY },
  };
}

function documented(name: string, operation: Operation) {
  const { group, needs, summary, description, params, query, body, takesBytes, isRepeatable, answer } = operation;
  const { errors, example } = operation;
  const own = [
    ...(needs === null ? [403, 429] : [401, 403, 429]),
    ...(takesBytes ? [408, 409, 503, 507] : isRepeatable ? [409, 422] : []),
    ...(answer.media ? [416, 503] : answer.events ? [503] : []),
  ];
  const statuses = [...new Set([400, 500, ...own, ...errors.map((kind) => STATUS_OF[kind])])].sort((a, b) => a - b);
  const refusals = statuses.map((status) => [
    status,
    { description: reasons(status, errors), content: { [PROBLEM_TYPE]: { schema: PROBLEM } } },
  ]);
  return {
    operationId: name,
    tags: [group],
    summary,
    ...(description !== undefined && { description }),
    // Roles and scopes stand where OpenAPI 3.1 has them for any kind of security.
    security: needs === null ? [] : [{ session: [needs.role] }, { bearer: [needs.role, needs.scope] }],
    parameters: [
      ...parameters('path', params, example.params),
      ...parameters('query', query, example.query),
      ...(isRepeatable ? [KEY] : []),
    ],
    ...(takesBytes && { requestBody: { required: true, content: { 'application/octet-stream': {} } } }),
    ...(body && {
      requestBody: {
        required: true,
        content: { [JSON_TYPE]: { schema: schemaOf(body, 'input'), example: example.body } },
      },
    }),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(answer.location !== undefined && { headers: LOCATION }),
        ...contentOf(answer),
      },
      ...Object.fromEntries(refusals),
    },
  };
}

const SECURITY = {
  session: { type: 'apiKey', in: 'cookie', name: 'tutti.session_token', description: 'set by POST /session' },
  bearer: { type: 'http', scheme: 'bearer', description: 'a key of POST /keys, or a token of POST /tokens' },
};

const KEY = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description: 'of a new request a new one: who sends it again is answered the same, for a day',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const LOCATION = { location: { description: 'where it is found', schema: { type: 'string' } } };

function contentOf({ schema, media, events }: Operation['answer']) {
  if (schema) return { content: { [JSON_TYPE]: { schema: schemaOf(schema, 'output') } } };
  if (media) return { content: Object.fromEntries(media.map((type) => [type, {}])) };
  if (!events) return {};
  const said = Object.entries(events).map(([name, data]) => [name, schemaOf(data, 'output')]);
  // OpenAPI 3.1 has no words for events: what the data of each is stands in a field of our own.
  return {
    content: { 'text/event-stream': { schema: { type: 'string' }, 'x-events': Object.fromEntries(said) } },
  };
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'what is asked is not as described here',
  401: 'nobody is signed in, or what is shown opens nothing',
  408: 'nothing came for too long',
  409: 'somebody else does it, or it stands otherwise by now',
  416: 'there are no such bytes',
  429: 'too many requests: `retry-after` says when there is room',
  503: 'too many do this at the moment',
  507: 'the disk is full',
};

function reasons(status: number, errors: Operation['errors']): string {
  const kinds = errors.filter((kind) => STATUS_OF[kind] === status);
  const told = REASONS[status];
  if (told !== undefined) return told;
  if (status === 403) return ['not for this role or scope, or asked from elsewhere', ...kinds].join(', ');
  if (status === 422 && kinds.length === 0) return 'the key was that of another request';
  return kinds.length > 0 ? kinds.join(', ') : 'internal';
}

function parameters(where: 'path' | 'query', object: z.ZodObject, example: object) {
  return Object.entries(object.shape).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType, 'input'),
    ...(name in example && { example: (example as Readonly<Record<string, unknown>>)[name] }),
  }));
}

/** Without the version of JSON Schema: that of OpenAPI 3.1 is the same. What is asked for may leave out what has a default. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Readonly<Record<string, unknown>> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
