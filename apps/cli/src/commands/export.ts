import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import {
  checkExport,
  type ExportFormat,
  type ExportOptions,
  exportLibrary,
  type FilePlace,
  LIBRARY_FORMATS,
  type LibraryExportOptions,
  type MixPlan,
  needsAnalyses,
  prepareExport,
  type Relocation,
  readAnalyses,
  readMixPlan,
  requireSameSound,
  USUAL_START_VOLUME,
  withLibrary,
  writeExport,
} from '@tutti/workflows';
import { Command, Option } from 'commander';
import { EXIT, UsageError } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { listenTo } from '../terminal/listen-to.ts';
import { shownName } from '../terminal/terminal.ts';
import { version } from '../version.ts';
import { wholeNumber } from './arguments.ts';
import { anyFormats, EXPORT_FORMAT_NAMES, FORMATS_HELP, formatsAmong, reportExport } from './export-formats.ts';
import { absoluteFolder, relocation } from './relocation.ts';

interface Options {
  readonly format: readonly string[];
  readonly library?: boolean;
  readonly playlist?: readonly string[];
  readonly marks?: 'kept' | 'heard';
  readonly drive?: FilePlace;
  readonly output: string;
  readonly name?: string;
  readonly mix?: string;
  readonly analysis?: string;
  readonly relative?: boolean;
  readonly relocate: readonly Relocation[];
  readonly volume: string;
  readonly jobs: number;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** The name that the files of a set have. */
function setName({ name, mix }: Options, plan: string): string {
  return usableName(name ?? basename(mix ?? plan).replace(/(\.plan)?\.[^.]+$/i, ''));
}

/** The name, if it can be that of a file on every system. */
function usableName(found: string): string {
  if (/^\.*$|[. ]$|[/\\:*?"<>|\p{Cc}]/u.test(found)) {
    throw new UsageError(
      `${JSON.stringify(found)} cannot be the name of files on every system: give another with --name`,
    );
  }
  return found;
}

/** The analyses that the grids and cues come from: of a file of lines, or made anew from the files of the plan. */
async function analysesFor(
  plan: MixPlan,
  formats: readonly ExportFormat[],
  { analysis, jobs }: Options,
  session: Session,
): Promise<readonly AnalysisLine[]> {
  if (analysis !== undefined) return readAnalyses(analysis, new Set(plan.tracks.map(({ audioHash }) => audioHash)));
  if (!needsAnalyses(formats)) return [];
  const { lines } = await listenTo([...new Set(plan.tracks.map(({ path }) => path))], jobs, session, (line) => line);
  requireSameSound(plan, lines);
  return lines;
}

/** The set of a mix plan. */
async function exportSet(planPath: string, options: Options, session: Session): Promise<void> {
  const { terminal } = session;
  const { output: folder, mix, force = false } = options;
  if (options.marks !== undefined || options.drive !== undefined)
    throw new UsageError('--marks and --drive go with --library and --playlist');
  const formats = formatsAmong(options.format, EXPORT_FORMAT_NAMES, 'a mix plan');
  if (formats.includes('cue') && mix === undefined) {
    throw new UsageError('a cue sheet is about a rendered mix: name it with --mix');
  }
  const plan = await readMixPlan(planPath);
  const name = setName(options, planPath);
  const target = { formats, folder, name, mix: mix ?? null };
  await checkExport(target, force);
  const prepared = prepareExport(plan, await analysesFor(plan, formats, options, session), {
    ...target,
    relative: options.relative ?? false,
    relocations: options.relocate,
    startVolume: options.volume,
    version,
  } satisfies ExportOptions);
  await writeExport(prepared, folder);
  reportExport(prepared, terminal);
  if (options.json) {
    for (const { format, path, remarks } of prepared) terminal.result(JSON.stringify({ format, path, remarks }));
  }
}

/** Playlists of the library, or the whole of it. */
function exportOfLibrary(options: Options, { terminal, signal }: Session): Promise<void> {
  const { playlist, output: folder, relocate: relocations, volume: startVolume } = options;
  if (options.mix !== undefined || options.analysis !== undefined)
    throw new UsageError('--mix and --analysis go with a mix plan');
  const formats = formatsAmong(options.format, LIBRARY_FORMATS, 'the library');
  const usual = playlist?.length === 1 ? playlist[0]!.split('/').at(-1)! : 'library';
  const request: LibraryExportOptions = {
    ...{ formats, folder, relocations, startVolume, version, signal },
    ...{ playlists: playlist ?? null, name: usableName(options.name ?? usual), marks: options.marks ?? 'kept' },
    ...{ relative: options.relative ?? false, force: options.force ?? false, drive: options.drive ?? null },
  };
  return withLibrary({ say: (text) => terminal.say(shownName(text)), signal }, async (library) => {
    for (const file of await exportLibrary(library, request)) {
      const { path, tracks, remarks } = file;
      for (const remark of remarks) terminal.complain(`${shownName(path)}: ${shownName(remark)}`);
      terminal.say(`${shownName(path)}: ${tracks} tracks`);
      if (options.json) terminal.result(JSON.stringify(file));
    }
  });
}

const run: Action<Options> = async ([plan], options, session) => {
  const { library, playlist } = options;
  if ([plan !== undefined, library === true, playlist !== undefined].filter(Boolean).length !== 1)
    throw new UsageError('say what to export: a mix plan, --playlist NAME or --library');
  await (plan === undefined ? exportOfLibrary(options, session) : exportSet(plan, options, session));
  return EXIT.done;
};

export function exportCommand() {
  const command = new Command('export')
    .description('writes the set of a mix plan, playlists or the whole library for DJ programs, players and people')
    .argument('[plan]', 'a mix plan (tutti mix --plan-only)')
    .option('--library', 'all tracks of the library and all its playlists')
    .addOption(
      new Option('--playlist <name>', 'a playlist of the library; may be repeated').argParser(
        (name, names: string[] = []) => [...names, name],
      ),
    )
    .addOption(
      new Option(
        '--format <list>',
        `what to write, with commas between: ${FORMATS_HELP}; of the library ${LIBRARY_FORMATS.join(', ')}`,
      )
        .argParser(anyFormats)
        .makeOptionMandatory(),
    )
    .requiredOption('-o, --output <dir>', 'the folder to write into')
    .option('--name <name>', 'of the set and its files; that of the mix, the plan or the playlist when absent')
    .option('--mix <file>', 'the rendered mix, for the cue sheet')
    .option(
      '--analysis <file>',
      'take grids, keys and cues from these lines of tutti analyse --json, by audioHash; the files are listened to when absent',
    )
    .option('--relative', 'paths in the playlist from its folder on')
    .addOption(
      new Option(
        '--relocate <from=to>',
        'what a folder is called where it is read: /mnt/music=M:\\Music; may be repeated',
      )
        .argParser(relocation)
        .default([], 'none'),
    )
    .option('--volume <name>', "name of the start volume of Traktor's Mac", USUAL_START_VOLUME)
    .addOption(
      new Option('--jobs <n>', 'files analysed at a time')
        .argParser(wholeNumber(1))
        .default(availableParallelism(), 'the number of cores'),
    )
    .addOption(
      new Option(
        '--marks <which>',
        'grids and cues of the library: kept takes those that you made in a DJ program where there are any, heard those of the analysis (default: kept)',
      ).choices(['kept', 'heard']),
    )
    .addOption(
      new Option(
        '--drive <folder>',
        'the drive that crates of Serato are for; that of each path when absent (a letter, what is below /Volumes, the root)',
      ).argParser(absoluteFolder),
    )
    .option('--force', 'replace files that are there')
    .option('--json', 'one JSON document per file and line on stdout');
  return { command, run: run as Action<never> };
}
