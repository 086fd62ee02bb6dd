import type { AnalysisLine } from '@tutti/contract';
import type { DjTrack } from '@tutti/exchange';
import { beatGridOf } from '@tutti/music/mixing';
import { type GridMarkOptions, gridMarks } from './grid-marks.ts';
import { hotCues } from './track-cues.ts';

/** What a DJ program is told of a track by its analysis: all but its name. */
type HeardTrack = Pick<DjTrack, 'seconds' | 'sampleRate' | 'bpm' | 'key' | 'grid' | 'cues'>;

/** The parts of an analysis that it is made of. */
type HeardParts = { [Part in 'tempo' | 'key' | 'structure' | 'format']: NonNullable<AnalysisLine[Part]> };

/** Tempo, key, grid and hot cues of an analysis. */
export function heardTrack({ tempo, key, structure, format }: HeardParts, grids: GridMarkOptions): HeardTrack {
  const grid = beatGridOf({ tempo, structure }, format.seconds);
  const { tonic, mode } = key;
  return {
    seconds: format.seconds,
    sampleRate: format.sampleRate,
    bpm: tempo.bpm,
    key: tonic === null || mode === null ? null : { tonic, mode },
    grid: grid ? gridMarks(grid, format.seconds, grids) : [],
    cues: hotCues(structure.cues, grid),
  };
}
