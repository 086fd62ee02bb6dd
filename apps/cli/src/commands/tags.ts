import { TAG_EDIT_SCHEMA, TAG_FIELDS, type TagEdit, type TagField } from '@tutti/contract';
import {
  EditJournal,
  failureOf,
  KEY_NOTATIONS,
  type KeyNotation,
  requireComment,
  undoTags,
  userFolder,
  writeTagsOfFiles,
} from '@tutti/workflows';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { collectMusic } from '../terminal/collect-music.ts';
import { exitCodeOf, type FailedItem, reportFailure } from '../terminal/failures.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { addCandidateOptions, type CandidateOptions, collectCandidates } from './candidate-files.ts';

interface Options extends CandidateOptions {
  readonly fields?: readonly TagField[];
  readonly keyNotation: KeyNotation;
  readonly comment?: string;
  readonly write?: boolean;
  readonly undo?: boolean;
  readonly json?: boolean;
}

/** A parser for commander: names of fields with commas between. */
function tagFields(text: string): TagField[] {
  return text.split(',').map((name) => {
    const field = TAG_FIELDS.find((known) => known === name.trim());
    if (!field) throw new InvalidArgumentError(`${JSON.stringify(name)} is none of ${TAG_FIELDS.join(', ')}.`);
    return field;
  });
}

function showEdit({ path, changes, remarks }: TagEdit, terminal: Terminal): void {
  for (const remark of remarks) terminal.say(shownName(remark));
  if (changes.length === 0) return;
  terminal.result(shownName(path));
  for (const { field, before, after } of changes) {
    const old = before === null ? terminal.style('dim', '(nothing)') : shownName(before);
    terminal.result(`  ${field.padEnd(8)} ${old} -> ${terminal.style('bold', shownName(after))}`);
  }
}

async function undo(paths: readonly string[], { json }: Options, session: Session): Promise<ExitCode> {
  const { terminal, signal } = session;
  if (paths.length === 0) throw new UsageError('name the files or folders whose tags are to be as they were');
  const { files, failures } = await collectMusic(paths, session);
  const failed: FailedItem[] = [...failures];
  const journal = new EditJournal(userFolder());
  let done = 0;
  for (const file of files) {
    signal.throwIfAborted();
    const path = String(file);
    try {
      const undone = await undoTags(path, journal);
      done += 1;
      if (json) terminal.result(JSON.stringify(undone));
      else terminal.result(`${shownName(path)}  (as before ${undone.undone})`);
    } catch (error) {
      failed.push(tell({ path, error: failureOf(error) }, json, terminal));
    }
  }
  terminal.say(`the tags of ${done} of ${files.length} files are as they were`);
  return exitCodeOf(failed);
}

function tell(item: FailedItem, json: boolean | undefined, terminal: Terminal): FailedItem {
  if (json) terminal.result(JSON.stringify({ schema: TAG_EDIT_SCHEMA, ...item }));
  reportFailure(item, terminal);
  return item;
}

/** What is asked for: a comment is written when one is given. */
function fieldsOf({ fields, comment }: Options): readonly TagField[] {
  if (fields?.includes('comment') && comment === undefined)
    throw new UsageError('say what the comment is to be, with --comment');
  if (comment === undefined) return fields ?? ['bpm', 'key', 'gain', 'peak'];
  requireComment(comment);
  return fields === undefined ? ['comment'] : [...new Set([...fields, 'comment' as const])];
}

const run: Action<Options> = async (paths, options, session): Promise<ExitCode> => {
  const { terminal, signal } = session;
  const { keyNotation, comment, write = false, json, jobs } = options;
  if (options.undo) {
    if (write || options.fields || comment !== undefined || options.analyses !== undefined)
      throw new UsageError('--undo takes files and folders alone');
    return undo(paths, options, session);
  }
  const request = { fields: fieldsOf(options), keyNotation, comment };
  const { candidates: lines, failed: unheard } = await collectCandidates(paths, options, session, (line) => line);
  const failed: FailedItem[] = [...unheard];
  const bar = new ProgressBar(terminal, write ? 'writing' : 'comparing');
  let done = 0;
  let different = 0;
  for await (const each of writeTagsOfFiles(lines, request, { write, userFolder: userFolder(), jobs, signal })) {
    done += 1;
    bar.update(done / lines.length, `${done}/${lines.length}`, shownName(each.path));
    if ('reason' in each) {
      failed.push(tell({ path: each.path, error: failureOf(each.reason) }, json, terminal));
      continue;
    }
    if (each.changes.length > 0) different += 1;
    if (json) terminal.result(JSON.stringify(each));
    else showEdit(each, terminal);
  }
  bar.end();
  if (write) terminal.say(`wrote tags into ${different} of ${lines.length} files; tutti tags --undo takes it back`);
  else terminal.say(`${different} of ${lines.length} files would be changed; --write does it`);
  return failed.length > 0 ? exitCodeOf(failed) : EXIT.done;
};

export function tagsCommand() {
  const command = new Command('tags')
    .alias('tag')
    .description(
      'writes tempo, key, gain, a comment and the cues and grid of Serato into the tags of files; without --write only shows what would change',
    )
    .argument('[path...]', 'audio files and folders')
    .addOption(
      new Option(
        '--fields <list>',
        `what to write, with commas between: ${TAG_FIELDS.join(', ')}; bpm, key, gain and peak when absent`,
      ).argParser(tagFields),
    )
    .addOption(
      new Option('--key-notation <name>', 'how keys are spelt: Gm, 6A, 11m')
        .choices(KEY_NOTATIONS)
        .default('classical' satisfies KeyNotation),
    )
    .option('--comment <text>', 'write this comment; may say {bpm}, {key}, {camelot}, {openKey}, {energy}, {lufs}')
    .option('--write', 'write; the sound stays as it is, and so do all other tags')
    .option('--undo', 'take back the last change of each file, byte for byte');
  addCandidateOptions(command).option('--json', 'one JSON document per file and line (schema tutti.tag-edit/1)');
  return { command, run: run as Action<never> };
}
