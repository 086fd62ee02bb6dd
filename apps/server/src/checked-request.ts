import type { Operation } from '@tutti/contract/api';
import type { z } from 'zod';
import { allowedAt } from './allowed-values.ts';
import { wrongFields } from './request-error.ts';

/** What a request says, part by part. */
export interface RequestParts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

const PARTS = ['params', 'query', 'body'] as const;

/**
 * Holds a request to the schemas of its operation.
 * @throws RequestError 400 that tells all that is wrong at once, with where it is
 */
export function checkedRequest({ params, query, body }: Operation, parts: RequestParts): RequestParts {
  const schemas: Readonly<Record<(typeof PARTS)[number], z.ZodType | null>> = { params, query, body };
  const asked: Record<string, unknown> = {};
  const fields: { field: string; message: string; allowed?: string }[] = [];
  for (const part of PARTS) {
    const schema = schemas[part];
    if (schema === null) {
      if (parts[part] !== undefined && parts[part] !== null)
        fields.push({ field: part, message: 'there is none here' });
      continue;
    }
    const result = schema.safeParse(parts[part]);
    if (result.success) {
      asked[part] = result.data;
      fields.push(...unfitTexts(result.data, part));
    } else {
      for (const { path, message } of result.error.issues) {
        const allowed = allowedAt(schema, path, parts[part]);
        fields.push({ field: [part, ...path].join('.'), message, ...(allowed !== undefined && { allowed }) });
      }
    }
  }
  if (fields.length > 0) throw wrongFields(fields);
  return { params: asked['params'], query: asked['query'], body: asked['body'] };
}

/** Texts that no file, no database and no message can hold, wherever they are: U+0000, half of a surrogate pair. */
function unfitTexts(value: unknown, field: string): { field: string; message: string }[] {
  if (typeof value === 'string') {
    const fits = !value.includes('\0') && value.isWellFormed();
    return fits ? [] : [{ field, message: 'it must be text without U+0000 and without halves of surrogate pairs' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    ...unfitTexts(name, field),
    ...unfitTexts(each, `${field}.${name}`),
  ]);
}
