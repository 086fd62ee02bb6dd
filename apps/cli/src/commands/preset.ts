import {
  failureOf,
  findPreset,
  listPresets,
  MASTER_STYLES,
  MASTER_TARGETS,
  presetFolder,
  presetOf,
  readMasterPlan,
  readPresetFile,
  savePreset,
  userFolder,
} from '@tutti/workflows';
import { Argument, Command } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { reportFailure } from '../terminal/failures.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';

interface Options {
  readonly name?: string;
  readonly description: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** What there is to master with: own presets, and the targets and styles that are built in. */
async function list(folder: string, { json }: Options, terminal: Terminal): Promise<ExitCode> {
  const kept = await listPresets(folder);
  const targets = [...MASTER_TARGETS.values()];
  const styles = [...MASTER_STYLES.values()];
  if (json) {
    const named = (all: readonly { readonly name: string; readonly title: string }[]) =>
      all.map(({ name, title }) => ({ name, title }));
    const presets = kept.flatMap((each) => ('preset' in each ? [{ path: each.path, ...each.preset }] : []));
    terminal.result(JSON.stringify({ presets, targets: named(targets), styles: named(styles) }));
  } else {
    const show = (title: string, all: readonly (readonly [string, string])[]) => {
      terminal.result(terminal.style('bold', title));
      for (const [name, what] of all) terminal.result(`  ${shownName(name).padEnd(18)} ${shownName(what)}`);
    };
    show(
      `presets in ${folder}`,
      kept.flatMap((each) => ('preset' in each ? [[each.preset.name, each.preset.description] as const] : [])),
    );
    show(
      'targets',
      targets.map(({ name, title, loudnessLufs, ceilingDb }) => [
        name,
        `${title}: ${loudnessLufs === null ? 'any loudness' : `${loudnessLufs} LUFS`}, ${ceilingDb} dBTP`,
      ]),
    );
    show(
      'styles',
      styles.map(({ name, title }) => [name, title]),
    );
  }
  const damaged = kept.flatMap((each) => ('reason' in each ? [each.reason] : []));
  for (const reason of damaged) terminal.complain(shownName(reason));
  return damaged.length > 0 ? EXIT.itemsFailed : EXIT.done;
}

/** Says of each file whether it is a preset that can be used. */
async function validate(paths: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let failed = false;
  for (const path of paths) {
    try {
      const { name } = await readPresetFile(path);
      terminal.result(`${shownName(path)}: ${shownName(name)}, usable`);
    } catch (error) {
      failed = true;
      reportFailure({ path, error: failureOf(error) }, terminal);
    }
  }
  return failed ? EXIT.itemsFailed : EXIT.done;
}

/** Keeps a preset: another one's file, or what a plan decided. */
async function save(folder: string, path: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  const { name, description, force = false } = options;
  const preset =
    name === undefined ? await readPresetFile(path) : presetOf(await readMasterPlan(path), name, description);
  terminal.say(`kept in ${shownName(await savePreset(folder, preset, force))}`);
  return EXIT.done;
}

const run: Action<Options> = async ([what, ...words], options, { terminal }): Promise<ExitCode> => {
  const folder = presetFolder(userFolder());
  if (what === 'list') {
    if (words.length > 0) throw new UsageError('list takes no names');
    return list(folder, options, terminal);
  }
  if (words.length === 0) throw new UsageError(`say what to ${what}`);
  if (what === 'validate') return validate(words, terminal);
  if (words.length > 1) throw new UsageError(`${what} takes one at a time`);
  if (what === 'save') return save(folder, words[0]!, options, terminal);
  terminal.result(JSON.stringify(await findPreset(folder, words[0]!), null, 2));
  return EXIT.done;
};

export function presetCommand() {
  const command = new Command('preset')
    .description('what masters are made with: lists, shows, checks and keeps presets')
    .addArgument(new Argument('<what>', 'what to do').choices(['list', 'show', 'validate', 'save']))
    .argument('[name...]', 'show: a name; validate: files; save: the file of a preset, or with --name of a master plan')
    .option('--name <name>', 'save what a master plan decided under this name')
    .option('--description <words>', 'what it is for', '')
    .option('--force', 'replace a preset of the same name')
    .option('--json', 'list as one JSON document');
  return { command, run: run as Action<never> };
}
