import { runServer } from '@tutti/server';
import { Command, Option } from 'commander';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { version } from '../version.ts';
import { wholeNumber } from './arguments.ts';
import { workerCapacity } from './worker-capacity.ts';

interface Options {
  readonly port: number;
  readonly host?: string;
  readonly work: boolean;
}

const USUAL_PORT = 4533;
const LOG_LEVELS = { quiet: 'error', normal: 'info', verbose: 'debug' } as const;

const run: Action<Options> = async (_, { port, host, work }, { terminal, signal }): Promise<ExitCode> => {
  await runServer({
    version,
    ...{ port, host },
    ...(work && { work: workerCapacity() }),
    logLevel: LOG_LEVELS[terminal.verbosity],
    signal,
    onListening: (origin) => terminal.result(origin),
    onInvitation: (link) => {
      terminal.say('nobody has an account here yet: every program on this machine may do everything');
      terminal.say(`make the owner account, within an hour: ${link}`);
    },
  });
  return EXIT.done;
};

export function serveCommand() {
  const command = new Command('serve')
    .description('the service for other programs: HTTP below /api/v1, described in /api/v1/openapi.json')
    .addOption(
      new Option('--port <n>', 'to listen on; 0 for any that is free')
        .argParser(wholeNumber(0, 65_535))
        .default(USUAL_PORT),
    )
    .option(
      '--host <address>',
      'to listen on, 0.0.0.0 for all; this machine alone when absent, and before there is an owner account',
    )
    .option('--no-work', 'leave the jobs to `tutti work` on other machines (DATABASE_URL)');
  return { command, run: run as Action<never> };
}
