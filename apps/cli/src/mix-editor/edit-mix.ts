import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf, type MixEditor } from '@tutti/workflows';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { shownName } from '../terminal/terminal.ts';
import { COMMANDS, commandNamed } from './commands.ts';
import { completeLine } from './complete-line.ts';
import type { EditorDesk } from './editor-command.ts';
import { quitsUnsaved } from './file-commands.ts';
import { LineReader } from './line-reader.ts';
import { sayHandWritten, show } from './show-commands.ts';
import { wordsOf } from './words.ts';

/** What the editor is given by the command that starts it. */
export interface EditMixOptions extends Pick<EditorDesk, 'output'> {
  readonly listenTo: (paths: readonly string[], session: Session) => Promise<void>;
  readonly render: (out: string, session: Session) => Promise<void>;
}

/**
 * Lets a person edit a mix, line by line, on a terminal or through a pipe, until they quit or there are no more lines.
 * @returns wrong lines are an answer on a terminal, and a failure in a pipe
 */
export async function editMix(editor: MixEditor, session: Session, options: EditMixOptions): Promise<ExitCode> {
  const { terminal, signal } = session;
  const reader = new LineReader((line) => completeLine(line, editor));
  let folder: string | null = null;
  let failed = 0;
  const scratch = async () => {
    folder ??= await mkdtemp(join(tmpdir(), 'tutti-listen-'));
    return folder;
  };
  const stop = () => reader.close();
  signal.addEventListener('abort', stop);
  const deskOf = (interrupted: AbortSignal): EditorDesk => {
    const during: Session = { terminal, signal: AbortSignal.any([signal, interrupted]) };
    return {
      ...{ editor, terminal, signal: during.signal, output: options.output, scratch },
      listenTo: (paths) => options.listenTo(paths, during),
      render: (out) => options.render(out, during),
      ask: (question) => reader.next(question),
      untilEnter: (work) => reader.untilEnter(work),
    };
  };
  try {
    const desk = deskOf(signal);
    show(desk);
    sayHandWritten(editor.handWritten, 'written by hand, and gone once the mix is edited', desk);
    if (reader.isTerminal) terminal.result('help tells what there is, the tab key completes, quit ends');
    for (;;) {
      const line = await reader.next(editor.isUnsaved ? 'mix*> ' : 'mix> ');
      signal.throwIfAborted();
      if (line === null) {
        if (reader.isTerminal && editor.isUnsaved && !signal.aborted) {
          reader.reopen();
          if (!(await quitsUnsaved(desk))) continue;
        }
        break;
      }
      const outcome = await reader.interruptible((interrupted) => obey(line, deskOf(interrupted)));
      signal.throwIfAborted();
      if (outcome === 'failed') failed += 1;
      if (outcome === 'end') return reader.isTerminal || failed === 0 ? EXIT.done : EXIT.itemsFailed;
    }
    if (editor.isUnsaved) terminal.complain('the edits that were not saved are gone');
    return reader.isTerminal || failed === 0 ? EXIT.done : EXIT.itemsFailed;
  } finally {
    signal.removeEventListener('abort', stop);
    reader.close();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

/** Does what a line says. What cannot be done is told, and the mix is as it was. */
async function obey(line: string, desk: EditorDesk): Promise<'done' | 'failed' | 'end'> {
  const { terminal } = desk;
  try {
    const [name, ...words] = wordsOf(line);
    if (name === undefined || name.startsWith('#')) return 'done';
    const command = commandNamed(name);
    if (command === undefined) {
      const near = COMMANDS.map(({ names }) => names[0]).filter((known) => known.startsWith(name[0]!.toLowerCase()));
      const hint = near.length > 0 ? `${near.join(', ')}? ` : '';
      terminal.complain(`there is no command ${shownName(name)}; ${hint}help tells what there is`);
      return 'failed';
    }
    return (await command.run(words, desk)) ? 'end' : 'done';
  } catch (error) {
    terminal.progress('');
    // Ctrl-C ends what was being done, not the editor.
    if (desk.signal.aborted) terminal.complain('stopped');
    else terminal.complain(shownName(inTransitions(failureOf(error).message)));
    return 'failed';
  }
}

/** The planner counts joins from 0, the editor's transitions begin with 1. */
function inTransitions(message: string): string {
  return message.replace(/\bjoins\[(\d+)\]/g, (_, index: string) => `transition ${Number(index) + 1}`);
}
