import type { z } from 'zod';

/**
 * Reads JSON that may have been edited by hand.
 * @param plan what it is, in the words of the refusal: "mix plan"
 * @param refuse makes the error that is thrown at the first field that is not as the schema says
 */
export function readPlan<S extends z.ZodType>(
  schema: S,
  json: unknown,
  plan: string,
  refuse: (message: string) => Error,
): z.infer<S> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const where = issue.path.length === 0 ? 'the plan' : fieldName(issue.path);
    throw refuse(`${plan}: ${where} has a field ${JSON.stringify(issue.keys[0])}; there is none of that name`);
  }
  throw refuse(refusal(plan, fieldName(issue.path), valueAt(json, issue.path), issue.message));
}

/** "mix plan: tracks[1].gainDb is 99; it must be between -60 and 30" */
export function refusal(plan: string, field: string, value: unknown, rule: string): string {
  const shown = value === undefined ? 'missing' : (JSON.stringify(value)?.slice(0, 80) ?? typeof value);
  return `${plan}: ${field} is ${shown}; it ${rule}`;
}

function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the plan';
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    json,
  );
}
