import type { GainChange, MasterPlan, MeasuredSong, PreviewSpan } from '@tutti/music/mastering';

/** What a report of a master is drawn from. */
export interface MasterReportData {
  readonly title: string;
  readonly plan: MasterPlan;
  readonly before: MeasuredSong;
  readonly after: MeasuredSong;
  /** In order; none for a plan without stages. */
  readonly gainChanges: readonly GainChange[];
  /** To be heard on the page. */
  readonly listening: ListeningPair;
}

/** The same seconds before and after. */
export interface ListeningPair {
  readonly span: PreviewSpan;
  readonly before: EncodedPart;
  readonly after: EncodedPart;
}

interface EncodedPart {
  /** The bytes of a FLAC file. */
  readonly flac: Uint8Array;
  /** With these both are equally loud; 0 or less. */
  readonly gainDb: number;
}
