export { runServer, type ServerOptions } from './start-server.ts';
export { withTraces } from './traces/start-traces.ts';
