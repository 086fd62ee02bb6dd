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
    components: { schemas: { Problem: schemaOf(problemSchema) } },
  };
}

function documented(
  name: string,
  { group, summary, description, params, query, body, answer, errors, example }: Operation,
) {
  const statuses = [...new Set([400, 500, ...errors.map((kind) => STATUS_OF[kind])])].sort((a, b) => a - b);
  const refusals = statuses.map((status) => [
    status,
    { description: reasons(status, errors), content: { [PROBLEM_TYPE]: { schema: PROBLEM } } },
  ]);
  const content = (schema: z.ZodType) => ({ [JSON_TYPE]: { schema: schemaOf(schema) } });
  return {
    operationId: name,
    tags: [group],
    summary,
    ...(description !== undefined && { description }),
    parameters: [...parameters('path', params, example.params), ...parameters('query', query, example.query)],
    ...(body && {
      requestBody: { required: true, content: { [JSON_TYPE]: { schema: schemaOf(body), example: example.body } } },
    }),
    responses: {
      [answer.status]: { description: answer.description, ...(answer.schema && { content: content(answer.schema) }) },
      ...Object.fromEntries(refusals),
    },
  };
}

function reasons(status: number, errors: Operation['errors']): string {
  const kinds = errors.filter((kind) => STATUS_OF[kind] === status);
  if (status === 400) return 'what is asked is not as described here';
  return kinds.length > 0 ? kinds.join(', ') : 'internal';
}

function parameters(where: 'path' | 'query', object: z.ZodObject, example: object) {
  return Object.entries(object.shape).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType),
    ...(name in example && { example: (example as Readonly<Record<string, unknown>>)[name] }),
  }));
}

/** Without the version of JSON Schema: that of OpenAPI 3.1 is the same. */
function schemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}
