import type { z } from 'zod';
import type { Operation } from './operation.ts';
import {
  type Answer,
  API_BASE,
  type EventsOperation,
  OPERATIONS,
  type OperationName,
  type ToldEvent,
} from './operations.ts';
import { type Problem, problemSchema } from './problem.ts';
import { readEvents } from './read-events.ts';

type Shape<Name extends OperationName> = (typeof OPERATIONS)[Name];

/** What a caller says: parts without fields need not be said. */
export interface Said<Name extends OperationName> {
  readonly params?: z.input<Shape<Name>['params']>;
  readonly query?: z.input<Shape<Name>['query']>;
  readonly body?: Shape<Name>['body'] extends z.ZodType ? z.input<Shape<Name>['body']> : undefined;
  /** Of an operation that takes some. */
  readonly bytes?: Blob | Uint8Array<ArrayBuffer>;
  /** Beside those of the client: `range`, `if-none-match`, `last-event-id`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
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

interface FetchOptions {
  method: string;
  headers: Record<string, string>;
  body?: string | Blob | Uint8Array<ArrayBuffer>;
  signal?: AbortSignal;
}

type Fetch = (url: string, options: FetchOptions) => Promise<Response>;

/** A caller of the service whose answers are checked. */
export interface Client {
  /** @throws ProblemError; whatever `fetch` throws; ZodError when the answer is not as described */
  call<Name extends OperationName>(name: Name, said: Said<Name>): Promise<Answer<Name>>;
  /** The answer as it comes, for bytes. @throws ProblemError; whatever `fetch` throws */
  open<Name extends OperationName>(name: Name, said: Said<Name>): Promise<Response>;
  /** What happens, until it ends or the signal says so. @throws as `call` */
  follow<Name extends EventsOperation>(name: Name, said: Said<Name>): AsyncGenerator<ToldEvent<Name>>;
}

/**
 * @param origin of the service: `http://127.0.0.1:4533`
 * @param fetch that of the browser or of Node
 */
export function createClient(origin: string, fetch: Fetch, headers: Readonly<Record<string, string>> = {}): Client {
  async function open(name: OperationName, said: Said<OperationName>): Promise<Response> {
    const { params, query, body, bytes, signal } = said;
    const { method, path } = OPERATIONS[name];
    const response = await fetch(`${origin}${API_BASE}${filled(path, params)}${search(query)}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }), ...said.headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(bytes && { body: bytes }),
      ...(signal && { signal }),
    });
    if (!response.ok && response.status !== 304) throw new ProblemError(problemSchema.parse(await response.json()));
    return response;
  }
  return {
    open,
    async call<Name extends OperationName>(name: Name, said: Said<Name>): Promise<Answer<Name>> {
      const { answer }: Operation = OPERATIONS[name];
      const response = await open(name, said);
      return (answer.schema ? answer.schema.parse(await response.json()) : undefined) as Answer<Name>;
    },
    async *follow<Name extends EventsOperation>(name: Name, said: Said<Name>): AsyncGenerator<ToldEvent<Name>> {
      const { answer }: Operation = OPERATIONS[name];
      const { body } = await open(name, said);
      for await (const { event, id, data } of readEvents(body!)) {
        const schema = answer.events?.[event];
        if (schema) yield { event, id, data: schema.parse(JSON.parse(data)) } as ToldEvent<Name>;
      }
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
