import { planTable, textPicture } from '@tutti/workflows';
import { shownName } from '../terminal/terminal.ts';
import type { EditorCommand, EditorDesk } from './editor-command.ts';
import { placeOf } from './words.ts';

const USUAL_COLUMNS = 80;
const MOST_NAMED = 8;

/** Whether the terminal is likely to have block characters (POSIX: LC_ALL, LC_CTYPE, LANG in this order). */
function hasUnicode(environment: NodeJS.ProcessEnv = process.env): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  return process.platform === 'win32' || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}

/** The mix as a picture and a table. */
export function show({ editor, terminal }: EditorDesk): void {
  const columns = process.stdout.columns || USUAL_COLUMNS;
  for (const line of textPicture(editor.plan, editor.request.tracks, { columns, unicode: hasUnicode() }))
    terminal.result(line);
  terminal.result('');
  for (const line of planTable(editor.plan, editor.request.joins)) terminal.result(shownName(line));
}

/** Says which fields somebody wrote by hand that planning anew takes, or took, away. */
export function sayHandWritten(fields: readonly string[], would: string, { terminal }: EditorDesk): void {
  if (fields.length === 0) return;
  const more = fields.length - MOST_NAMED;
  const named = fields.slice(0, MOST_NAMED).join(', ');
  terminal.complain(`${would}: ${named}${more > 0 ? ` and ${more} more` : ''}`);
}

export const SHOW_COMMANDS: readonly EditorCommand[] = [
  {
    names: ['show', 's'],
    usage: 'show',
    does: 'the mix as a picture and a table',
    takes: [],
    run(_, desk) {
      show(desk);
      return false;
    },
  },
  {
    names: ['why', 'w'],
    usage: 'why TRANSITION',
    does: 'why two tracks are joined as they are, and what else is possible',
    takes: ['join'],
    run([word], { editor, terminal }) {
      const { transitions } = editor.plan;
      const { technique, score, reason, alternatives } = transitions[placeOf(word, transitions.length, 'transition')]!;
      terminal.result(shownName(`${technique}, score ${score.toFixed(2)}: ${reason}`));
      alternatives.forEach((other, index) => {
        const length = other.bars ? ` of ${other.bars} bars` : '';
        const text = `${other.technique}${length}, score ${other.score.toFixed(2)}: ${other.reason}`;
        terminal.result(shownName(`  ${index + 1}. ${text}`));
      });
      return false;
    },
  },
  {
    names: ['files'],
    usage: 'files',
    does: 'the files that could be added',
    takes: [],
    run(_, { editor, terminal }) {
      for (const { title, path } of editor.spare) terminal.result(shownName(`${title}  (${path})`));
      if (editor.spare.length === 0) terminal.result('every file is in the mix; add FILE listens to another one');
      return false;
    },
  },
];
