import { availableParallelism } from 'node:os';
import { basename, dirname, extname, resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import {
  checkExport,
  checkOutput,
  type ExportFormat,
  failureOf,
  MixEditor,
  type MixPlan,
  planMixOf,
  planMixOfSet,
  prepareExport,
  type RenderedMix,
  type RenderMixOptions,
  readMixOrSetPlan,
  renderMixToFile,
  requireSameSound,
  USUAL_START_VOLUME,
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
  readonly interactive?: boolean;
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
    readonly companions?: NonNullable<RenderMixOptions['companions']>;
    readonly threads?: number;
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

/**
 * Reads a plan of a mix, or of a set that is then mixed, and listens to its files: they must sound as they did when it was made.
 * @param others files that may be added to it
 */
async function planFromFile(path: string, others: readonly string[], options: Options, session: Session) {
  const read = await readMixOrSetPlan(path);
  const own = [...new Set(read.tracks.map((track) => track.path))];
  const { lines, failed } = await listenTo(own, options.jobs, session, (line) => line);
  if (failed.length > 0) return { plans: [], lines, failed };
  requireSameSound(read, lines);
  const plan = read.schema === 'tutti.mix-plan/1' ? read : planMixOfSet(read, lines, options.tempo);
  if (plan !== read) for (const warning of plan.warnings) session.terminal.complain(shownName(warning));
  if (others.length === 0) return { plans: [plan], lines, failed };
  const added = await listenToOthers(others, own, options, session);
  return { plans: [plan], lines: [...lines, ...added.lines], failed: added.failed };
}

/** Files and folders, without the files that are known. */
async function listenToOthers(
  paths: readonly string[],
  known: readonly string[],
  options: Options,
  session: Session,
): Promise<{ lines: AnalysisLine[]; failed: FailedItem[] }> {
  const { files, failures } = await collectMusic(paths, session);
  const isKnown = new Set(known.map((path) => resolve(path)));
  const others = files.filter((file) => typeof file !== 'string' || !isKnown.has(resolve(file)));
  const { lines, failed } = await listenTo(others, options.jobs, session, (line) => line);
  return { lines, failed: [...failures, ...failed] };
}

function checkUse(paths: readonly string[], options: Options): void {
  const { plan, output, planOnly, report, interactive, json, export: formats } = options;
  if (plan !== undefined && paths.length > 0 && !interactive)
    throw new UsageError('give either files to plan a mix of or --plan, not both');
  if (plan === undefined && paths.length === 0)
    throw new UsageError('name the files or folders to mix, or a plan with --plan');
  if (interactive && (planOnly || json))
    throw new UsageError('--interactive goes with neither --plan-only nor --json: save writes the plan');
  if (planOnly && formats.length > 0)
    throw new UsageError('--export goes with a mix; of a plan, tutti export makes the files');
  if (planOnly && report)
    throw new UsageError('--report is about a mix that is rendered, and --plan-only renders none');
  if (planOnly || interactive) return;
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

/** Finds out whether a mix and all that goes with it could be written. */
async function requireOutputs(output: string, options: Options): Promise<void> {
  const { force = false, picture, report = false } = options;
  await requireOutput(output, { force, picture, report });
  await checkExport({ ...exportTarget(output, options.export), mix: null }, force);
}

/** Renders a plan and writes what goes with it. */
async function renderAll(
  plan: MixPlan,
  lines: readonly AnalysisLine[],
  output: string,
  options: Options,
  session: Session,
): Promise<RenderedMix> {
  const { force = false, picture, report = false, jobs: threads } = options;
  const target = exportTarget(output, options.export);
  const exported = prepareExport(plan, lines, {
    ...{ ...target, mix: output, relative: false, relocations: [], startVolume: USUAL_START_VOLUME, version },
  });
  const companions = exported.map(({ path, text }) => ({ path, content: text }));
  const rendered = await renderWithProgress(
    plan,
    output,
    { force, picture, report, analyses: lines, companions, threads },
    session,
  );
  reportExport(exported, session.terminal);
  return rendered;
}

/** Lets a person edit the plan and render it. */
async function runInteractive(
  plan: MixPlan,
  lines: readonly AnalysisLine[],
  options: Options,
  session: Session,
): Promise<ExitCode> {
  const { editMix } = await import('../mix-editor/edit-mix.ts');
  const editor = new MixEditor(plan, lines);
  return editMix(editor, session, {
    output: options.output,
    async listenTo(paths, during) {
      const known = editor.analyses.map(({ path }) => path);
      const { lines: added } = await listenToOthers(paths, known, options, during);
      editor.pool(added);
    },
    async render(output, during) {
      await requireOutputs(output, options);
      await renderAll(editor.plan, editor.analyses, output, options, during);
    },
  });
}

const run: Action<Options> = async (paths, options, session): Promise<ExitCode> => {
  const { terminal } = session;
  checkUse(paths, options);
  if (!options.planOnly && options.output !== undefined) await requireOutputs(options.output, options);
  const { plans, lines, failed } =
    options.plan === undefined
      ? await planFrom(paths, options, session)
      : await planFromFile(options.plan, paths, options, session);
  const [plan] = plans;
  if (!plan) return exitCodeOf(failed) || EXIT.itemsFailed;
  if (options.planOnly) {
    for (const each of plans) terminal.result(JSON.stringify(each, null, options.json ? undefined : 2));
    return exitCodeOf(failed);
  }
  if (options.interactive) return (await runInteractive(plan, lines, options, session)) || exitCodeOf(failed);
  describePlan(plan, terminal);
  const rendered = await renderAll(plan, lines, options.output!, options, session);
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
      new Option(
        '--tempo <bpm>',
        'one tempo for the whole mix, or "follow": each track at its own, or along --tempo-path',
      )
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
      new Option('--jobs <n>', 'files analysed, and tracks played, at a time')
        .argParser(wholeNumber(1))
        .default(availableParallelism(), 'the number of cores'),
    )
    .option(
      '--plan <file>',
      'render this plan (from --plan-only, edited at will), or the set that tutti plan --json wrote',
    )
    .option(
      '--interactive',
      'edit the plan line by line before it is rendered: order, tracks, transitions, with undo, listening and saving (help tells all); lines may come from a pipe',
    )
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
