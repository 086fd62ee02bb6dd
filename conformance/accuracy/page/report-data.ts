import type { Answers } from '../answers.ts';
import type { PairedDifference } from '../compare.ts';
import type { CorpusFile } from '../corpus.ts';
import type { Evaluation } from '../evaluate.ts';

/** Everything that the page of results shows. */
export interface ReportData {
  /** Name of the corpus, the day, and which analysers answered. */
  readonly corpusName: string;
  readonly day: string;
  readonly analyser: string;
  readonly corpus: readonly CorpusFile[];
  readonly answers: Answers;
  /** The one in question first. */
  readonly evaluations: readonly [Evaluation, ...Evaluation[]];
  /** Against the baseline; empty without one. */
  readonly differences: readonly PairedDifference[];
  /** SVG elements by file id, for the files that are to be looked at. */
  readonly pictures: ReadonlyMap<string, readonly string[]>;
}

/** Name of a file's picture within the page. */
export function pictureId(id: string): string {
  return `picture-${id.replace(/[^A-Za-z0-9]/g, '-')}`;
}
