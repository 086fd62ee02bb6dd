import { availableParallelism } from 'node:os';
import { basename, dirname, extname } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import {
  checkExport,
  checkOutput,
  type ExportFormat,
  failureOf,
  type MixPlan,
  planMixOf,
  prepareExport,
  type RenderedMix,
  readMixPlan,
  renderMixToFile,
  requireSameSound,
  USUAL_START_VOLUME,
  writeExport,
} from '@tutti/workflows';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { collectMusic } from '../terminal/collect-music.ts';
import { exitCodeOf, type FailedItem } from '../terminal/failures.ts';
import { listenTo } from '../terminal/listen-to.ts';
import { ProgressBar, shortDuration } from '../terminal/progress-bar.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { version } from '../version.ts';
import { wholeNumber } from './arguments.ts';
import { exportFormats, FORMATS_HELP, reportExport } from './export-formats.ts';
import { addSetOptions, NAMING_HELP, type SetOptions, setRequest } from './set-options.ts';

interface Options extends SetOptions {
  readonly output?: string;
  readonly plan?: string;
  readonly tempo: 'follow' | number;
  readonly jobs: number;
  readonly planOnly?: boolean;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly picture: boolean;
  readonly report?: boolean;
  readonly export: readonly ExportFormat[];
}

function tempoOption(text: string): 'follow' | number {
  if (text === 'follow') return text;
  const value = Number(text);
  if (!(value >= 40 && value <= 240))
    throw new InvalidArgumentError('it must be "follow" or beats per minute from 40 to 240.');
  return value;
}

/** Says how the set runs: each track, and how it was joined to the one before. */
export function describePlan(plan: MixPlan, terminal: Terminal): void {
  plan.tracks.forEach((track, index) => {
    const facts = [track.camelot ?? 'no key', track.bpm === null ? 'no tempo' : `${track.bpm.toFixed(1)} BPM`];
    terminal.say(
      `${String(index + 1).padStart(3)}. ${shownName(track.title)}  ${terminal.style('dim', facts.join(', '))}`,
    );
    const next = plan.transitions[index];
    if (next) terminal.detail(`       ${next.reason}`);
  });
}

/** Renders with a progress bar and says what came out. */
export async function renderWithProgress(
  plan: MixPlan,
  out: string,
  options: {
    readonly force: boolean;
    readonly picture: boolean;
    readonly report: boolean;
    readonly analyses: readonly AnalysisLine[];
  },
  { terminal, signal }: Session,
): Promise<RenderedMix> {
  const bar = new ProgressBar(terminal, 'mixing');
  const rendered = await renderMixToFile(plan, out, {
    ...options,
    signal,
    onProgress: ({ seconds, totalSeconds, title }) =>
      bar.update(
        seconds / totalSeconds,
        `${shortDuration(seconds)} of ${shortDuration(totalSeconds)}`,
        shownName(title),
      ),
    onResume: (seconds) => terminal.say(`going on at ${shortDuration(seconds)}, where a run was killed`),
    onMeasured: (share) => bar.update(share, 'measuring the transitions'),
  }).finally(() => bar.end());
  const { integratedLufs, truePeakDb } = rendered.loudness;
  const level =
    integratedLufs === null ? 'silent' : `${integratedLufs.toFixed(1)} LUFS, true peak ${truePeakDb?.toFixed(1)} dB`;
  terminal.say(`${shownName(rendered.path)}: ${shortDuration(rendered.seconds)}, ${level}`);
  if (rendered.picture) terminal.say(`${shownName(rendered.picture)}: its picture`);
  if (rendered.report) terminal.say(`${shownName(rendered.report)}: the page about it`);
  return rendered;
}

/** Plans from files; null when none of them can be mixed. */
async function planFrom(paths: readonly string[], options: Options, session: Session) {
  const { terminal } = session;
  const request = setRequest(options);
  const { files, failures } = await collectMusic(paths, session);
  const { lines, failed } = await listenTo(files, options.jobs, session, (line) => line);
  const allFailed: readonly FailedItem[] = [...failures, ...failed];
  if (lines.length === 0) {
    terminal.complain('there is nothing to mix: none of the files can be used');
    return { plans: [], lines, failed: allFailed };
  }
  const plans = planMixOf(lines, { ...request, tempo: options.tempo });
  for (const warning of plans[0]!.warnings) terminal.complain(shownName(warning));
  return { plans, lines, failed: allFailed };
}

/** Reads a plan and listens to its files again: they must sound as they did when it was made. */
async function planFromFile(path: string, options: Options, session: Session) {
  const plan = await readMixPlan(path);
  const files = [...new Set(plan.tracks.map((track) => track.path))];
  const { lines, failed } = await listenTo(files, options.jobs, session, (line) => line);
  if (failed.length > 0) return { plans: [], lines, failed };
  requireSameSound(plan, lines);
  return { plans: [plan], lines, failed };
}

function checkUse(paths: readonly string[], { plan, output, planOnly, report, export: formats }: Options): void {
  if (plan !== undefined && paths.length > 0)
    throw new UsageError('give either files to plan a mix of or --plan, not both');
  if (plan === undefined && paths.length === 0)
    throw new UsageError('name the files or folders to mix, or a plan with --plan');
  if (planOnly && formats.length > 0)
    throw new UsageError('--export goes with a mix; of a plan, tutti export makes the files');
  if (planOnly && report)
    throw new UsageError('--report is about a mix that is rendered, and --plan-only renders none');
  if (planOnly) return;
  if (output === undefined)
    throw new UsageError('name the file to write with -o; its ending selects the format (.wav, .flac, …)');
}

/** An output that could not be written is told before the work; an unknown ending is wrong use. */
async function requireOutput(output: string, options: Parameters<typeof checkOutput>[1]): Promise<void> {
  try {
    await checkOutput(output, options);
  } catch (error) {
    const { kind, message, needs } = failureOf(error);
    if (kind === 'unsupported' && needs === undefined) throw new UsageError(message);
    throw error;
  }
}

/** The set of a mix, beside it and under its name. */
function exportTarget(output: string, formats: readonly ExportFormat[]) {
  return { formats, folder: dirname(output), name: basename(output, extname(output)) };
}

const run: Action<Options> = async (paths, options, session): Promise<ExitCode> => {
  const { terminal } = session;
  checkUse(paths, options);
  const { force = false, picture, report = false } = options;
  if (!options.planOnly) {
    await requireOutput(options.output!, { force, picture, report });
    await checkExport({ ...exportTarget(options.output!, options.export), mix: null }, force);
  }
  const { plans, lines, failed } =
    options.plan === undefined
      ? await planFrom(paths, options, session)
      : await planFromFile(options.plan, options, session);
  const [plan] = plans;
  if (!plan) return exitCodeOf(failed) || EXIT.itemsFailed;
  if (options.planOnly) {
    for (const each of plans) terminal.result(JSON.stringify(each, null, options.json ? undefined : 2));
    return exitCodeOf(failed);
  }
  describePlan(plan, terminal);
  const target = exportTarget(options.output!, options.export);
  const exported = prepareExport(plan, lines, {
    ...{ ...target, mix: options.output!, relative: false, relocations: [], startVolume: USUAL_START_VOLUME, version },
  });
  const rendered = await renderWithProgress(
    plan,
    options.output!,
    { force, picture, report, analyses: lines },
    session,
  );
  await writeExport(exported, target.folder);
  reportExport(exported, terminal);
  if (options.json) terminal.result(JSON.stringify({ ...plan, result: rendered }));
  return exitCodeOf(failed);
};

export function mixCommand() {
  const command = addSetOptions(
    new Command('mix')
      .description('plans a set of the files and renders it as one beat-matched mix')
      .argument('[path...]', 'audio files and folders')
      .option(
        '-o, --output <file>',
        'the mix; its ending selects the format: .wav, .flac, and with ffmpeg .mp3, .m4a, .opus, …',
      ),
  )
    .addOption(
      new Option('--tempo <bpm>', 'one tempo for the whole mix, or "follow": each track at its own')
        .argParser(tempoOption)
        .default('follow'),
    )
    .addOption(
      new Option(
        '--candidates <n>',
        'this many different plans: the best is rendered, --plan-only prints them all, best first',
      )
        .argParser(wholeNumber(1))
        .default(1),
    )
    .addOption(
      new Option('--jobs <n>', 'files analysed at a time')
        .argParser(wholeNumber(1))
        .default(availableParallelism(), 'the number of cores'),
    )
    .option('--plan <file>', 'render this plan (from --plan-only, edited at will)')
    .option('--plan-only', 'print the plan (JSON) and render nothing')
    .addOption(
      new Option('--export <list>', `write the set for other programs, too, beside the mix: ${FORMATS_HELP}`)
        .argParser(exportFormats)
        .default([], 'none'),
    )
    .option('--no-picture', 'no picture (SVG) beside the mix')
    .option(
      '--report',
      'a page (HTML) beside the mix: its picture to look closer at, and each transition with its reason, what was measured at it, and its sound',
    )
    .option('--force', 'replace the output if it is there')
    .option('--json', 'the plan with the measured result as one JSON document on stdout')
    .addHelpText('after', NAMING_HELP);
  return { command, run: run as Action<never> };
}
