import { ARTWORK_SIZES, addLibraryRoot, failureOf, listRoots, removeLibraryRoot, withLibrary } from '@tutti/workflows';
import { Argument, Command, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { reportFailure } from '../terminal/failures.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';
import { artwork } from './library-artwork.ts';

type Library = Parameters<typeof artwork>[0];

interface Options {
  readonly json?: boolean;
  readonly out?: string;
  readonly size?: number;
  readonly force?: boolean;
}

async function list(library: Library, json: boolean | undefined, terminal: Terminal): Promise<ExitCode> {
  const roots = await listRoots(library);
  if (roots.length === 0) terminal.say('no folder is in the library yet: tutti library add FOLDER');
  for (const { name, offlineSince, files } of roots) {
    const offline = offlineSince?.toISOString() ?? null;
    if (json) terminal.result(JSON.stringify({ path: name, files, offlineSince: offline }));
    else
      terminal.result(`${String(files).padStart(7)} ${shownName(name)}${offline ? `  (away since ${offline})` : ''}`);
  }
  return EXIT.done;
}

/** Does something to each folder; one that fails is told and the others go on. */
async function each(
  paths: readonly string[],
  terminal: Terminal,
  work: (path: string) => Promise<string>,
): Promise<ExitCode> {
  let failed = false;
  for (const path of paths) {
    try {
      terminal.say(shownName(await work(path)));
    } catch (error) {
      failed = true;
      reportFailure({ path, error: failureOf(error) }, terminal);
    }
  }
  return failed ? EXIT.itemsFailed : EXIT.done;
}

const run: Action<Options> = ([what, ...paths], options, { terminal, signal }) => {
  const { json } = options;
  if (what === 'list' && paths.length > 0) throw new UsageError('list takes no folders');
  if (what !== 'list' && paths.length === 0)
    throw new UsageError(`say which ${what === 'artwork' ? 'file' : `folder to ${what}`}`);
  if (what !== 'artwork' && (options.out !== undefined || options.size !== undefined || options.force)) {
    throw new UsageError('-o, --size and --force are for artwork');
  }
  return withLibrary({ say: (text) => terminal.say(shownName(text)), signal }, (library) => {
    if (what === 'list') return list(library, json, terminal);
    if (what === 'artwork') return artwork(library, paths, options, terminal);
    if (what === 'add') {
      return each(paths, terminal, async (folder) => {
        const { path, added } = await addLibraryRoot(library, folder);
        return added ? `${path} is in the library; tutti scan looks into it` : `${path} was in the library already`;
      });
    }
    return each(paths, terminal, async (folder) => {
      const { name, files } = await removeLibraryRoot(library, folder);
      return `${name} is out of the library, with ${files} files; nothing on disk was touched`;
    });
  });
};

export function libraryCommand() {
  const command = new Command('library')
    .description('which folders the library is made of, and the pictures of a file in it')
    .addArgument(new Argument('<what>', 'what to do').choices(['add', 'remove', 'list', 'artwork']))
    .argument('[path...]', 'the folders to add or remove, the file whose pictures are asked for')
    .option('--json', 'list as one JSON document per folder or picture and line')
    .option('-o, --out <file>', 'write the best picture of the file; the ending says as what (jpg, png, webp, gif)')
    .addOption(
      new Option('--size <pixels>', `longest side: ${ARTWORK_SIZES.join(', ')}; never enlarged`).argParser(
        wholeNumber(1),
      ),
    )
    .option('--force', 'replace a file that is there');
  return { command, run: run as Action<never> };
}
