import { SET_PLAN_SCHEMA, type SetPlanDocument, type SetPlanFailure } from '@tutti/contract';
import { failureOf, planSetOf, setCandidate } from '@tutti/workflows';
import { Command, Option } from 'commander';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { exitCodeOf } from '../terminal/failures.ts';
import { shortDuration } from '../terminal/progress-bar.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';
import { addCandidateOptions, type CandidateOptions, collectCandidates } from './candidate-files.ts';
import { addSetOptions, NAMING_HELP, type SetOptions, setRequest } from './set-options.ts';

interface Options extends SetOptions, CandidateOptions {
  readonly json?: boolean;
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
  const { json = false } = options;
  const request = setRequest(options);
  const { candidates, failed } = await collectCandidates(paths, options, session, setCandidate);
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
  ).addOption(
    new Option('--candidates <n>', 'this many sets that differ in at least half of their chosen tracks, best first')
      .argParser(wholeNumber(1))
      .default(1),
  );
  addCandidateOptions(command)
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
