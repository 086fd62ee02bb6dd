import { SIMILAR_SCHEMA, type SimilarFailure, type SimilarTrack } from '@tutti/contract';
import {
  failureOf,
  findTrack,
  LibrarySounds,
  pathBetween,
  type SimilarRequest,
  setCandidate,
  similarTracks,
  withLibrary,
} from '@tutti/workflows';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { exitCodeOf } from '../terminal/failures.ts';
import { shownName } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';
import { addCandidateOptions, type CandidateOptions, collectCandidates } from './candidate-files.ts';
import { addFilterOption } from './filter-option.ts';
import { NAMING_HELP } from './set-options.ts';

interface AnswerOptions extends CandidateOptions {
  readonly json?: boolean;
}

interface SimilarOptions extends AnswerOptions, SimilarRequest {
  readonly count: number;
}

interface PathOptions extends AnswerOptions, Pick<SimilarRequest, 'filter'> {
  readonly between: number;
}

const MOST_BETWEEN = 1000;

/** Who answers: files that were listened to, or the library. */
interface Asked {
  readonly ofFiles: (candidates: Parameters<typeof similarTracks>[0]) => SimilarTrack[];
  readonly ofLibrary: (library: Library, sounds: LibrarySounds) => Promise<SimilarTrack[]>;
}
type Library = Parameters<typeof findTrack>[0];

/** Prints the tracks that an answer has, for a person or as lines; an answer that fails is a line too. */
async function answer(
  paths: readonly string[],
  options: AnswerOptions,
  session: Session,
  asked: Asked,
): Promise<ExitCode> {
  const { terminal } = session;
  const tell = async (ask: () => SimilarTrack[] | Promise<SimilarTrack[]>) => {
    try {
      const tracks = await ask();
      if (tracks.length === 0) terminal.say('no track is left that may be answered');
      for (const track of tracks) terminal.result(options.json ? JSON.stringify(track) : shown(track));
    } catch (error) {
      const failure: SimilarFailure = { schema: SIMILAR_SCHEMA, error: failureOf(error) };
      if (options.json) terminal.result(JSON.stringify(failure));
      throw error;
    }
  };
  if (paths.length === 0 && options.analyses === undefined) {
    await withLibrary({ say: (text) => terminal.say(shownName(text)), signal: session.signal }, async (library) => {
      const sounds = await LibrarySounds.open(library);
      try {
        await tell(() => asked.ofLibrary(library, sounds));
      } finally {
        await sounds.close();
      }
    });
    return EXIT.done;
  }
  const { candidates, failed } = await collectCandidates(paths, options, session, setCandidate);
  if (candidates.length === 0) {
    terminal.complain('there is nothing to compare: none of the files can be used');
    return exitCodeOf(failed) || EXIT.itemsFailed;
  }
  await tell(() => asked.ofFiles(candidates));
  return exitCodeOf(failed);
}

function shown({ title, distance, bpm, camelot, energy }: SimilarTrack): string {
  const facts = [
    camelot ?? 'no key',
    bpm === null ? 'no tempo' : `${bpm.toFixed(1)} BPM`,
    energy === null ? 'energy not known' : `energy ${energy}`,
  ];
  return `${distance.toFixed(2).padStart(6)}  ${shownName(title)}  (${facts.join(', ')})`;
}

const runSimilar: Action<SimilarOptions> = ([track, ...paths], options, session) =>
  answer(paths, options, session, {
    ofFiles: (candidates) => similarTracks(candidates, track!, options.count, options),
    ofLibrary: async (library, sounds) => sounds.similar((await findTrack(library, track!)).id, options.count, options),
  });

const runPath: Action<PathOptions> = ([from, to, ...paths], options, session) =>
  answer(paths, options, session, {
    ofFiles: (candidates) => pathBetween(candidates, { from: from!, to: to! }, options.between, options.filter),
    ofLibrary: async (library, sounds) => {
      const [first, last] = [await findTrack(library, from!), await findTrack(library, to!)];
      return sounds.path(first.id, last.id, options.between, options.filter);
    },
  });

function percent(text: string): number {
  const value = Number(text.replace(/%$/, ''));
  if (!(value >= 0 && value <= 100)) throw new InvalidArgumentError('it must be a percentage from 0 to 100.');
  return value / 100;
}

export function similarCommand() {
  const command = addFilterOption(
    new Command('similar')
      .description('the tracks that sound most like one of them, nearest first')
      .argument('<track>', 'the track asked about')
      .argument('[path...]', 'audio files and folders to choose from; the library when there are none'),
  )
    .addOption(new Option('--count <n>', 'how many, at most').argParser(wholeNumber(1, 10_000)).default(10))
    .option('--harmonic', 'only in a key that mixes with that of the track')
    .addOption(
      new Option('--tempo-within <percent>', 'only with a tempo, or half or double of it, this near').argParser(
        percent,
      ),
    )
    .option('--other-artists', 'only by somebody else');
  addCandidateOptions(command)
    .option('--json', 'one JSON document per track and line (schema tutti.similar/1)')
    .addHelpText('after', NAMING_HELP);
  return { command, run: runSimilar as Action<never> };
}

export function pathCommand() {
  const command = addFilterOption(
    new Command('path')
      .description('a way from one track to another in steps that sound alike')
      .argument('<from>', 'the track to begin with')
      .argument('<to>', 'the track to end with')
      .argument('[path...]', 'audio files and folders to choose from; the library when there are none'),
  ).addOption(
    new Option('--between <n>', 'how many tracks lie between the two')
      .argParser(wholeNumber(0, MOST_BETWEEN))
      .default(6),
  );
  addCandidateOptions(command)
    .option('--json', 'one JSON document per track and line (schema tutti.similar/1)')
    .addHelpText('after', NAMING_HELP);
  return { command, run: runPath as Action<never> };
}
