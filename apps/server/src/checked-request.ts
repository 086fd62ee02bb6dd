import type { Operation, Problem } from '@tutti/contract/api';
import type { z } from 'zod';

/** What a request says, part by part. */
export interface RequestParts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export type CheckedRequest = { readonly asked: RequestParts } | { readonly fields: NonNullable<Problem['fields']> };

const PARTS = ['params', 'query', 'body'] as const;

/** Holds a request to the schemas of its operation: all that is wrong is told at once, with where it is. */
export function checkedRequest({ params, query, body }: Operation, parts: RequestParts): CheckedRequest {
  const schemas: Readonly<Record<(typeof PARTS)[number], z.ZodType | null>> = { params, query, body };
  const asked: Record<string, unknown> = {};
  const fields: { field: string; message: string }[] = [];
  for (const part of PARTS) {
    const schema = schemas[part];
    if (schema === null) {
      if (parts[part] !== undefined && parts[part] !== null)
        fields.push({ field: part, message: 'there is none here' });
      continue;
    }
    const result = schema.safeParse(parts[part]);
    if (result.success) asked[part] = result.data;
    else {
      fields.push(...result.error.issues.map(({ path, message }) => ({ field: [part, ...path].join('.'), message })));
    }
  }
  return fields.length > 0
    ? { fields }
    : { asked: { params: asked['params'], query: asked['query'], body: asked['body'] } };
}
