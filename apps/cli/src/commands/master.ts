import { availableParallelism } from 'node:os';
import { basename, extname, resolve } from 'node:path';
import {
  checkMasterOutput,
  collectFiles,
  failureOf,
  findPreset,
  MASTER_STYLES,
  MASTER_TARGETS,
  type MasteredFile,
  type MasterPlan,
  type MasterRequest,
  type MasterTask,
  makeFolder,
  masterFiles,
  masterTarget,
  measureReference,
  outputNames,
  planAlbumOf,
  presetFolder,
  previewPaths,
  readMasterPlan,
  requireNoSource,
  type SampleFormat,
  USUAL_STYLE,
  USUAL_TARGET,
  userFolder,
} from '@tutti/workflows';
import { Command, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { hurry, isSingleSong } from '../single-song.ts';
import { exitCodeOf, type FailedItem, reportFailure } from '../terminal/failures.ts';
import { ProgressBar, shortDuration } from '../terminal/progress-bar.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { numberBetween, wholeNumber } from './arguments.ts';

interface Options {
  readonly output?: string;
  readonly target?: string;
  readonly style?: string;
  readonly preset?: string;
  readonly reference?: string;
  readonly album?: boolean;
  readonly preview?: boolean;
  readonly loudness?: number;
  readonly ceiling?: number;
  readonly linearPhase?: boolean;
  readonly sampleRate?: number;
  readonly bits?: keyof typeof SAMPLE_FORMATS;
  readonly dither?: 'none' | 'triangular' | 'shaped';
  readonly format: string;
  readonly plan?: string;
  readonly planOnly?: boolean;
  readonly report?: boolean;
  readonly jobs: number;
  readonly json?: boolean;
  readonly force?: boolean;
}

const SAMPLE_FORMATS = { '16': 'int16', '24': 'int24', '32f': 'float32' } as const;

/** What is asked for, with the preset read and the reference measured. */
async function requestOf(options: Options, { signal }: Session): Promise<MasterRequest> {
  const { bits, sampleRate, dither, preset, reference } = options;
  return {
    target: options.target,
    style: options.style,
    loudnessLufs: options.loudness,
    ceilingDb: options.ceiling,
    phase: options.linearPhase ? 'linear' : undefined,
    output: {
      ...(bits && { sampleFormat: SAMPLE_FORMATS[bits] }),
      ...(sampleRate && { sampleRate }),
      ...(dither && { dither }),
    },
    ...(preset !== undefined && { preset: await findPreset(presetFolder(userFolder()), preset) }),
    ...(reference !== undefined && { reference: await measureReference(resolve(reference), signal) }),
  };
}

function checkUse(paths: readonly string[], { plan, output, planOnly, album, preview, report }: Options): void {
  if (paths.length === 0) throw new UsageError('name the files or folders to master');
  if (plan !== undefined && paths.length > 1) throw new UsageError('a plan is for one file: name only that one');
  if (plan !== undefined && planOnly) throw new UsageError('give either --plan or --plan-only, not both');
  if (plan !== undefined && album) throw new UsageError('a plan is for one file, and an album has several');
  if (preview && (report || planOnly))
    throw new UsageError('a preview has neither a report nor a plan of its own: leave out --report and --plan-only');
  if (!planOnly && output === undefined)
    throw new UsageError(
      'name the file to write with -o, or the folder when there are several; the ending of a file selects the format (.wav, .flac, …)',
    );
}

/** An output that could not be written is told before the work; an unknown ending is wrong use. */
async function requireOutputs(
  outs: readonly string[],
  sources: readonly string[],
  options: Options,
  sampleFormat: SampleFormat,
): Promise<void> {
  const { force = false, report = false, preview = false } = options;
  for (const out of outs.flatMap((path) => (preview ? previewPaths(path) : [path]))) {
    await requireNoSource(out, sources);
    try {
      await checkMasterOutput(out, sampleFormat, { force, report });
    } catch (error) {
      const { kind, message, needs } = failureOf(error);
      if (kind === 'unsupported' && needs === undefined) throw new UsageError(message);
      throw error;
    }
  }
}

/** Where each master goes: one to the output itself when that has an ending; several into it as a folder. */
async function outputsOf(paths: readonly string[], options: Options, sampleFormat: SampleFormat): Promise<string[]> {
  const target = resolve(options.output!);
  const single = paths.length === 1 && extname(target) !== '';
  const outs = single ? [target] : outputNames(paths, target, options.format);
  if (!single) await makeFolder(target);
  await requireOutputs(outs, paths, options, sampleFormat);
  return outs;
}

/** How samples are kept, as far as it is known before the song is. */
function sampleFormatOf({ target, preset, output }: MasterRequest): SampleFormat {
  const named = masterTarget(target ?? preset?.target?.name ?? USUAL_TARGET);
  return output?.sampleFormat ?? preset?.output?.sampleFormat ?? named.output.sampleFormat;
}

/** What becomes of which file. */
async function tasksOf(paths: readonly string[], options: Options, session: Session): Promise<MasterTask[]> {
  const { force = false, report = false, preview = false, planOnly = false, jobs } = options;
  const plan = options.plan === undefined ? undefined : await readMasterPlan(options.plan);
  const request = await requestOf(options, session);
  const outs = planOnly ? null : await outputsOf(paths, options, plan?.output.sampleFormat ?? sampleFormatOf(request));
  const common = { force, report, preview };
  const task = (path: string, index: number, wanted: MasterTask['wanted']) => ({
    ...{ ...common, path, wanted, out: outs?.[index] ?? null },
  });
  if (plan) return paths.map((path, i) => task(path, i, { plan: { ...plan, source: { ...plan.source, path } } }));
  if (!options.album) return paths.map((path, i) => task(path, i, { request }));
  const bar = new ProgressBar(session.terminal, 'measuring');
  const plans = await planAlbumOf(paths, request, {
    ...{ jobs, signal: session.signal },
    onMeasured: (count) => bar.update(count / paths.length, `${count}/${paths.length}`),
  }).finally(() => bar.end());
  return plans.map((each, i) => task(paths[i]!, i, { plan: each }));
}

/** Says what was decided and what came out. */
function describe(
  { path, plan, written, preview }: Extract<MasteredFile, { plan: MasterPlan }>,
  terminal: Terminal,
): void {
  const name = shownName(basename(path));
  terminal.say(`${name}: ${terminal.style('bold', plan.behaviour.kind)}`);
  terminal.detail(`    ${plan.behaviour.reason}`);
  for (const { kind, reason } of plan.stages) terminal.detail(`    ${kind}: ${reason}`);
  for (const warning of plan.warnings) terminal.complain(`${name}: ${shownName(warning)}`);
  if (preview) {
    const { span, matched } = preview;
    terminal.say(
      `    ${shownName(preview.path)}: ${span.startSeconds.toFixed(1)} to ${span.endSeconds.toFixed(1)} s; ${span.reason}`,
    );
    terminal.say(`    ${shownName(matched.before)}, ${shownName(matched.after)}: before and after, equally loud`);
  }
  if (!written) return;
  const { integratedLufs, truePeakDb, crestDb } = written.result.after;
  const level =
    integratedLufs === null
      ? 'silent'
      : `${figure(plan.measured.integratedLufs)} to ${integratedLufs.toFixed(1)} LUFS, true peak ${figure(truePeakDb)} dB, crest factor ${figure(plan.measured.crestDb)} to ${figure(crestDb)} dB`;
  terminal.say(`    ${shownName(written.path)}: ${shortDuration(written.seconds)}, ${level}`);
  if (written.reference) {
    const { before, after } = written.reference;
    terminal.say(
      `    balance ${before.balanceDb.toFixed(1)} dB from the reference, now ${after.balanceDb.toFixed(1)}; loudness ${before.loudnessLu.toFixed(1)} LU, now ${after.loudnessLu.toFixed(1)}`,
    );
  }
  if (written.report) terminal.say(`    ${shownName(written.report)}: its report`);
}

function figure(value: number | null): string {
  return value === null ? '-' : value.toFixed(1);
}

/** Shows one result; its failure, if it is one. */
function report(result: MasteredFile, { json = false, planOnly = false }: Options, terminal: Terminal): FailedItem[] {
  if ('error' in result) {
    if (json) terminal.result(JSON.stringify({ schema: 'tutti.master-plan/1', ...result }));
    reportFailure(result, terminal);
    return [result];
  }
  const { plan, written } = result;
  if (planOnly) terminal.result(JSON.stringify(plan, null, json ? undefined : 2));
  else {
    if (json) terminal.result(JSON.stringify({ ...plan, result: written ?? result.preview }));
    describe(result, terminal);
  }
  if (!written?.reportError) return [];
  // The master is there; that its page is not is a failure of this run.
  const missing = { path: result.path, error: written.reportError };
  reportFailure(missing, terminal);
  return [missing];
}

async function masterAll(tasks: readonly MasterTask[], options: Options, { terminal, signal }: Session) {
  const failed: FailedItem[] = [];
  const bar = new ProgressBar(terminal, 'mastering');
  const one = tasks.length === 1;
  let done = 0;
  const count = () => (one ? '' : `${done}/${tasks.length}`);
  bar.update(0, count());
  const results = masterFiles(tasks, {
    ...{ jobs: options.jobs, signal },
    // Measuring takes about a third of the time.
    onProgress: (doing, share) => bar.update(doing === 'measuring' ? share / 3 : (1 + 2 * share) / 3, doing),
  });
  try {
    for await (const result of results) {
      done += 1;
      failed.push(...report(result, options, terminal));
      bar.update(done / tasks.length, count(), shownName(basename(result.path)));
    }
  } finally {
    bar.end();
  }
  return failed;
}

const run: Action<Options> = async (paths, options, session): Promise<ExitCode> => {
  const { terminal, signal } = session;
  checkUse(paths, options);
  const { files, failures } = await collectFiles(paths, signal);
  for (const failure of failures) reportFailure(failure, terminal);
  if (files.length === 0) {
    if (failures.length === 0) terminal.complain(`there is nothing to master in ${paths.map(shownName).join(', ')}`);
    return exitCodeOf(failures) || EXIT.itemsFailed;
  }
  if (options.plan !== undefined && files.length > 1)
    throw new UsageError(`a plan is for one file, and there are ${files.length}: name only the one`);
  if (await isSingleSong(files)) hurry();
  const tasks = await tasksOf(
    files.map((path) => resolve(String(path))),
    options,
    session,
  );
  return exitCodeOf([...failures, ...(await masterAll(tasks, options, session))]);
};

export function masterCommand() {
  const command = new Command('master')
    .description('measures songs, plans what each needs, and renders it to a loudness and a true peak')
    .argument('<path...>', 'audio files and folders')
    .option('-o, --output <file>', 'the master; its ending selects the format. A folder for several files')
    .addOption(
      new Option('--target <name>', `what it is for; ${USUAL_TARGET} unless told`).choices([...MASTER_TARGETS.keys()]),
    )
    .addOption(
      new Option('--style <name>', `what it is to sound like; ${USUAL_STYLE} unless told`).choices([
        ...MASTER_STYLES.keys(),
      ]),
    )
    .addOption(
      new Option('--loudness <lufs>', "integrated loudness instead of the target's").argParser(
        numberBetween(-60, -4, 'LUFS'),
      ),
    )
    .addOption(
      new Option('--ceiling <dbtp>', "true peak instead of the target's").argParser(numberBetween(-24, 0, 'dBTP')),
    )
    .option('--preset <name>', 'what a preset decides (tutti preset list), or the file of one')
    .option('--reference <file>', 'lead towards the balance, width, dynamics and loudness of this song')
    .option('--album', 'keep the loudness relations of the songs, and give them one sound')
    .option('--preview', 'write the most telling half minute, and a pair of before and after, equally loud')
    .option('--linear-phase', 'an equaliser that delays all frequencies alike')
    .addOption(
      new Option('--sample-rate <hz>', "instead of the source's or the target's").argParser(
        numberBetween(8000, 192_000, 'Hz'),
      ),
    )
    .addOption(new Option('--bits <n>', "sample format instead of the target's").choices(Object.keys(SAMPLE_FORMATS)))
    .addOption(new Option('--dither <kind>', "instead of the target's").choices(['none', 'triangular', 'shaped']))
    .addOption(new Option('--format <ending>', 'of several files').default('wav'))
    .option('--plan <file>', 'render this plan (from --plan-only, edited at will)')
    .option('--plan-only', 'print the plan (JSON) and render nothing')
    .option(
      '--report',
      'a page (HTML) beside each master that shows and explains it, and plays half a minute before and after',
    )
    .addOption(
      new Option('--jobs <n>', 'files at a time')
        .argParser(wholeNumber(1))
        .default(availableParallelism(), 'the number of cores'),
    )
    .option('--force', 'replace files that are there')
    .option('--json', 'the plan with the measured result as one JSON document per file and line');
  return { command, run: run as Action<never> };
}
