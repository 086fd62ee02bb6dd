import { once } from 'node:events';
import { withTraces } from '@tutti/server';
import { withJobs, workOnJobs } from '@tutti/workflows';
import { Command, Option } from 'commander';
import { EXIT } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { shownName } from '../terminal/terminal.ts';
import { version } from '../version.ts';
import { wholeNumber } from './arguments.ts';
import { workerCapacity } from './worker-capacity.ts';

interface Options {
  readonly jobs?: number;
  readonly memory?: number;
  readonly untilIdle?: boolean;
}

async function work({ jobs, memory, untilIdle = false }: Options, { terminal, signal }: Session): Promise<void> {
  const say = (text: string) => terminal.say(shownName(text));
  await withJobs({ say, signal }, async (user) => {
    const { engine, place } = user.library;
    say(
      engine === 'server'
        ? `working on the jobs in ${place}`
        : `working on the jobs in ${place}; no other process can use that library meanwhile (several can with DATABASE_URL)`,
    );
    await workOnJobs(user, { capacity: workerCapacity(jobs, memory), say }, async (worker) => {
      const stopped = signal.aborted ? Promise.resolve() : once(signal, 'abort');
      await (untilIdle ? Promise.race([worker.idle(), stopped]) : stopped);
    });
  });
}

const run: Action<Options> = async (_args, options, session) => {
  await withTraces(version, () => work(options, session));
  return options.untilIdle && !session.signal.aborted ? EXIT.done : EXIT.cancelled;
};

export function workCommand() {
  const command = new Command('work')
    .description('works on the jobs that were asked for, until it is stopped; on other machines with DATABASE_URL')
    .addOption(
      new Option('--jobs <n>', 'cores to use; TUTTI_WORKER_CORES or all when absent').argParser(wholeNumber(1)),
    )
    .addOption(
      new Option(
        '--memory <gib>',
        'memory to use; TUTTI_WORKER_MEMORY_GIB or three quarters of the machine when absent',
      ).argParser(wholeNumber(1)),
    )
    .option('--until-idle', 'end when nothing waits any more');
  return { command, run: run as Action<never> };
}
