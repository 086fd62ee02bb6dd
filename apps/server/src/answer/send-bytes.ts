import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from '../request-error.ts';
import { type ByteSpan, spanOfRange } from './byte-range.ts';
import { knowsTag } from './known-tag.ts';

/** Bytes that are answered. */
export interface ServedBytes {
  readonly type: string;
  readonly size: number;
  /** What tells these bytes from others that were or will be found at the same place. */
  readonly tag: string;
  /** Whether what is at this place never changes. */
  readonly lasts: boolean;
  /** What who keeps them may call them; they are shown when absent. */
  readonly name?: string | undefined;
  read(span: ByteSpan): AsyncIterable<Uint8Array>;
}

export function bytesInMemory(bytes: Uint8Array, type: string, tag: string): Omit<ServedBytes, 'lasts'> {
  return {
    ...{ type, size: bytes.length, tag },
    async *read({ start, end }) {
      yield bytes.subarray(start, end);
    },
  };
}

const YEAR_SECONDS = 31_536_000;

/** Sends bytes: all, a piece, or none where the asker has them (RFC 9110, sections 13 and 14). */
export function sendBytes(request: FastifyRequest, reply: FastifyReply, served: ServedBytes): FastifyReply {
  const { type, size, lasts, name, read } = served;
  const tag = `"${served.tag}"`;
  reply
    .header('etag', tag)
    .header('accept-ranges', 'bytes')
    .header('cache-control', lasts ? `private, max-age=${YEAR_SECONDS}, immutable` : 'private, no-cache');
  if (knowsTag(request.headers['if-none-match'], tag)) return reply.code(304).send();
  reply.type(type);
  if (name !== undefined) reply.header('content-disposition', `attachment; filename*=UTF-8''${encoded(name)}`);
  const span = wantedSpan(request, tag, size);
  if (span === 'none') {
    reply.header('content-range', `bytes */${size}`);
    throw new RequestError(416, 'There are no such bytes', `there are ${size} bytes, from 0 to ${size - 1}`);
  }
  const { start, end } = span ?? { start: 0, end: size };
  if (span) reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${size}`);
  reply.header('content-length', end - start);
  return reply.send(Readable.from(request.method === 'HEAD' ? [] : read({ start, end }), { objectMode: false }));
}

/** A piece is wanted only of what the asker has the rest of (`If-Range`: RFC 9110, 13.1.5). */
function wantedSpan({ method, headers }: FastifyRequest, tag: string, size: number): ByteSpan | 'none' | undefined {
  const condition = headers['if-range'];
  if (method !== 'GET' || (condition !== undefined && condition !== tag)) return undefined;
  return spanOfRange(headers.range, size);
}

/** Source: RFC 8187, 3.2.1 (`ext-value`). */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
