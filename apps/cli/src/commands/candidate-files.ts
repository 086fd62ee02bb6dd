import { availableParallelism } from 'node:os';
import type { AnalysisLine } from '@tutti/contract';
import { analysisLines } from '@tutti/workflows';
import { type Command, Option } from 'commander';
import { UsageError } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { collectMusic } from '../terminal/collect-music.ts';
import { type FailedItem, reportFailure } from '../terminal/failures.ts';
import { listenTo } from '../terminal/listen-to.ts';
import { wholeNumber } from './arguments.ts';

/** Where the tracks come from that a command chooses among. */
export interface CandidateOptions {
  readonly analyses?: string;
  readonly jobs: number;
}

interface CollectedCandidates<Candidate> {
  readonly candidates: readonly Candidate[];
  readonly failed: readonly FailedItem[];
}

/** Adds the options that say where the tracks come from. */
export function addCandidateOptions(command: Command): Command {
  return command
    .option('--analyses <file>', 'instead of files: what `tutti analyse --json` printed of them')
    .addOption(
      new Option('--jobs <n>', 'files analysed at a time')
        .argParser(wholeNumber(1))
        .default(availableParallelism(), 'the number of cores'),
    );
}

/**
 * The tracks of files, which are listened to, or of analyses that were printed before; what fails is told.
 * @param keep what is needed of each analysis
 */
export function collectCandidates<Candidate>(
  paths: readonly string[],
  { analyses, jobs }: CandidateOptions,
  session: Session,
  keep: (line: AnalysisLine) => Candidate,
): Promise<CollectedCandidates<Candidate>> {
  if ((analyses === undefined) === (paths.length === 0))
    throw new UsageError('name the files or folders to choose from, or their analyses with --analyses, not both');
  return analyses === undefined ? fromFiles(paths, jobs, session, keep) : fromAnalyses(analyses, session, keep);
}

async function fromFiles<Candidate>(
  paths: readonly string[],
  jobs: number,
  session: Session,
  keep: (line: AnalysisLine) => Candidate,
): Promise<CollectedCandidates<Candidate>> {
  const { files, failures } = await collectMusic(paths, session);
  const { lines, failed } = await listenTo(files, jobs, session, keep);
  return { candidates: lines, failed: [...failures, ...failed] };
}

async function fromAnalyses<Candidate>(
  path: string,
  { terminal, signal }: Session,
  keep: (line: AnalysisLine) => Candidate,
): Promise<CollectedCandidates<Candidate>> {
  const candidates: Candidate[] = [];
  const failed: FailedItem[] = [];
  for await (const line of analysisLines(path)) {
    signal.throwIfAborted();
    if ('error' in line) {
      failed.push(line);
      reportFailure(line, terminal);
    } else candidates.push(keep(line));
  }
  return { candidates, failed };
}
