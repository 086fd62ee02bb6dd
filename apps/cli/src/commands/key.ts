import { SCOPES } from '@tutti/contract/api';
import { type Accounts, type ApiKey, type Person, withAccounts } from '@tutti/workflows';
import { Argument, Command, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';

interface Options {
  readonly scope?: readonly string[];
  readonly days: number;
  readonly for?: string;
  readonly json?: boolean;
}

const USUAL_DAYS = 90;

/** Whose keys they are: the only owner's, where nobody is named. */
async function personFor(accounts: Accounts, email: string | undefined): Promise<Person> {
  if (email !== undefined) {
    const found = await accounts.findPerson(email);
    if (found) return found;
    throw new UsageError(`nobody signs in as ${email}`);
  }
  const owners = (await accounts.listPeople()).filter(({ role }) => role === 'owner');
  if (owners.length === 1) return owners[0]!;
  throw new UsageError(
    owners.length === 0
      ? 'nobody has an account here yet: tutti serve shows a link to make the first one'
      : `there are several owners: say whose key it is, --for ${owners.map(({ email: each }) => each).join(' or --for ')}`,
  );
}

function lineOf({ id, name, beginning, scopes, expiresAt, usedAt }: ApiKey): string {
  const ends = expiresAt < new Date() ? 'ended' : 'until';
  const used = usedAt === null ? 'never used' : `used ${usedAt.toISOString().slice(0, 16)}`;
  return `${id}  ${beginning}…  ${ends} ${expiresAt.toISOString().slice(0, 10)}  ${used}  ${scopes.join(',')}  ${shownName(name)}`;
}

async function create(accounts: Accounts, [name, ...rest]: readonly string[], options: Options, terminal: Terminal) {
  if (name === undefined || rest.length > 0) {
    throw new UsageError('say what the key is for, in one word or in quotes: tutti key create NAME --scope …');
  }
  const { scope = [], days, json } = options;
  if (scope.length === 0) throw new UsageError(`say what it opens: --scope ${SCOPES.join('|')}, as often as need be`);
  const person = await personFor(accounts, options.for);
  const { key, secret } = await accounts.createKey(person.id, { name, scopes: scope, days });
  if (json) terminal.result(JSON.stringify({ ...key, secret }));
  else {
    terminal.result(secret);
    const until = key.expiresAt.toISOString().slice(0, 10);
    terminal.say(`key ${key.id} of ${shownName(person.email)}, until ${until}; it is shown this once`);
  }
  return EXIT.done;
}

async function list(accounts: Accounts, options: Options, terminal: Terminal): Promise<ExitCode> {
  const person = await personFor(accounts, options.for);
  for (const key of await accounts.listKeys(person.id))
    terminal.result(options.json ? JSON.stringify(key) : lineOf(key));
  return EXIT.done;
}

async function revoke(accounts: Accounts, ids: readonly string[], options: Options, terminal: Terminal) {
  const wrong = ids.find((id) => !/^[1-9]\d{0,14}$/.test(id));
  if (wrong !== undefined) throw new UsageError(`${wrong} is no number of a key: tutti key list shows them`);
  const numbers = ids.map(Number);
  if (numbers.length === 0) throw new UsageError('say which keys, by their numbers');
  const person = await personFor(accounts, options.for);
  for (const number of numbers) {
    await accounts.revokeKey(person.id, number);
    terminal.say(`key ${number} opens nothing any more`);
  }
  return EXIT.done;
}

const run: Action<Options> = ([what, ...rest], options, { terminal, signal }) =>
  withAccounts({ say: (text) => terminal.say(shownName(text)), signal }, async (accounts) => {
    if (what === 'create') return create(accounts, rest, options, terminal);
    if (what === 'revoke') return revoke(accounts, rest, options, terminal);
    return list(accounts, options, terminal);
  });

export function keyCommand() {
  const command = new Command('key')
    .description('keys by which programs use the service; needs the owner account that tutti serve helps to make')
    .addArgument(new Argument('<what>', 'what to do').choices(['create', 'list', 'revoke']))
    .argument('[name...]', 'for create: what it is for; for revoke: the numbers of keys')
    .addOption(new Option('--scope <scope...>', 'what a new one opens').choices(SCOPES))
    .addOption(new Option('--days <n>', 'that a new one holds').argParser(wholeNumber(1, 366)).default(USUAL_DAYS))
    .option('--for <email>', 'whose keys; those of the owner when absent')
    .option('--json', 'one JSON document per key and line');
  return { command, run: run as Action<never> };
}
