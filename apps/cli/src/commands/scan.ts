import { availableParallelism } from 'node:os';
import type { ScanReport } from '@tutti/contract';
import {
  addLibraryRoot,
  artworkFolder,
  type ScanProgress,
  scanLibrary,
  watchLibrary,
  withLibrary,
} from '@tutti/workflows';
import { Command, Option } from 'commander';
import { EXIT } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { exitCodeOf, reportFailure } from '../terminal/failures.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';

interface Options {
  readonly analysis: boolean;
  readonly jobs: number;
  readonly json?: boolean;
  readonly watch?: boolean;
}

/** What the steps are called while they run. */
const DOING: Readonly<Record<ScanProgress['step'], string>> = {
  walk: 'walking',
  sound: 'hashing',
  tags: 'reading tags',
  artwork: 'reading pictures',
  analysis: 'listening',
};

/** A bar for each step. */
function progressOf(terminal: Terminal): (progress: ScanProgress) => void {
  let bar: ProgressBar | undefined;
  let step: string | undefined;
  return (progress) => {
    if (progress.step !== step) bar = new ProgressBar(terminal, DOING[progress.step]);
    step = progress.step;
    const { done, total, name } = progress;
    bar?.update(
      total === null ? 0 : Math.min(done / total, 0.999),
      `${done}${total === null ? '' : `/${total}`}`,
      shownName(name),
    );
  };
}

function describe({ counts, roots, resumed }: ScanReport, terminal: Terminal): void {
  const { added, changed, moved, unchanged, missing, offline, failed, analysed } = counts;
  for (const { path } of roots.filter((root) => root.offline)) {
    terminal.complain(`${shownName(path)} is not there: what the library knows of it is kept`);
  }
  const parts = [`${added} added`, `${changed} changed`, `${moved} moved`, `${unchanged} unchanged`];
  if (missing > 0) parts.push(`${missing} missing`);
  if (offline > 0) parts.push(`${offline} in folders that are away`);
  const rest = resumed ? ' (with what the interrupted scan before had found)' : '';
  terminal.say(`${parts.join(', ')}, ${failed} failed; ${analysed} analysed${rest}`);
}

const run: Action<Options> = async (folders, { analysis, jobs, json, watch }, { terminal, signal }) => {
  const say = (text: string) => terminal.say(shownName(text));
  const tell = (report: ScanReport) => {
    terminal.progress('');
    if (json) terminal.result(JSON.stringify(report));
    for (const failure of report.failures) reportFailure(failure, terminal);
    describe(report, terminal);
  };
  const options = { analyse: analysis, jobs, artworkFolder: artworkFolder(), onProgress: progressOf(terminal) };
  return withLibrary({ say, signal }, async (library) => {
    for (const folder of folders) await addLibraryRoot(library, folder);
    if (watch) {
      const onScan = tellNews(tell, terminal);
      await watchLibrary(library, { ...options, signal, onScan, onBusy: (message) => say(message) });
      // Ctrl-C is how it is meant to end.
      return EXIT.done;
    }
    const report = await scanLibrary(library, { ...options, signal });
    tell(report);
    return exitCodeOf(report.failures);
  });
};

/** Tells the first report, and of later ones those that found something. */
function tellNews(tell: (report: ScanReport) => void, terminal: Terminal): (report: ScanReport) => void {
  let before: string | undefined;
  return (report) => {
    const { added, changed, moved, ...state } = report.counts;
    const now = JSON.stringify([state.missing, state.offline, report.failures]);
    if (before === undefined || added + changed + moved > 0 || now !== before) tell(report);
    if (before === undefined) terminal.say(`watching ${report.roots.length} folders; Ctrl-C ends it`);
    before = now;
  };
}

export function scanCommand() {
  const command = new Command('scan')
    .description('brings the library up to what is in its folders: what is new, changed, moved or gone')
    .argument('[folder...]', 'folders to take into the library first')
    .option('--no-analysis', 'read names, tags and which sound it is, but do not analyse')
    .addOption(
      new Option('--jobs <n>', 'files at a time')
        .argParser(wholeNumber(1))
        .default(availableParallelism(), 'the number of cores'),
    )
    .option('--watch', 'go on: notice what changes, and scan again when it has come to rest, until Ctrl-C')
    .option('--json', 'one JSON document on stdout, with --watch one a line for each scan that found something');
  return { command, run: run as Action<never> };
}
