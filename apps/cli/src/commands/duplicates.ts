import type { Duplicates } from '@tutti/contract';
import { findDuplicateFiles, libraryAnalyses, recordingFile, withLibrary } from '@tutti/workflows';
import { Command } from 'commander';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Action, Session } from '../session.ts';
import { exitCodeOf, type FailedItem } from '../terminal/failures.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { addCandidateOptions, type CandidateOptions, collectCandidates } from './candidate-files.ts';

interface Options extends CandidateOptions {
  readonly edits?: boolean;
  readonly json?: boolean;
}

/** One recording for a person: the file to keep, why, and the others below it. */
function showGroup({ keep, reason, files }: Duplicates, terminal: Terminal): void {
  terminal.result(`${shownName(keep)}  (keep: ${reason})`);
  for (const { path, relation, offsetSeconds, codec } of files) {
    if (relation === 'kept') continue;
    const start = offsetSeconds !== null && Math.abs(offsetSeconds) > 0.1 ? `, ${startWords(offsetSeconds)}` : '';
    terminal.result(`  ${shownName(path)}  (${relation}, ${codec}${start})`);
  }
}

function startWords(offsetSeconds: number): string {
  const seconds = Math.abs(offsetSeconds).toFixed(1);
  return offsetSeconds > 0 ? `begins ${seconds} s into it` : `${seconds} s of something else before it`;
}

type Recording = ReturnType<typeof recordingFile>;

/** All recordings of the library that were listened to by this version. */
function recordingsOfLibrary({ terminal, signal }: Session): Promise<Recording[]> {
  return withLibrary({ say: (text) => terminal.say(shownName(text)), signal }, async (library) => {
    const recordings: Recording[] = [];
    for await (const line of libraryAnalyses(library, signal)) recordings.push(recordingFile(line));
    return recordings;
  });
}

const run: Action<Options> = async (paths, options, session): Promise<ExitCode> => {
  const { terminal, signal } = session;
  const isLibrary = paths.length === 0 && options.analyses === undefined;
  const { candidates, failed } = isLibrary
    ? { candidates: await recordingsOfLibrary(session), failed: [] as FailedItem[] }
    : await collectCandidates(paths, options, session, recordingFile);
  if (candidates.length === 0) {
    terminal.complain('there is nothing to compare: none of the files can be used');
    return exitCodeOf(failed) || EXIT.itemsFailed;
  }
  const bar = new ProgressBar(terminal, 'comparing');
  const groups = findDuplicateFiles(candidates, {
    edits: options.edits,
    signal,
    onProgress: (done, all) => bar.update(done / all, `${done}/${all}`),
  });
  bar.end();
  for (const group of groups) {
    if (options.json) terminal.result(JSON.stringify(group));
    else showGroup(group, terminal);
  }
  const copies = groups.reduce((sum, { files }) => sum + files.length - 1, 0);
  terminal.say(`${copies} of ${candidates.length} files hold a recording that another one holds`);
  return exitCodeOf(failed);
};

export function duplicatesCommand() {
  const command = new Command('duplicates')
    .description(
      'files that hold the same recording in other encodings, with other gain, silence or a cut start; deletes nothing',
    )
    .argument('[path...]', 'audio files and folders; the library when there are none')
    .option('--edits', 'also files of which one has most of the other in it, such as a radio edit');
  addCandidateOptions(command).option('--json', 'one JSON document per recording and line (schema tutti.duplicates/1)');
  return { command, run: run as Action<never> };
}
