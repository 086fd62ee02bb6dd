import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { PROBLEM_TYPE } from '@tutti/contract/api';
import { wrongRequest } from './problem-answer.ts';

/** What Node says of requests that it cannot read, and what they are told. */
const REFUSALS: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'Request Header Fields Too Large',
    'path, query and headers must be below 16 KiB together',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'the request came in too slowly'],
};

/** Answers what is no HTTP request, or too large a one, and ends the connection. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (socket.destroyed || error.code === 'ECONNRESET') return;
  const [status, words, detail] = REFUSALS[error.code ?? ''] ?? [400, 'Bad Request', 'this is no HTTP request'];
  const body = JSON.stringify(wrongRequest(status, 'The request cannot be read', detail, randomUUID()));
  if (socket.writable) {
    const head = `HTTP/1.1 ${status} ${words}\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}`;
    socket.write(`${head}\r\nconnection: close\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
