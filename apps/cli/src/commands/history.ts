import { noteTracksPlayed, playLines, rateTracksNamed, withLibrary } from '@tutti/workflows';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, UsageError } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { shownName } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';
import { shownTrack } from './list.ts';

interface HistoryOptions {
  readonly limit: number;
  readonly before?: number;
  readonly at?: Date;
  readonly json?: boolean;
}

const runHistory: Action<HistoryOptions> = ([what, ...tracks], options, { terminal, signal }) => {
  const { limit, before, at, json } = options;
  if (what === 'list' && tracks.length > 0) throw new UsageError('list takes no tracks');
  if (what === 'add' && tracks.length === 0) throw new UsageError('say which tracks were played');
  if (what === 'list' && at !== undefined) throw new UsageError('--at goes with add');
  return withLibrary({ say: (text) => terminal.say(shownName(text)), signal }, async (library) => {
    if (what === 'add') {
      await noteTracksPlayed(library, tracks, at ?? new Date());
      return EXIT.done;
    }
    const plays = await playLines(library, limit, before ?? null);
    if (plays.length === 0) terminal.say('nothing was played');
    for (const play of plays) {
      const shown = play.track === null ? `${shownName(play.path)}  (missing)` : shownTrack(play.track);
      terminal.result(json ? JSON.stringify(play) : `${play.at.slice(0, 19).replace('T', ' ')}  ${shown}`);
    }
    return EXIT.done;
  });
};

function moment(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || at > new Date())
    throw new InvalidArgumentError('it must be a time that has been, as 2026-05-31T22:30:00Z.');
  return at;
}

export function historyCommand() {
  const command = new Command('history')
    .description('what was played, the latest first')
    .addArgument(new Argument('<what>', 'list, or add what was played elsewhere').choices(['list', 'add']))
    .argument('[track...]', 'tracks to add, by path, name or title')
    .addOption(new Option('--limit <n>', 'list at most').argParser(wholeNumber(1, 1000)).default(50))
    .addOption(new Option('--before <id>', 'list from there: the id of the last one before').argParser(wholeNumber(1)))
    .addOption(new Option('--at <time>', 'when they were played; now when absent').argParser(moment))
    .option('--json', 'list as one JSON document per line (schema tutti.play/1)');
  return { command, run: runHistory as Action<never> };
}

const MOST_STARS = 5;

const runRate: Action<object> = ([given, ...tracks], _, { terminal, signal }) => {
  if (given !== 'none' && !/^[0-5]$/.test(given!))
    throw new UsageError(`a rating is 0 to ${MOST_STARS} stars or none, not "${given}"`);
  const stars = given === 'none' ? null : Number(given);
  return withLibrary({ say: (text) => terminal.say(shownName(text)), signal }, async (library) => {
    for (const { title } of await rateTracksNamed(library, tracks, stars))
      terminal.say(`${shownName(title)} has ${stars === null ? 'no rating' : `${stars} of ${MOST_STARS} stars`}`);
    return EXIT.done;
  });
};

export function rateCommand() {
  const command = new Command('rate')
    .description('gives tracks of the library stars')
    .argument('<stars>', '0 to 5, or none')
    .argument('<track...>', 'by path, name or title');
  return { command, run: runRate as Action<never> };
}
