import { createHash } from 'node:crypto';
import { API_BASE, type Operation } from '@tutti/contract/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { knowsTag } from './known-tag.ts';

/** A document that is answered, as it is sent. */
export const jsonAnswerSchema = z.strictObject({
  status: z.int(),
  /** Null where there is none. */
  text: z.string().nullable(),
  location: z.string().nullable(),
});
export type JsonAnswer = z.infer<typeof jsonAnswerSchema>;

/** What a handler gave, as its operation promised it. @throws ZodError when it is something else */
export function jsonAnswer({ answer }: Operation, given: unknown): JsonAnswer {
  const { status, schema, location } = answer;
  if (schema === null) return { status, text: null, location: null };
  const document = schema.parse(given);
  const place = location === undefined ? null : `${API_BASE}${filled(location, document)}`;
  return { status, text: JSON.stringify(document), location: place };
}

function filled(template: string, document: unknown): string {
  const fields = document as Readonly<Record<string, unknown>>;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(fields[name])));
}

/** Sends a document; one that the asker has already is not sent again (RFC 9110, 13.1.2). */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  { method }: Operation,
  { status, text, location }: JsonAnswer,
): FastifyReply {
  reply.code(status);
  if (location !== null) reply.header('location', location);
  if (text === null) return reply.send();
  reply.type('application/json; charset=utf-8');
  if (method !== 'GET') return reply.send(text);
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', tag).header('cache-control', 'private, no-cache');
  return knowsTag(request.headers['if-none-match'], tag) ? reply.code(304).send() : reply.send(text);
}
