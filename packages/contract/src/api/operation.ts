import type { z } from 'zod';
import type { ErrorKind } from '../error-kinds.ts';
import type { Needs } from './needs.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What an operation answers when all is well. */
interface PromisedAnswer {
  readonly status: 200 | 201 | 202 | 204;
  readonly description: string;
  /** Of the JSON document; null where the answer is none, or is something else. */
  readonly schema: z.ZodType | null;
  /** What it is where it is bytes and no JSON: media types. They are answered in ranges where somebody asks for one. */
  readonly media?: readonly string[];
  /** What happens, as server-sent events: by their names, what each says. */
  readonly events?: Readonly<Record<string, z.ZodType>>;
  /** Where what was made is found, below the base, out of fields of the document: `/jobs/{id}`. */
  readonly location?: string;
}

/** One thing that the service does: routes, documents, clients and tests are made from it. */
export interface Operation {
  readonly method: Method;
  /** Below the base, with parameters in braces: `/roots/{root}`. */
  readonly path: string;
  /** The group that the documents list it in. */
  readonly group: string;
  /** Who may ask for it; null for whoever does, signed in or not. */
  readonly needs: Needs | null;
  /** One line, and below it what else there is to say. */
  readonly summary: string;
  readonly description?: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  /** The body is bytes, of any media type, as many as may come. */
  readonly takesBytes?: true;
  /** Of a POST: what is answered is remembered by `Idempotency-Key`. It must hold no secret: it is kept for a day. */
  readonly isRepeatable?: true;
  readonly answer: PromisedAnswer;
  /** Kinds of errors of its own; every operation may also refuse what is asked wrongly, and fail. */
  readonly errors: readonly ErrorKind[];
  /**
   * What is asked for in the documents; the tests ask for it as it stands, but for the numbers of things that were made before
   * (`examples.ts`).
   */
  readonly example: { readonly params: object; readonly query: object; readonly body: unknown };
}

/** Keeps the types of an operation's schemas. */
export function operation<const Shape extends Operation>(shape: Shape): Shape {
  return shape;
}

/** Which HTTP status stands for a kind of error. */
export const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  unsupported: 422,
  corrupt: 422,
  empty: 422,
  limit: 413,
  missing: 404,
  denied: 403,
  cancelled: 409,
  internal: 500,
};
