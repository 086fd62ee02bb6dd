import type { z } from 'zod';
import type { Operation } from './operation.ts';
import { type Answer, API_BASE, OPERATIONS, type OperationName } from './operations.ts';
import { type Problem, problemSchema } from './problem.ts';

type Shape<Name extends OperationName> = (typeof OPERATIONS)[Name];

/** What a caller says: parts without fields need not be said. */
export interface Said<Name extends OperationName> {
  readonly params?: z.input<Shape<Name>['params']>;
  readonly query?: z.input<Shape<Name>['query']>;
  readonly body?: Shape<Name>['body'] extends z.ZodType ? z.input<Shape<Name>['body']> : undefined;
}

/** What the service refused, or could not do. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<Response>;

/** A caller of the service whose answers are checked. */
export interface Client {
  /** @throws ProblemError; whatever `fetch` throws; ZodError when the answer is not as described */
  call<Name extends OperationName>(name: Name, said: Said<Name>): Promise<Answer<Name>>;
}

/**
 * @param origin of the service: `http://127.0.0.1:4533`
 * @param fetch that of the browser or of Node
 */
export function createClient(origin: string, fetch: Fetch, headers: Readonly<Record<string, string>> = {}): Client {
  return {
    async call<Name extends OperationName>(name: Name, { params, query, body }: Said<Name>): Promise<Answer<Name>> {
      const { method, path, answer } = OPERATIONS[name] as Operation;
      const response = await fetch(`${origin}${API_BASE}${filled(path, params)}${search(query)}`, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new ProblemError(problemSchema.parse(await response.json()));
      return (answer.schema ? answer.schema.parse(await response.json()) : undefined) as Answer<Name>;
    },
  };
}

function filled(path: string, params: object | undefined): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    return encodeURIComponent(String((params as Readonly<Record<string, unknown>> | undefined)?.[name]));
  });
}

function search(query: object | undefined): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}
