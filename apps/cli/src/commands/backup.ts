import { backUpLibrary } from '@tutti/workflows';
import { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { shownName } from '../terminal/terminal.ts';

interface Options {
  readonly force?: boolean;
  readonly json?: boolean;
}

const run: Action<Options> = async ([path], { force = false, json }, { terminal, signal }) => {
  const say = (what: string) => terminal.say(shownName(what));
  const backup = await backUpLibrary(path!, force, { say, signal });
  if (json) terminal.result(JSON.stringify({ schema: 'tutti.backup-report/1', ...backup }));
  else terminal.say(`${backup.rows} rows of schema ${backup.version} written to ${shownName(backup.path)}`);
  return EXIT.done;
};

export function backupCommand() {
  const command = new Command('backup')
    .description('writes the whole library into one file, whether it is in your folder or on a server')
    .argument('<file>', 'where to; by custom it ends in .tutti-backup')
    .option('--force', 'replace the file if it is there')
    .option('--json', 'one JSON document on stdout');
  return { command, run: run as Action<never> };
}
