import type { BandLevelsResult, Loudness } from '@tutti/dsp';
import type { MasterMeasurement } from '../measurement-schema.ts';
import type { Excerpts } from './excerpt-keeper.ts';

/** All that one pass over a mixdown leaves: its figures, and what a plan is worked out from. */
export interface MeasuredSong {
  /** Hz */
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
  readonly figures: MasterMeasurement;
  readonly loudness: Loudness;
  /** Linear, of each second begun. */
  readonly secondPeaks: readonly number[];
  readonly bands: BandLevelsResult;
  readonly excerpts: Excerpts;
}
