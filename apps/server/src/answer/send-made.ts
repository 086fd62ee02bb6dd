import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Bytes that are made while they are sent: nobody knows how many. */
export interface MadeBytes {
  readonly type: string;
  /** Resolves with the first of them there. */
  make(): Promise<AsyncIterable<Uint8Array>>;
}

export async function sendMade(request: FastifyRequest, reply: FastifyReply, made: MadeBytes): Promise<FastifyReply> {
  const pieces = request.method === 'HEAD' ? [] : await made.make();
  reply.type(made.type).header('cache-control', 'no-store').header('accept-ranges', 'none');
  return reply.send(Readable.from(pieces, { objectMode: false, highWaterMark: 2 ** 18 }));
}
