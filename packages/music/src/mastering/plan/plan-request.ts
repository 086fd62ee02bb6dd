import type { MeasuredSong } from '../measure/measured-song.ts';
import type { MasterStyle } from '../styles/master-style.ts';
import type { MasterTargetDefinition } from '../targets/master-target.ts';
import type { SongFigures } from '../trial/estimate-song.ts';

/** The balance that is aimed at, dB at a frequency. */
export interface WantedBalance {
  /** For people. */
  readonly name: string;
  /** Up to a constant. */
  readonly levelDb: (frequencyHz: number) => number;
  /** What lies this near to it is left as it is, times the style's factor. */
  readonly toleranceDb: (frequencyHz: number) => number;
  /** What a song is to have of it in any case, whatever its balance is. */
  readonly toneDb: (frequencyHz: number) => number;
}

/** What a plan is asked to lead to. */
export interface PlanRequest {
  readonly song: MeasuredSong;
  /** Of the song without what the rumble filter takes. */
  readonly level: Pick<SongFigures, 'integratedLufs' | 'crestDb'>;
  /** Hz; the rate that filters have to be possible at: the song's, or the output's where that is lower. */
  readonly filterRate: number;
  readonly target: MasterTargetDefinition;
  readonly style: MasterStyle;
  readonly wanted: WantedBalance;
  readonly phase: 'minimum' | 'linear';
  /** The crest factor that dynamics lead to; null: that of the table of behaviours. dB */
  readonly aimCrestDb: number | null;
}
