export { runServer, type ServerOptions } from './start-server.ts';
