import { once } from 'node:events';
import { createServer, get, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, it } from 'vitest';
import { knownConnections } from './connections.ts';

it('connections over which nothing was asked, or all was answered, are closed; an answer is not cut off', async () => {
  const answers: ServerResponse[] = [];
  const asked = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    if (request.url === '/now') response.end('now');
    else {
      answers.push(response);
      response.write('begun,');
      asked.resolve();
    }
  });
  const connections = knownConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const unused = connect(port, '127.0.0.1');
  await once(unused, 'connect');
  const kept = await fetch(`http://127.0.0.1:${port}/now`);
  expect(await kept.text()).toBe('now');
  const slow = new Promise<string>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/slow', agent: false }, async (response) => {
      let text = '';
      for await (const piece of response) text += String(piece);
      resolve(text);
    }).on('error', reject);
  });
  await asked.promise;

  const closed = new Promise((resolve) => server.close(resolve));
  connections.closeUnused();
  await once(unused.resume(), 'close');
  answers[0]!.end('ended');
  expect(await slow).toBe('begun,ended');
  connections.closeUnused();
  await closed;
});
