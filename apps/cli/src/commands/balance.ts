import { availableParallelism } from 'node:os';
import { basename, extname, resolve } from 'node:path';
import {
  type BalancePlan,
  type BalancePlanning,
  checkMasterOutput,
  collectFiles,
  failureOf,
  planBalance,
  readBalancePlan,
  renderBalanceFile,
  requireNoSource,
  STEM_KINDS,
  type StemKind,
  type WrittenBalance,
} from '@tutti/workflows';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { exitCodeOf, reportFailure } from '../terminal/failures.ts';
import { ProgressBar, shortDuration } from '../terminal/progress-bar.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { numberBetween, wholeNumber } from './arguments.ts';

interface Options {
  readonly output?: string;
  readonly loudness: number;
  readonly ceiling: number;
  readonly reference?: string;
  readonly kind?: ReadonlyMap<string, StemKind>;
  readonly bits: keyof typeof SAMPLE_FORMATS;
  readonly plan?: string;
  readonly planOnly?: boolean;
  readonly jobs: number;
  readonly json?: boolean;
  readonly force?: boolean;
}

/** A parser for commander: `NAME=KIND`, once for each stem that a person says the kind of. */
function kindOfStem(text: string, before: ReadonlyMap<string, StemKind> = new Map()): ReadonlyMap<string, StemKind> {
  const at = text.lastIndexOf('=');
  const kind = STEM_KINDS.find((known) => known === text.slice(at + 1));
  if (at < 1 || kind === undefined)
    throw new InvalidArgumentError(`it must be the name of a stem, =, and one of ${STEM_KINDS.join(', ')}.`);
  return new Map([...before, [text.slice(0, at), kind]]);
}

const SAMPLE_FORMATS = { '16': 'int16', '24': 'int24', '32f': 'float32' } as const;

function checkUse(paths: readonly string[], { plan, output, planOnly, reference, kind }: Options): void {
  if (plan === undefined && paths.length === 0) throw new UsageError('name the folder that the stems are in');
  if (plan !== undefined && planOnly) throw new UsageError('give either --plan or --plan-only, not both');
  if (plan !== undefined && paths.length > 1)
    throw new UsageError('a plan names its stems: name at most the folder that they were moved to');
  if (plan !== undefined && (reference !== undefined || kind !== undefined))
    throw new UsageError('a plan is rendered as it is: leave out --reference and --kind, which are for planning');
  if (!planOnly && output === undefined)
    throw new UsageError('name the file to write with -o; its ending selects the format (.wav, .flac, …)');
}

/** An output that could not be written is told before the work; an unknown ending is wrong use. */
async function requireOutput(out: string, sources: readonly string[], options: Options): Promise<void> {
  await requireNoSource(out, sources, 'the mix would replace one of its stems');
  try {
    await checkMasterOutput(out, SAMPLE_FORMATS[options.bits], { force: options.force ?? false, report: false });
  } catch (error) {
    const { kind, message, needs } = failureOf(error);
    if (kind === 'unsupported' && needs === undefined) throw new UsageError(message);
    throw error;
  }
}

/** Says what was decided. */
function describePlan({ stems, room, bus, warnings, reference }: BalancePlan, terminal: Terminal): void {
  for (const { name, recognised, muted, gain, pan, send, stages } of stems) {
    const sure = recognised.confidence === null ? '' : ` (${Math.round(100 * recognised.confidence)} %)`;
    const level = muted ? 'left out' : `${gain.gainDb >= 0 ? '+' : ''}${gain.gainDb.toFixed(1)} dB`;
    terminal.say(`${shownName(name)}: ${terminal.style('bold', recognised.kind)}${sure}, ${level}`);
    terminal.detail(`    kind: ${shownName(recognised.reason)}`);
    terminal.detail(`    gain: ${shownName(gain.reason)}`);
    if (muted) continue;
    terminal.detail(`    pan: ${pan.reason}`);
    terminal.detail(`    room: ${send.reason}`);
    for (const { kind, reason } of stages) terminal.detail(`    ${kind}: ${shownName(reason)}`);
  }
  if (room) terminal.detail(`room: ${shownName(room.reason)}`);
  for (const { kind, reason } of bus.stages) terminal.detail(`bus, ${kind}: ${reason}`);
  if (reference) terminal.say(`reference: ${reference.reason}`);
  for (const warning of warnings) terminal.complain(shownName(warning));
}

function describeMix({ path, seconds, figures, reference }: WrittenBalance, terminal: Terminal): void {
  const { integratedLufs, truePeakDb, crestDb } = figures;
  const figure = (value: number | null) => (value === null ? '-' : value.toFixed(1));
  const level =
    integratedLufs === null
      ? truePeakDb === null
        ? 'silent'
        : `too short or too soft to have a loudness, true peak ${figure(truePeakDb)} dB`
      : `${figure(integratedLufs)} LUFS, true peak ${figure(truePeakDb)} dB, crest factor ${figure(crestDb)} dB`;
  terminal.say(`${shownName(path)}: ${shortDuration(seconds)}, ${level}`);
  if (!reference) return;
  const { before, after } = reference;
  const shares =
    before.sharesLu === null || after.sharesLu === null
      ? ''
      : `; loudness shares ${before.sharesLu.toFixed(1)} LU, now ${after.sharesLu.toFixed(1)}`;
  terminal.say(
    `    spectrum ${before.spectrumDb.toFixed(1)} dB from the reference, now ${after.spectrumDb.toFixed(1)}${shares}`,
  );
}

/** The stems that are named, without the mix that is to be written and without the reference. */
async function stemsOf(paths: readonly string[], { output, reference }: Options, { terminal, signal }: Session) {
  const { files, failures } = await collectFiles(paths, signal);
  for (const failure of failures) reportFailure(failure, terminal);
  const others = [output, reference].flatMap((path) => (path === undefined ? [] : [resolve(path)]));
  const stems = files.map((path) => resolve(String(path))).filter((path) => !others.includes(path));
  return { stems, failures };
}

/** Which stem a person said what of. */
function filesOf(stems: readonly string[], told: ReadonlyMap<string, StemKind>) {
  const nameOf = (path: string) => basename(path, extname(path));
  for (const name of told.keys()) {
    if (!stems.some((path) => nameOf(path) === name))
      throw new UsageError(`no stem is named ${name}; there are ${stems.map(nameOf).join(', ')}`);
  }
  return stems.map((path) => ({ path, told: told.get(nameOf(path)) }));
}

async function planFor(options: Options, stems: readonly string[], { signal }: Session, bar: ProgressBar) {
  const { loudness, ceiling, reference, bits, jobs, kind = new Map() } = options;
  const sampleFormat = SAMPLE_FORMATS[bits];
  return await planBalance(
    filesOf(stems, kind),
    {
      ...{ loudnessLufs: loudness, ceilingDb: ceiling },
      output: { sampleFormat, dither: sampleFormat === 'float32' ? 'none' : 'triangular' },
      ...(reference !== undefined && { reference: resolve(reference) }),
    },
    { jobs, signal, onProgress: (doing, share) => bar.update(share, `${Math.round(100 * share)} %`, doing) },
  );
}

const run: Action<Options> = async (paths, options, session): Promise<ExitCode> => {
  const { terminal, signal } = session;
  const { planOnly = false, json = false, force = false } = options;
  checkUse(paths, options);
  const bar = new ProgressBar(terminal, 'balancing');
  try {
    let planning: BalancePlanning;
    if (options.plan !== undefined) {
      planning = { plan: await readBalancePlan(options.plan, paths[0]), distanceOf: null };
      const sources = planning.plan.stems.map(({ source }) => source.path);
      await requireOutput(resolve(options.output!), sources, options);
    } else {
      const { stems, failures } = await stemsOf(paths, options, session);
      if (failures.length > 0) return exitCodeOf(failures);
      if (stems.length === 0) {
        terminal.complain(`there are no stems in ${paths.map(shownName).join(', ')}`);
        return EXIT.itemsFailed;
      }
      if (options.output !== undefined && !planOnly) await requireOutput(resolve(options.output), stems, options);
      planning = await planFor(options, stems, session, bar);
    }
    if ('failures' in planning) {
      for (const failure of planning.failures) {
        if (json) terminal.result(JSON.stringify({ schema: 'tutti.balance-plan/1', ...failure }));
        reportFailure(failure, terminal);
      }
      return exitCodeOf(planning.failures);
    }
    const { plan, distanceOf } = planning;
    if (planOnly) {
      terminal.result(JSON.stringify(plan, null, json ? undefined : 2));
      return EXIT.done;
    }
    describePlan(plan, terminal);
    const written = await renderBalanceFile(plan, { path: resolve(options.output!), force }, distanceOf, {
      signal,
      onProgress: (doing, share) => bar.update(share, `${Math.round(100 * share)} %`, doing),
    });
    if (json) terminal.result(JSON.stringify({ ...plan, result: written }));
    describeMix(written, terminal);
    return EXIT.done;
  } finally {
    bar.end();
  }
};

export function balanceCommand() {
  const command = new Command('balance')
    .description('mixes the stems in a folder: tells what each is, plans levels, places and filters, and renders')
    .argument('[path...]', 'the folder with the stems of one song, or the stems')
    .option('-o, --output <file>', 'the mix; its ending selects the format')
    .addOption(
      new Option('--loudness <lufs>', 'integrated loudness of the mix, with room for a master')
        .argParser(numberBetween(-60, -4, 'LUFS'))
        .default(-18),
    )
    .addOption(
      new Option('--ceiling <dbtp>', 'true peak of the mix').argParser(numberBetween(-24, 0, 'dBTP')).default(-1),
    )
    .option('--reference <file>', 'a mix to be led towards; of a mix of the same stems the levels are followed')
    .addOption(
      new Option(
        '--kind <name=kind>',
        `what a stem is, by its name without the ending: ${STEM_KINDS.join(', ')}; may be given for several`,
      ).argParser(kindOfStem),
    )
    .addOption(new Option('--bits <n>', 'sample format').choices(Object.keys(SAMPLE_FORMATS)).default('24'))
    .option('--plan <file>', 'render this plan (from --plan-only, edited at will)')
    .option('--plan-only', 'print the plan (JSON) and render nothing')
    .addOption(
      new Option('--jobs <n>', 'stems that are heard at a time')
        .argParser(wholeNumber(1))
        .default(availableParallelism(), 'the number of cores'),
    )
    .option('--force', 'replace a file that is there')
    .option('--json', 'the plan with the measured result as one JSON document');
  return { command, run: run as Action<never> };
}
