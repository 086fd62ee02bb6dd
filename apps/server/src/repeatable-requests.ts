import { createHash } from 'node:crypto';
import type { Operation } from '@tutti/contract/api';
import { type RepeatableRequest, rememberAnswer, rememberedAnswer, type UserLibrary } from '@tutti/workflows';
import { type JsonAnswer, jsonAnswerSchema } from './answer/send-json.ts';
import { RequestError, wrongFields } from './request-error.ts';

/** The header by which who sends a request says that it is the same one (draft-ietf-httpapi-idempotency-key-header-07). */
export const KEY_HEADER = 'idempotency-key';
const KEY = /^[\x21\x23-\x7e]{1,255}$/;

/**
 * The key of a request whose answer is to be remembered; undefined where it has none, or needs none: what is no POST may always
 * be sent again.
 * @throws RequestError 400 for what is no key, and where answers are not remembered: a key that was taken would promise that
 */
export function keyOf({ method, isRepeatable }: Operation, header: string | string[] | undefined): string | undefined {
  if (method !== 'POST' || header === undefined) return undefined;
  const field = `headers.${KEY_HEADER}`;
  if (!isRepeatable) throw wrongFields([{ field, message: 'what this operation answers is not remembered by keys' }]);
  const key = typeof header === 'string' ? header.replace(/^"(.*)"$/, '$1') : '';
  if (KEY.test(key)) return key;
  throw wrongFields([{ field, message: 'it must be 1 to 255 characters of ASCII, without spaces and quotes' }]);
}

/** Requests that were answered once are answered the same again, for a day. What was refused may be tried again. */
export class RepeatableRequests {
  readonly #library: UserLibrary;
  readonly #underWay = new Set<string>();

  constructor(library: UserLibrary) {
    this.#library = library;
  }

  /**
   * @param asked all that the request says
   * @throws RequestError 409 while the first one is under way, 422 when the key was that of another request
   */
  async once(
    request: RepeatableRequest,
    asked: unknown,
    work: () => Promise<JsonAnswer>,
  ): Promise<{ readonly answer: JsonAnswer; readonly isRepeated: boolean }> {
    const name = JSON.stringify([request.owner, request.operation, request.key]);
    if (this.#underWay.has(name)) {
      throw new RequestError(409, 'Under way', `the first request with the key ${request.key} is not answered yet`);
    }
    this.#underWay.add(name);
    try {
      const digest = createHash('sha256').update(JSON.stringify(asked)).digest();
      const known = await rememberedAnswer(this.#library, request);
      if (known === undefined) {
        const answer = await work();
        await rememberAnswer(this.#library, request, { asked: digest, answer });
        return { answer, isRepeated: false };
      }
      if (known.asked.equals(digest)) return { answer: jsonAnswerSchema.parse(known.answer), isRepeated: true };
      const message = `${request.key} was the key of another request: a new one needs a new key`;
      throw new RequestError(422, 'Another request', message, {
        fields: [{ field: `headers.${KEY_HEADER}`, message }],
      });
    } finally {
      this.#underWay.delete(name);
    }
  }
}
