import { ROLES, type Role } from '@tutti/contract/api';
import { withAccounts } from '@tutti/workflows';
import { Argument, Command, Option } from 'commander';
import { EXIT, UsageError } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { shownName } from '../terminal/terminal.ts';

interface Options {
  readonly role?: Role;
  readonly json?: boolean;
}

const run: Action<Options> = ([what, email], { role, json }, { terminal, signal }) =>
  withAccounts({ say: (text) => terminal.say(shownName(text)), signal }, async (accounts) => {
    if (what === 'list') {
      for (const person of await accounts.listPeople()) {
        const { name, role: is, email: by } = person;
        terminal.result(json ? JSON.stringify(person) : `${is.padEnd(8)}  ${shownName(by)}  ${shownName(name)}`);
      }
      return EXIT.done;
    }
    const person = email === undefined ? undefined : await accounts.findPerson(email);
    if (email !== undefined && !person) throw new UsageError(`nobody signs in as ${email}`);
    if ((person === undefined) === (role === undefined)) {
      throw new UsageError(
        'say whose password is to be new, by the address; or --role, of an account that is to be made',
      );
    }
    const { token, expiresAt } = await accounts.invite(person ? { person: person.id } : { role: role! }, null);
    if (json) terminal.result(JSON.stringify({ path: `/welcome#${token}`, expiresAt }));
    else {
      terminal.result(`/welcome#${token}`);
      terminal.say(`open it behind the address of tutti serve, once, until ${expiresAt.toISOString()}`);
    }
    return EXIT.done;
  });

export function accountCommand() {
  const command = new Command('account')
    .description('the accounts of the service, and links by which one is made or has its password made anew')
    .addArgument(new Argument('<what>', 'what to do').choices(['list', 'link']))
    .argument('[email]', 'for link: whose password is to be new')
    .addOption(new Option('--role <role>', 'for link: of an account that is to be made').choices(ROLES))
    .option('--json', 'one JSON document per account and line');
  return { command, run: run as Action<never> };
}
