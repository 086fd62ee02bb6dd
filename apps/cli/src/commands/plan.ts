import { availableParallelism } from 'node:os';
import { SET_PLAN_SCHEMA, type SetPlanDocument, type SetPlanFailure } from '@tutti/contract';
import { analysisLines, failureOf, planSetOf, type SetCandidate, setCandidate } from '@tutti/workflows';
import { Command, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { collectMusic } from '../terminal/collect-music.ts';
import { exitCodeOf, type FailedItem, reportFailure } from '../terminal/failures.ts';
import { listenTo } from '../terminal/listen-to.ts';
import { shortDuration } from '../terminal/progress-bar.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';
import { addSetOptions, NAMING_HELP, type SetOptions, setRequest } from './set-options.ts';

interface Options extends SetOptions {
  readonly analyses?: string;
  readonly jobs: number;
  readonly json?: boolean;
}

interface Collected {
  readonly candidates: readonly SetCandidate[];
  readonly failed: readonly FailedItem[];
}

/** From files: listened to, and only what a set needs is kept. */
async function fromFiles(paths: readonly string[], jobs: number, session: Session): Promise<Collected> {
  const { files, failures } = await collectMusic(paths, session);
  const { lines, failed } = await listenTo(files, jobs, session, setCandidate);
  return { candidates: lines, failed: [...failures, ...failed] };
}

/** From analyses that were printed before. */
async function fromAnalyses(path: string, { terminal, signal }: Session): Promise<Collected> {
  const candidates: SetCandidate[] = [];
  const failed: FailedItem[] = [];
  for await (const line of analysisLines(path)) {
    signal.throwIfAborted();
    if ('error' in line) {
      failed.push(line);
      reportFailure(line, terminal);
    } else candidates.push(setCandidate(line));
  }
  return { candidates, failed };
}

/** One set for a person: its tracks, and under each why the next one follows. */
function showPlan(plan: SetPlanDocument, terminal: Terminal): void {
  if (plan.candidates > 1) terminal.result(`Set ${plan.candidate} of ${plan.candidates}`);
  plan.tracks.forEach((track, index) => {
    const facts = [
      track.camelot ?? 'no key',
      track.bpm === null ? 'no tempo' : `${track.bpm.toFixed(1)} BPM`,
      track.energy === null ? 'energy not known' : `energy ${track.energy}`,
    ];
    const place = `${String(index + 1).padStart(3)}. ${shortDuration(track.start).padStart(7)}`;
    terminal.result(`${place}  ${shownName(track.title)}  (${facts.join(', ')})`);
    const next = plan.pairs[index];
    if (next) terminal.result(`               ${next.reason}`);
  });
  terminal.result(`${plan.reason}${plan.method === 'exact' ? '; proven best by these costs' : ''}`);
  if (plan.candidate < plan.candidates) terminal.result('');
}

const run: Action<Options> = async (paths, options, session): Promise<ExitCode> => {
  const { terminal } = session;
  const { analyses, json = false, jobs } = options;
  if ((analyses === undefined) === (paths.length === 0))
    throw new UsageError('name the files or folders to plan a set of, or their analyses with --analyses, not both');
  const request = setRequest(options);
  const { candidates, failed } =
    analyses === undefined ? await fromFiles(paths, jobs, session) : await fromAnalyses(analyses, session);
  if (candidates.length === 0) {
    terminal.complain('there is nothing to plan: none of the files can be used');
    return exitCodeOf(failed) || EXIT.itemsFailed;
  }
  try {
    const plans = planSetOf(candidates, request);
    for (const warning of plans[0]!.warnings) terminal.complain(shownName(warning));
    for (const plan of plans) {
      if (json) terminal.result(JSON.stringify(plan));
      else showPlan(plan, terminal);
    }
  } catch (error) {
    const failure: SetPlanFailure = { schema: SET_PLAN_SCHEMA, error: failureOf(error) };
    if (json) terminal.result(JSON.stringify(failure));
    throw error;
  }
  return exitCodeOf(failed);
};

export function planCommand() {
  const command = addSetOptions(
    new Command('plan')
      .description('chooses and orders a set of the files, for a length and a course of energy, and says why')
      .argument('[path...]', 'audio files and folders'),
  )
    .option('--analyses <file>', 'instead of files: what `tutti analyse --json` printed of them')
    .addOption(
      new Option('--candidates <n>', 'this many sets that differ in at least half of their chosen tracks, best first')
        .argParser(wholeNumber(1))
        .default(1),
    )
    .addOption(
      new Option('--jobs <n>', 'files analysed at a time')
        .argParser(wholeNumber(1))
        .default(availableParallelism(), 'the number of cores'),
    )
    .option('--json', 'one JSON document per set and line (schema tutti.set-plan/1)')
    .addHelpText(
      'after',
      `${NAMING_HELP}

Examples:
  tutti plan ~/Music/house --length 60 --energy peak --first opener.flac
  tutti analyse ~/Music --json > music.jsonl && tutti plan --analyses music.jsonl --length 90 --energy 4,6,9,7
  tutti plan --analyses music.jsonl --length 60 --tempo-range 120-130 --candidates 3 --json`,
    );
  return { command, run: run as Action<never> };
}
