import type { GainChange, MasterPlan, MeasuredSong } from '@tutti/music/mastering';

/** What a report of a master is drawn from. */
export interface MasterReportData {
  readonly title: string;
  readonly plan: MasterPlan;
  readonly before: MeasuredSong;
  readonly after: MeasuredSong;
  /** In order; none for a plan without stages. */
  readonly gainChanges: readonly GainChange[];
}
