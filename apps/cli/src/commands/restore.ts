import { restoreFromBackup } from '@tutti/workflows';
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
  const restored = await restoreFromBackup(path!, force, { say, signal });
  if (json) terminal.result(JSON.stringify({ schema: 'tutti.restore-report/1', path, ...restored }));
  else terminal.say(`${restored.rows} rows restored, of ${restored.madeAt} and schema ${restored.version}`);
  return EXIT.done;
};

export function restoreCommand() {
  const command = new Command('restore')
    .description('puts a backup in the place of the library, here or on a server; what was there is backed up first')
    .argument('<file>', 'what `tutti backup` wrote, with this version or an older one')
    .option('--force', 'replace a library that has something in it')
    .option('--json', 'one JSON document on stdout');
  return { command, run: run as Action<never> };
}
