import { EDIT_COMMANDS } from './edit-commands.ts';
import type { EditorCommand } from './editor-command.ts';
import { FILE_COMMANDS } from './file-commands.ts';
import { SHOW_COMMANDS } from './show-commands.ts';

const HELP: EditorCommand = {
  names: ['help', 'h', '?'],
  usage: 'help',
  does: 'what there is',
  takes: [],
  run(_, { terminal }) {
    const width = Math.max(...COMMANDS.map(({ usage }) => usage.length));
    for (const { names, usage, does } of COMMANDS) {
      const short = names.length > 1 ? ` (${names.slice(1).join(', ')})` : '';
      terminal.result(`  ${usage.padEnd(width)}  ${does}${short}`);
    }
    terminal.result('Tracks and transitions are named by their numbers: transition 3 is the one after track 3.');
    return false;
  },
};

/** All commands, in the order in which help tells them. */
export const COMMANDS: readonly EditorCommand[] = [...SHOW_COMMANDS, ...EDIT_COMMANDS, ...FILE_COMMANDS, HELP];

/** The command of a name; undefined when there is none. */
export function commandNamed(name: string): EditorCommand | undefined {
  return COMMANDS.find(({ names }) => names.includes(name.toLowerCase()));
}
