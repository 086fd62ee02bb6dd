import {
  addToList,
  clearList,
  type Filter,
  moveInList,
  nextOfQueue,
  queueEntries,
  takeFromList,
  theQueue,
  withLibrary,
} from '@tutti/workflows';
import { Argument, Command, Option } from 'commander';
import { EXIT, UsageError } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { shownName } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';
import { positionsIn, showEntries } from './entries.ts';
import { addFilterOption } from './filter-option.ts';

interface Options {
  readonly filter?: Filter;
  readonly at?: number;
  readonly json?: boolean;
}

/** What can be done, and how many words each needs after it: at least, at most. */
const ACTIONS: Readonly<Record<string, readonly [number, number]>> = {
  list: [0, 0],
  add: [0, Number.POSITIVE_INFINITY],
  next: [0, 0],
  take: [1, Number.POSITIVE_INFINITY],
  move: [2, 2],
  clear: [0, 0],
};

const run: Action<Options> = ([what, ...words], { filter, at, json }, { terminal, signal }) => {
  const [least, most] = ACTIONS[what!]!;
  if (words.length < least || words.length > most) throw new UsageError(`${what} takes other words: see --help`);
  if (what === 'add' && words.length === 0 && filter === undefined)
    throw new UsageError('say which tracks, or those of a --filter');
  if (what !== 'add' && (filter !== undefined || at !== undefined))
    throw new UsageError('--filter and --at go with add');
  const positions = what === 'take' || what === 'move' ? positionsIn(words) : [];
  return withLibrary({ say: (text) => terminal.say(shownName(text)), signal }, async (library) => {
    if (what === 'add')
      terminal.say(`${await addToList(library, theQueue, { named: words, filter, at })} tracks were added`);
    else if (what === 'take') await takeFromList(library, theQueue, positions);
    else if (what === 'move') await moveInList(library, theQueue, positions[0]!, positions[1]!);
    else if (what === 'clear') terminal.say(`${await clearList(library, theQueue)} tracks were in the queue`);
    else showEntries(what === 'next' ? [await nextOfQueue(library)] : await queueEntries(library), json, terminal);
    return EXIT.done;
  });
};

export function queueCommand() {
  const command = addFilterOption(
    new Command('queue')
      .description('what is to be played next; next takes the first and notes that it was played')
      .addArgument(new Argument('<what>', 'what to do').choices(Object.keys(ACTIONS)))
      .argument('[words...]', 'tracks to add, positions to take out, from where to where to move'),
  )
    .addOption(new Option('--at <position>', 'where added tracks go; the end when absent').argParser(wholeNumber(1)))
    .option('--json', 'list and next as one JSON document per track and line (schema tutti.playlist-entry/1)');
  return { command, run: run as Action<never> };
}
