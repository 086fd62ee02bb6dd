import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import {
  checkExport,
  type ExportFormat,
  type ExportOptions,
  type MixPlan,
  needsAnalyses,
  prepareExport,
  type Relocation,
  readAnalyses,
  readMixPlan,
  requireSameSound,
  USUAL_START_VOLUME,
  writeExport,
} from '@tutti/workflows';
import { Command, Option } from 'commander';
import { EXIT, UsageError } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { listenTo } from '../terminal/listen-to.ts';
import { version } from '../version.ts';
import { wholeNumber } from './arguments.ts';
import { exportFormats, FORMATS_HELP, reportExport } from './export-formats.ts';
import { relocation } from './relocation.ts';

interface Options {
  readonly format: readonly ExportFormat[];
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

/** The name that the files of a set have, if it can be that of a file on every system. */
function setName({ name, mix }: Options, plan: string): string {
  const found = name ?? basename(mix ?? plan).replace(/(\.plan)?\.[^.]+$/i, '');
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
  { format, analysis, jobs }: Options,
  session: Session,
): Promise<readonly AnalysisLine[]> {
  if (analysis !== undefined) return readAnalyses(analysis, new Set(plan.tracks.map(({ audioHash }) => audioHash)));
  if (!needsAnalyses(format)) return [];
  const { lines } = await listenTo([...new Set(plan.tracks.map(({ path }) => path))], jobs, session, (line) => line);
  requireSameSound(plan, lines);
  return lines;
}

const run: Action<Options> = async ([planPath], options, session) => {
  const { terminal } = session;
  const { format: formats, output: folder, mix, force = false } = options;
  if (formats.includes('cue') && mix === undefined) {
    throw new UsageError('a cue sheet is about a rendered mix: name it with --mix');
  }
  const plan = await readMixPlan(planPath!);
  const name = setName(options, planPath!);
  const target = { formats, folder, name, mix: mix ?? null };
  await checkExport(target, force);
  const prepared = prepareExport(plan, await analysesFor(plan, options, session), {
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
  return EXIT.done;
};

export function exportCommand() {
  const command = new Command('export')
    .description('writes the set of a mix plan for DJ programs, players and people')
    .argument('<plan>', 'a mix plan (tutti mix --plan-only)')
    .addOption(
      new Option('--format <list>', `what to write, with commas between: ${FORMATS_HELP}`)
        .argParser(exportFormats)
        .makeOptionMandatory(),
    )
    .requiredOption('-o, --output <dir>', 'the folder to write into')
    .option('--name <name>', 'of the set and its files; that of the mix or the plan when absent')
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
    .option('--force', 'replace files that are there')
    .option('--json', 'one JSON document per file and line on stdout');
  return { command, run: run as Action<never> };
}
