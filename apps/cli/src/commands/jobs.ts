import type { JobDocument, JobTypeName } from '@tutti/contract';
import {
  askForJob,
  cleanUserResults,
  JOB_STATES,
  JOB_TYPES,
  type JobState,
  jobDocument,
  type UserJobs,
  withJobs,
} from '@tutti/workflows';
import { Argument, Command, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';

interface Options {
  readonly json?: boolean;
  readonly state?: JobState;
  readonly type?: string;
  readonly limit: number;
  readonly before?: number;
  readonly priority?: 'background' | 'usual' | 'urgent';
  readonly dryRun?: boolean;
}

type Queue = UserJobs['queue'];

const TYPE_NAMES = Object.keys(JOB_TYPES) as readonly JobTypeName[];

/** What a person wants to know of a job in a line. */
function lineOf({ id, type, state, progress, error, reason, input }: JobDocument): string {
  const share = typeof progress === 'object' && progress !== null && 'share' in progress ? progress.share : null;
  const far = state === 'running' && typeof share === 'number' ? ` ${Math.round(100 * share)} %` : '';
  const about = error?.message ?? reason ?? JSON.stringify(input);
  return `${id}  ${`${state}${far}`.padEnd(12)} ${type.padEnd(9)} ${shownName(about).slice(0, 200)}`;
}

async function list(queue: Queue, options: Options, terminal: Terminal): Promise<ExitCode> {
  const { state, type, limit, before, json } = options;
  const jobs = await queue.list({
    ...{ limit, before },
    ...(state !== undefined && { states: [state] }),
    ...(type !== undefined && { types: [type] }),
  });
  for (const job of jobs.map(jobDocument)) terminal.result(json ? JSON.stringify(job) : lineOf(job));
  const counts = await queue.counts();
  if (!json) {
    const sums = JOB_STATES.map((each) => {
      const count = counts.reduce((sum, found) => sum + (found.state === each ? found.count : 0), 0);
      return count > 0 ? [`${count} ${each}`] : [];
    });
    terminal.say(sums.flat().join(', ') || 'there are no jobs');
  }
  return EXIT.done;
}

async function show(queue: Queue, id: string, { json }: Options, terminal: Terminal): Promise<ExitCode> {
  const found = await queue.find(id);
  if (found === undefined) {
    terminal.complain(`there is no job ${shownName(id)}`);
    return EXIT.itemsFailed;
  }
  terminal.result(JSON.stringify(jobDocument(found), null, json ? undefined : 2));
  return EXIT.done;
}

/** Does something to each job; what cannot be done is told, and the others go on. */
async function each(
  ids: readonly string[],
  terminal: Terminal,
  work: (id: string) => Promise<boolean>,
  done: string,
  refused: string,
): Promise<ExitCode> {
  let failed = false;
  for (const id of ids) {
    if (await work(id)) terminal.say(`${id} ${done}`);
    else {
      failed = true;
      terminal.complain(`${shownName(id)} ${refused}`);
    }
  }
  return failed ? EXIT.itemsFailed : EXIT.done;
}

async function add(user: UserJobs, [name, ...inputs]: readonly string[], options: Options, terminal: Terminal) {
  const type = TYPE_NAMES.find((known) => known === name);
  if (type === undefined) {
    throw new UsageError(`"${name}" is no type of job; there are ${TYPE_NAMES.join(', ')}`);
  }
  for (const text of inputs) {
    const input: unknown = parseJson(text);
    const { id, isNew } = await askForJob(user, type, input, { priority: options.priority });
    const job = await user.queue.find(id);
    if (options.json) terminal.result(JSON.stringify(jobDocument(job!)));
    else terminal.result(isNew ? id : `${id} (asked for before)`);
  }
  return EXIT.done;
}

async function clean(user: UserJobs, { dryRun = false, json }: Options, { terminal, signal }: Session) {
  const cleaned = await cleanUserResults(user, dryRun, signal);
  if (json) {
    terminal.result(JSON.stringify(cleaned));
    return EXIT.done;
  }
  const { removed, kept, tooMany } = cleaned;
  const size = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  terminal.result(
    `${removed.results} results (${size(removed.bytes)}) ${dryRun ? 'would be' : 'were'} removed; ${kept.results} (${size(kept.bytes)}) stay`,
  );
  if (tooMany > 0) terminal.complain(`${size(tooMany)} too many stay: they are new, or jobs need them`);
  return EXIT.done;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${text} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

const run: Action<Options> = ([what, ...rest], options, session: Session) => {
  const { terminal, signal } = session;
  if (what === 'clean' && rest.length > 0) throw new UsageError('clean takes no ids: it looks at all results');
  if (what === 'list' && rest.length > 0) throw new UsageError('list takes no ids; show does');
  if (what === 'show' && rest.length !== 1) throw new UsageError('say which job to show, by its id');
  if (what === 'add' && rest.length < 2) throw new UsageError('say which type of job, and what it is given, as JSON');
  if (rest.length === 0 && what !== 'list' && what !== 'clean')
    throw new UsageError(`say which jobs to ${what}, by their ids`);
  return withJobs({ say: (text) => terminal.say(shownName(text)), signal }, async (user) => {
    const { queue } = user;
    switch (what) {
      case 'list':
        return list(queue, options, terminal);
      case 'clean':
        return clean(user, options, session);
      case 'show':
        return show(queue, rest[0]!, options, terminal);
      case 'cancel':
        return each(rest, terminal, (id) => queue.cancel(id), 'is cancelled', 'is no job that could be cancelled');
      case 'retry':
        return each(rest, terminal, (id) => queue.retry(id), 'waits again', 'is no job that could be tried again');
      default:
        return add(user, rest, options, terminal);
    }
  });
};

export function jobsCommand() {
  const command = new Command('jobs')
    .description('the jobs: what was asked for, what became of it; clean removes the results that no job needs')
    .addArgument(new Argument('<what>', 'what to do').choices(['list', 'show', 'cancel', 'retry', 'add', 'clean']))
    .argument('[id...]', 'the jobs; for add: the type, and what each job of it is given, as JSON')
    .addOption(new Option('--state <state>', 'only these').choices(JOB_STATES))
    .addOption(new Option('--type <type>', 'only these').choices(TYPE_NAMES))
    .addOption(new Option('--limit <n>', 'list at most').argParser(wholeNumber(1)).default(50))
    .addOption(
      new Option('--before <number>', 'list from there: the number of the last one before').argParser(wholeNumber(1)),
    )
    .addOption(new Option('--priority <class>', 'of what is added').choices(['background', 'usual', 'urgent']))
    .option('--dry-run', 'clean: only say what would be removed')
    .option('--json', 'one JSON document per job and line (schema tutti.job/1)');
  return { command, run: run as Action<never> };
}
