import { IMPORT_SCHEMA, type ImportFailure, type ImportReport } from '@tutti/contract';
import {
  failureOf,
  type ImportOptions,
  importCollection,
  type Relocation,
  shownPlace,
  USUAL_START_VOLUME,
  withLibrary,
} from '@tutti/workflows';
import { Command, Option } from 'commander';
import type { Action } from '../session.ts';
import { exitCodeOf, type FailedItem, reportFailure } from '../terminal/failures.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { relocation } from './relocation.ts';

interface Options {
  readonly relocate: readonly Relocation[];
  readonly volume: string;
  readonly replace?: boolean;
  readonly preview?: boolean;
  readonly json?: boolean;
}

/** Why a track was not found. */
const REASONS: Readonly<Record<ImportReport['unmatched'][number]['reason'], string>> = {
  nothing: 'not in the library',
  several: 'several tracks may be it',
};

function tell({ path, tracks, matched, marks, playlists, unmatched, remarks }: ImportReport, terminal: Terminal): void {
  for (const { sought, title, artist, reason } of unmatched) {
    const name = [artist, title].filter((part) => part !== null).join(' - ');
    terminal.complain(`${shownName(sought)}${name === '' ? '' : ` (${shownName(name)})`}: ${REASONS[reason]}`);
  }
  for (const remark of remarks) terminal.complain(`${shownName(path)}: ${shownName(remark)}`);
  for (const playlist of playlists) {
    const { entries, unmatched: without } = playlist;
    terminal.say(`${shownName(shownPlace(playlist))}: ${entries - without} of ${entries} tracks are in the library`);
  }
  const found = matched.path + matched.name;
  const kept = marks > 0 ? `; grids and cues of ${marks} files are kept` : '';
  terminal.say(`${shownName(path)}: ${found} of ${tracks} tracks were found, ${matched.name} of them by name${kept}`);
}

const run: Action<Options> = (paths, { relocate, volume, replace, preview, json }, { terminal, signal }) =>
  withLibrary({ say: (text) => terminal.say(shownName(text)), signal }, async (library) => {
    const options: ImportOptions = {
      ...{ relocations: relocate, startVolume: volume, replace: replace ?? false, preview: preview ?? false },
    };
    const failed: FailedItem[] = [];
    for (const path of paths) {
      signal.throwIfAborted();
      try {
        const report = await importCollection(library, path, options);
        if (json) terminal.result(JSON.stringify(report));
        tell(report, terminal);
      } catch (error) {
        const failure: ImportFailure = { schema: IMPORT_SCHEMA, path, error: failureOf(error) };
        if (json) terminal.result(JSON.stringify(failure));
        reportFailure(failure, terminal);
        failed.push(failure);
      }
    }
    return exitCodeOf(failed);
  });

export function importCommand() {
  const command = new Command('import')
    .description('takes playlists, grids and cues of other programs into the library')
    .argument('<file...>', 'M3U8 and M3U, rekordbox XML (.xml), Traktor NML (.nml), crates of Serato (.crate)')
    .addOption(
      new Option(
        '--relocate <from=to>',
        'where a folder of the file is here: M:\\Music=/mnt/music; may be repeated, the first that fits counts',
      )
        .argParser(relocation)
        .default([], 'none'),
    )
    .option('--volume <name>', "name of the start volume of Traktor's Mac", USUAL_START_VOLUME)
    .option('--replace', 'playlists of the same names make way; else the new ones get a number')
    .option('--preview', 'say what would be found, and change nothing')
    .option('--json', 'one JSON document per file and line (schema tutti.import/1)');
  return { command, run: run as Action<never> };
}
