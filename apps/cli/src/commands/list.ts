import type { FacetsLine, ListedTrackLine } from '@tutti/contract';
import {
  type Filter,
  forgiveWords,
  libraryFacets,
  listLibrary,
  parseSort,
  SORT_NAMES,
  type SortKey,
  withLibrary,
} from '@tutti/workflows';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, UsageError } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';
import { readFilter } from './filter-option.ts';

interface Options {
  readonly sort?: readonly SortKey[];
  readonly limit?: number;
  readonly facets?: boolean;
  readonly json?: boolean;
}

const USUAL_LIMIT = 50;
const MOST_SHOWN_COUNTS = 8;

/** A parser for commander: what to sort by. */
export function sortOption(text: string): SortKey[] {
  try {
    return parseSort(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? `${error.message}.` : String(error));
  }
}

function filterOf(terms: readonly string[]): Filter {
  try {
    return readFilter(terms.join(' '));
  } catch (error) {
    throw error instanceof InvalidArgumentError ? new UsageError(error.message) : error;
  }
}

function clock(seconds: number | null): string {
  if (seconds === null) return '';
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A track for a person: what it is called, and what a DJ looks for. */
export function shownTrack(track: ListedTrackLine): string {
  const { artist, title, bpm, camelot, energy, rating, seconds, offline } = track;
  const facts = [
    clock(seconds).padStart(6),
    (bpm === null ? '' : bpm.toFixed(1)).padStart(5),
    (camelot ?? '').padStart(3),
    (energy === null ? '' : String(Math.round(energy))).padStart(2),
    (rating === null ? '' : '*'.repeat(rating)).padEnd(5),
  ];
  const name = artist === null ? title : `${artist} - ${title}`;
  return `${facts.join(' ')}  ${shownName(name)}${offline ? '  (away)' : ''}`;
}

function showFacets({ tracks, genres, artists, keys, tempos }: FacetsLine, terminal: Terminal): void {
  terminal.result(`${tracks} tracks`);
  const row = (what: string, counts: readonly { readonly value: string | number; readonly tracks: number }[]) => {
    if (counts.length === 0) return;
    const shown = counts.map(({ value, tracks: count }) => `${shownName(String(value))} ${count}`);
    const rest = shown.length > MOST_SHOWN_COUNTS ? ', ...' : '';
    terminal.result(`${what.padEnd(8)} ${shown.slice(0, MOST_SHOWN_COUNTS).join(', ')}${rest}`);
  };
  row('genres', genres);
  row('artists', artists);
  row('keys', keys);
  row('BPM from', tempos);
}

/** @param forgiving whether words that no track has are taken for those that are nearest */
function listing(forgiving: boolean): Action<Options> {
  return async (terms, { sort, limit, facets, json }, { terminal, signal }) => {
    const asked = filterOf(terms);
    return withLibrary({ say: (text) => terminal.say(shownName(text)), signal }, async (library) => {
      const { filter, words } = forgiving ? await forgiveWords(library, asked) : { filter: asked, words: [] };
      for (const { typed, meant } of words)
        terminal.say(`${shownName(typed)} is in no track; ${shownName(meant.join(', '))} is`);
      if (facets) {
        const counted = await libraryFacets(library, filter);
        if (json) terminal.result(JSON.stringify(counted));
        else showFacets(counted, terminal);
        return EXIT.done;
      }
      // What is read by a program is not cut short unless it asks for that.
      const most = limit ?? (json ? undefined : USUAL_LIMIT);
      let shown = 0;
      for await (const track of listLibrary(library, { filter, sort, limit: most, signal })) {
        terminal.result(json ? JSON.stringify(track) : shownTrack(track));
        shown += 1;
      }
      if (shown === 0) terminal.say('no track of the library is meant');
      if (limit === undefined && shown === most) terminal.say(`the first ${most}; --limit shows more`);
      return EXIT.done;
    });
  };
}

function addListOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--sort <by>',
        `up to four of ${SORT_NAMES.join(', ')}, with commas between; a minus before one turns it round: -bpm,title`,
      ).argParser(sortOption),
    )
    .addOption(
      new Option('--limit <n>', `how many, at most (${USUAL_LIMIT}; with --json all of them)`).argParser(
        wholeNumber(1),
      ),
    )
    .option('--facets', 'instead of tracks: how many there are of each genre, artist, key and tempo')
    .option('--json', 'one JSON document per track and line (schema tutti.track/1, with --facets tutti.facets/1)');
}

export function listCommand() {
  const command = new Command('list')
    .description('the tracks of the library, all or those that a filter means')
    .argument('[terms...]', 'a filter: bpm:120-128 key:8A..10A energy>=6 NOT artist:abba');
  return { command: addListOptions(command), run: listing(false) as Action<never> };
}

export function searchCommand() {
  const command = new Command('search')
    .description('the tracks of the library that have these words, or the beginnings of them; mistakes are forgiven')
    .argument('<terms...>', 'words of title, artist, album and genre, and terms of a filter');
  return { command: addListOptions(command), run: listing(true) as Action<never> };
}
