import type { Key } from '@tutti/music/theory';
import type { Section } from './arrangement/section.ts';
import type { SectionLabel, SongSpec } from './song-spec.ts';
import type { Timeline } from './timing/timeline.ts';

/** What is known of a song because it was composed so. Times in seconds from the first sample, not rounded to samples. */
export interface SongTruth {
  /** Beats divided by the time they take; the tempo itself when it is constant. */
  readonly bpm: number;
  readonly tempoKind: 'constant' | 'drifting';
  /** Tempo from each time on until the next: one entry when constant, one for each beat when drifting. Summed up, they give the beats. */
  readonly tempoMap: readonly { readonly time: number; readonly bpm: number }[];
  /** Every beat of every bar, whether a drum plays on it or not. */
  readonly beats: readonly number[];
  /** First beats of bars. */
  readonly downbeats: readonly number[];
  readonly meter: 3 | 4;
  readonly key: Key;
  readonly tuningHz: number;
  readonly sections: readonly { readonly start: number; readonly end: number; readonly label: SectionLabel }[];
}

/** Reads the truth off the timeline that the sounds were placed by. */
export function tellTruth(
  spec: SongSpec,
  tuningHz: number,
  sections: readonly Section[],
  timeline: Timeline,
  totalBeats: number,
): SongTruth {
  const beats = Array.from({ length: totalBeats }, (_, beat) => timeline.secondsAt(beat));
  const isConstant = spec.drift === undefined;
  const end = timeline.secondsAt(totalBeats);
  const tempoMap = beats.map((time, beat) => ({ time, bpm: 60 / ((beats[beat + 1] ?? end) - time) }));
  return {
    bpm: isConstant ? spec.bpm : (60 * totalBeats) / (end - beats[0]!),
    tempoKind: isConstant ? 'constant' : 'drifting',
    tempoMap: isConstant ? [{ time: beats[0]!, bpm: spec.bpm }] : tempoMap,
    beats,
    downbeats: beats.filter((_, beat) => beat % spec.meter === 0),
    meter: spec.meter,
    key: spec.key,
    tuningHz,
    sections: sections.map(({ startBeat, beats: length, label }) => ({
      start: timeline.secondsAt(startBeat),
      end: timeline.secondsAt(startBeat + length),
      label,
    })),
  };
}
