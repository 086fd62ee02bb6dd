import type { MeasuredSong } from '../measure/measured-song.ts';
import type { MasterStyle } from '../styles/master-style.ts';
import type { MasterTargetDefinition } from '../targets/master-target.ts';
import type { SongFigures } from '../trial/estimate-song.ts';

/** What a plan is asked to lead to. */
export interface PlanRequest {
  readonly song: MeasuredSong;
  /** Of the song without what the rumble filter takes. */
  readonly level: Pick<SongFigures, 'integratedLufs' | 'crestDb'>;
  /** Hz; the rate that filters have to be possible at: the song's, or the output's where that is lower. */
  readonly filterRate: number;
  readonly target: MasterTargetDefinition;
  readonly style: MasterStyle;
  /** The balance that is aimed at, dB at a frequency, up to a constant; and what it is called. */
  readonly wanted: { readonly name: string; readonly levelDb: (frequencyHz: number) => number };
  readonly phase: 'minimum' | 'linear';
  /** The crest factor that dynamics lead to; null: that of the table of behaviours. dB */
  readonly aimCrestDb: number | null;
}
