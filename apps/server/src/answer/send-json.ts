import { createHash } from 'node:crypto';
import type { Operation } from '@tutti/contract/api';
import { API_BASE } from '@tutti/contract/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { knowsTag } from './known-tag.ts';

/** Sends a document as it was promised; one that the asker has already is not sent again (RFC 9110, 13.1.2). */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  { method, answer }: Operation,
  result: unknown,
): FastifyReply {
  reply.code(answer.status);
  if (answer.schema === null) return reply.send();
  const document = answer.schema.parse(result);
  if (answer.location !== undefined) reply.header('location', `${API_BASE}${filled(answer.location, document)}`);
  const text = JSON.stringify(document);
  reply.type('application/json; charset=utf-8');
  if (method !== 'GET') return reply.send(text);
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', tag).header('cache-control', 'private, no-cache');
  return knowsTag(request.headers['if-none-match'], tag) ? reply.code(304).send() : reply.send(text);
}

function filled(template: string, document: unknown): string {
  const fields = document as Readonly<Record<string, unknown>>;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(fields[name])));
}
