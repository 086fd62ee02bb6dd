import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Connections {
  /** Closes those over which nothing is answered. */
  closeUnused(): void;
}

/**
 * Knows over which connections of a server something is being answered. Node's own `closeIdleConnections` leaves those open over
 * which nothing was ever asked, and browsers open some before they need them: a server that ends would wait for them.
 */
export function knownConnections(server: Server): Connections {
  const answering = new Map<Socket, number>();
  server.on('connection', (socket: Socket) => {
    answering.set(socket, 0);
    socket.once('close', () => answering.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    answering.set(socket, (answering.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const count = answering.get(socket);
      if (count !== undefined) answering.set(socket, count - 1);
    });
  });
  return {
    closeUnused() {
      for (const [socket, count] of answering) if (count === 0) socket.destroySoon();
    },
  };
}
