import {
  addToList,
  changePlaylistRule,
  entriesOf,
  keptPlaylist,
  makeUserPlaylist,
  moveInList,
  type PlaylistRule,
  parseFilter,
  playlistLines,
  playlistNamed,
  previewOf,
  readRuleFile,
  removePlaylist,
  renameUserPlaylist,
  type SortKey,
  shownPlace,
  takeFromList,
  type UserLibrary,
  withLibrary,
  writtenSort,
} from '@tutti/workflows';
import { Argument, Command, Option } from 'commander';
import { EXIT, UsageError } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';
import { positionsIn, showEntries } from './entries.ts';
import { readFilter } from './filter-option.ts';
import { shownTrack, sortOption } from './list.ts';

interface Options {
  readonly filter?: string;
  readonly rule?: string;
  readonly sort?: readonly SortKey[];
  readonly limit?: number;
  readonly at?: number;
  readonly json?: boolean;
}

/** Rows that a preview shows. */
const FIRST_ROWS = 10;

/** What the options say of a rule; undefined where they say nothing. */
async function ruleIn({ filter, rule, sort, limit }: Options): Promise<Partial<PlaylistRule> | undefined> {
  if (filter !== undefined && rule !== undefined) throw new UsageError('--filter and --rule say the same: give one');
  if (filter === undefined && rule === undefined && sort === undefined && limit === undefined) return undefined;
  return {
    ...(rule !== undefined && (await readRuleFile(rule))),
    ...(filter !== undefined && { filter: parseFilter(filter), words: filter }),
    ...(sort !== undefined && { sort: writtenSort(sort) }),
    ...(limit !== undefined && { limit }),
  };
}

function wholeRule(rule: Partial<PlaylistRule>): PlaylistRule {
  if (rule.filter === undefined) throw new UsageError('a smart playlist needs --filter or --rule');
  return { filter: rule.filter, words: rule.words ?? null, sort: rule.sort ?? null, limit: rule.limit ?? null };
}

type Work = (library: UserLibrary, words: readonly string[], options: Options, terminal: Terminal) => Promise<void>;

/** What can be done: the words each needs after it, and the options that it takes beside --json. */
const ACTIONS: Readonly<
  Record<string, { words: string; count: readonly [number, number]; options: readonly string[]; work: Work }>
> = {
  list: { words: '', count: [0, 0], options: [], work: list },
  show: { words: 'NAME', count: [1, 1], options: ['limit'], work: show },
  preview: { words: '', count: [0, 0], options: ['filter', 'rule', 'sort', 'limit'], work: preview },
  new: { words: 'NAME', count: [1, 1], options: ['filter', 'rule', 'sort', 'limit'], work: make },
  edit: {
    words: 'NAME',
    count: [1, 1],
    options: ['filter', 'rule', 'sort', 'limit'],
    work: async (library, [name], options) => {
      const change = await ruleIn(options);
      if (change === undefined) throw new UsageError('say what to change: --filter, --rule, --sort or --limit');
      await changePlaylistRule(library, name!, change);
    },
  },
  add: { words: 'NAME TRACK...', count: [1, Number.POSITIVE_INFINITY], options: ['filter', 'at'], work: add },
  take: {
    words: 'NAME POSITION...',
    count: [2, Number.POSITIVE_INFINITY],
    options: [],
    work: (library, [name, ...positions]) => takeFromList(library, keptPlaylist(name!), positionsIn(positions)),
  },
  move: {
    words: 'NAME FROM TO',
    count: [3, 3],
    options: [],
    work: (library, [name, ...places]) => {
      const [from, to] = positionsIn(places);
      return moveInList(library, keptPlaylist(name!), from!, to!);
    },
  },
  rename: {
    words: 'NAME NEW',
    count: [2, 2],
    options: [],
    work: (library, [name, now]) => renameUserPlaylist(library, name!, now!),
  },
  remove: {
    words: 'NAME',
    count: [1, 1],
    options: [],
    work: async (library, [name]) => removePlaylist(library, await playlistNamed(library, name!)),
  },
};

async function list(library: UserLibrary, _: readonly string[], { json }: Options, terminal: Terminal): Promise<void> {
  const playlists = await playlistLines(library);
  if (playlists.length === 0) terminal.say('there are no playlists yet: tutti playlist new NAME');
  for (const playlist of playlists) {
    const { entries, rule } = playlist;
    const how = rule === null ? '' : `  (${shownName(rule.words ?? 'a rule')})`;
    const size = entries === null ? 'smart' : String(entries);
    terminal.result(json ? JSON.stringify(playlist) : `${size.padStart(7)} ${shownName(shownPlace(playlist))}${how}`);
  }
}

async function show(library: UserLibrary, [name]: readonly string[], { limit, json }: Options, terminal: Terminal) {
  showEntries(await entriesOf(library, name!, limit), json, terminal);
}

async function preview(library: UserLibrary, _: readonly string[], options: Options, terminal: Terminal) {
  const found = await previewOf(library, wholeRule((await ruleIn(options)) ?? {}), FIRST_ROWS);
  if (options.json) return terminal.result(JSON.stringify(found));
  for (const track of found.first) terminal.result(shownTrack(track));
  terminal.say(`${found.tracks} tracks${found.tracks > found.first.length ? `; the first ${found.first.length}` : ''}`);
}

async function make(library: UserLibrary, [name]: readonly string[], options: Options, terminal: Terminal) {
  const rule = await ruleIn(options);
  const made = await makeUserPlaylist(library, name!, rule ? wholeRule(rule) : null);
  if (options.json) terminal.result(JSON.stringify(made));
  if (!rule) return;
  const { tracks } = await previewOf(library, wholeRule(rule), 1);
  terminal.say(`${shownName(name!)} has ${tracks} tracks now`);
}

async function add(library: UserLibrary, [name, ...named]: readonly string[], options: Options, terminal: Terminal) {
  const { filter, at } = options;
  if (named.length === 0 && filter === undefined) throw new UsageError('say which tracks, or those of a --filter');
  const wanted = { named, at, filter: filter === undefined ? undefined : parseFilter(filter) };
  const count = await addToList(library, keptPlaylist(name!), wanted);
  terminal.say(`${count} tracks were added to ${shownName(name!)}`);
}

const run: Action<Options> = ([what, ...words], options, { terminal, signal }) => {
  const { words: needed, count, options: taken, work } = ACTIONS[what!]!;
  if (words.length < count[0] || words.length > count[1])
    throw new UsageError(`it is used as: tutti playlist ${what} ${needed}`.trim());
  for (const option of ['filter', 'rule', 'sort', 'limit', 'at'] as const)
    if (options[option] !== undefined && !taken.includes(option)) throw new UsageError(`${what} takes no --${option}`);
  return withLibrary({ say: (text) => terminal.say(shownName(text)), signal }, async (library) => {
    await work(library, words, options, terminal);
    return EXIT.done;
  });
};

export function playlistCommand() {
  const command = new Command('playlist')
    .description('playlists of the library: lists that are kept by hand, and smart ones that a rule finds')
    .addArgument(new Argument('<what>', 'what to do').choices(Object.keys(ACTIONS)))
    .argument('[words...]', 'the name of the playlist, folders before it as in Sets/Friday, and what belongs to it')
    .addOption(
      new Option(
        '--filter <terms>',
        'what finds the tracks of a smart playlist, or those to add: "bpm:120-128 rating>=4"',
      ).argParser((text) => {
        readFilter(text);
        return text;
      }),
    )
    .option('--rule <file>', 'the same from a JSON file: {"filter": words or tree, "sort": words, "limit": number}')
    .addOption(new Option('--sort <by>', 'the order of a smart playlist, as tutti list has it').argParser(sortOption))
    .addOption(
      new Option('--limit <n>', 'how many tracks a smart playlist has, or are shown, at most').argParser(
        wholeNumber(1, 100_000),
      ),
    )
    .addOption(new Option('--at <position>', 'where added tracks go; the end when absent').argParser(wholeNumber(1)))
    .option(
      '--json',
      'one JSON document per line (schemas tutti.playlist/1, tutti.playlist-entry/1, tutti.playlist-preview/1)',
    )
    .addHelpText(
      'after',
      `\nUsed as:\n${Object.entries(ACTIONS)
        .map(([what, { words }]) => `  tutti playlist ${what} ${words}`.trimEnd())
        .join('\n')}`,
    );
  return { command, run: run as Action<never> };
}
