import type { AnalysisLine } from '@tutti/contract';
import type { TrackEvidence } from '@tutti/music/analysis';
import type { Key } from '@tutti/music/theory';

/** What is known of a track from elsewhere, drawn beside what was heard. */
export interface KnownTruth {
  /** Seconds, ascending. */
  readonly beats?: readonly number[];
  readonly downbeats?: readonly number[];
  readonly key?: Key;
  readonly sections?: readonly { readonly start: number; readonly end: number }[];
}

/** What a picture of an analysis shows. Parts that the line lacks are not drawn. */
export interface AnalysisPicture {
  readonly title: string;
  readonly line: AnalysisLine;
  readonly evidence: TrackEvidence;
  readonly truth?: KnownTruth;
}
