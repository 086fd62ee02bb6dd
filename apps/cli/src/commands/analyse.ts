import { availableParallelism } from 'node:os';
import { ANALYSIS_PARTS, ANALYSIS_SCHEMA, type AnalysisLine, type AnalysisPart } from '@tutti/contract';
import { type AnalysisResult, analyseFiles, collectFiles, type PlottedFile, plotFiles } from '@tutti/workflows';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { hurry, isSingleSong } from '../single-song.ts';
import { exitCodeOf, type FailedItem, reportFailure } from '../terminal/failures.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from './arguments.ts';

interface Options {
  readonly json?: boolean;
  readonly jobs: number;
  readonly only?: readonly AnalysisPart[];
  readonly plot?: string;
  readonly force?: boolean;
  readonly peaks?: string;
}

function parts(text: string): AnalysisPart[] {
  return text.split(',').map((name) => {
    const part = ANALYSIS_PARTS.find((known) => known === name.trim());
    if (!part) throw new InvalidArgumentError(`"${name}" is none of ${ANALYSIS_PARTS.join(', ')}.`);
    return part;
  });
}

/** One line for a person: tempo, key, loudness, energy, danceability in percent, duration, name. */
function summaryLine(line: AnalysisLine): string {
  const columns = [
    line.tempo ? (line.tempo.bpm === null ? 'no tempo' : line.tempo.bpm.toFixed(2)).padStart(8) : '',
    line.tempo?.kind === 'drifting' ? '~' : ' ',
    (line.key ? (line.key.camelot ?? '-') : '').padStart(3),
    (line.key?.tonic ? `${line.key.tonic} ${line.key.mode}` : '').padEnd(9),
    line.loudness
      ? (line.loudness.integratedLufs === null ? '   -' : line.loudness.integratedLufs.toFixed(1)).padStart(6)
      : '',
    line.energy ? (line.energy.level === null ? '-' : line.energy.level.toFixed(0)).padStart(2) : '',
    line.timbre
      ? (line.timbre.danceability === null ? '-' : (100 * line.timbre.danceability).toFixed(0)).padStart(3)
      : '',
    `${Math.floor(line.format.seconds / 60)}:${String(Math.floor(line.format.seconds % 60)).padStart(2, '0')}`.padStart(
      6,
    ),
    shownName(line.path),
  ];
  return columns.join(' ');
}

/** Shows one result. */
function report(result: AnalysisResult, json: boolean, terminal: Terminal): void {
  if (json) terminal.result(JSON.stringify(result));
  if ('error' in result) reportFailure(result, terminal);
  else {
    if (!json) terminal.result(summaryLine(result));
    for (const warning of result.warnings) terminal.complain(`${shownName(result.path)}: ${shownName(warning)}`);
    for (const note of result.notes) terminal.detail(`${shownName(result.path)}: ${note}`);
  }
}

/** Results, with what became of the pictures where they are asked for. */
async function* listen(
  files: Parameters<typeof analyseFiles>[0],
  { jobs, only, plot, force, peaks, oneHere }: Options & { readonly oneHere: boolean },
  signal: AbortSignal,
): AsyncGenerator<PlottedFile> {
  const options = { jobs, only, signal, peaksFolder: peaks, oneHere };
  if (plot !== undefined) yield* plotFiles(files, { ...options, folder: plot, force });
  else for await (const result of analyseFiles(files, options)) yield { result };
}

const run: Action<Options> = async (paths, options, { terminal, signal }) => {
  const { json = false } = options;
  const { files, failures } = await collectFiles(paths, signal);
  if (files.length + failures.length === 0) {
    terminal.complain(`there is nothing to analyse: no audio files in ${paths.map(shownName).join(', ')}`);
    return EXIT.itemsFailed;
  }
  const song = await isSingleSong(files);
  if (song) hurry();
  const failed: FailedItem[] = [...failures];
  const notDrawn: FailedItem[] = [];
  for (const { path, error } of failures) report({ schema: ANALYSIS_SCHEMA, path, error }, json, terminal);
  if (!json && files.length > 0) terminal.say(terminal.style('dim', '     BPM   key            LUFS  E   D   time'));
  const bar = new ProgressBar(terminal, 'analysing');
  let done = 0;
  bar.update(0, `0/${files.length}`);
  for await (const { result, pictureError } of listen(files, { ...options, oneHere: song }, signal)) {
    done += 1;
    report(result, json, terminal);
    if ('error' in result) failed.push(result);
    if (pictureError) {
      const item = { path: result.path, error: pictureError };
      reportFailure(item, terminal);
      notDrawn.push(item);
    }
    bar.update(done / files.length, `${done}/${files.length}`, shownName(result.path));
  }
  bar.end();
  terminal.say(`${files.length + failures.length - failed.length} analysed, ${failed.length} failed`);
  return exitCodeOf([...failed, ...notDrawn]);
};

export function analyseCommand() {
  const command = new Command('analyse')
    .alias('analyze')
    .description('tempo, beats, key, loudness, structure, energy and timbre of files and folders')
    .argument('<path...>', 'audio files and folders')
    .option('--json', 'one JSON document per file and line (schema tutti.analysis/1)')
    .addOption(
      new Option('--jobs <n>', 'files at a time')
        .argParser(wholeNumber(1))
        .default(availableParallelism(), 'the number of cores'),
    )
    .addOption(new Option('--only <parts>', `only these parts: ${ANALYSIS_PARTS.join(', ')}`).argParser(parts))
    .option('--plot <folder>', 'a picture (SVG) of what was heard in each file, into this folder')
    .option('--force', 'replace pictures that are there')
    .option('--peaks <dir>', 'write the waveform of each sound in three bands, for drawing, as DIR/AUDIOHASH.peaks');
  return { command, run: run as Action<never> };
}
