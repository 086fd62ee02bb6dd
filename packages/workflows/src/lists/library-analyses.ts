import { type AnalysisLine, analysisLineSchema } from '@tutti/contract';
import { analysedFiles, type Database } from '@tutti/library';
import { ANALYSER_VERSION } from '@tutti/music/analysis';

/** Analyses that are in memory at once. */
const AT_ONCE = 100;

/** The analyses of all files of a library that have one of this version, each with the path at which its file is now. */
export async function* libraryAnalyses(library: Database, signal?: AbortSignal): AsyncGenerator<AnalysisLine> {
  for (let last = 0; ; ) {
    const files = await analysedFiles(library, ANALYSER_VERSION, last, AT_ONCE);
    if (files.length === 0) return;
    last = files.at(-1)!.id;
    for (const { path, line } of files) {
      signal?.throwIfAborted();
      yield { ...analysisLineSchema.parse(JSON.parse(line)), path };
    }
  }
}
