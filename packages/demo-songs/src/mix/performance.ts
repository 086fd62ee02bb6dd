import type { Key } from '@tutti/music/theory';
import type { Section } from '../arrangement/section.ts';
import type { Score } from '../score.ts';
import type { Style } from '../styles/style.ts';
import type { Timeline } from '../timing/timeline.ts';

/** Stems in the order in which they are added up; `effects` holds risers, impacts and the room. */
export const STEM_NAMES = ['drums', 'bass', 'chords', 'pad', 'lead', 'effects'] as const;
export type StemName = (typeof STEM_NAMES)[number];

/** What is rendered: the score and everything that says how. */
export interface Performance {
  readonly score: Score;
  readonly style: Style;
  readonly sections: readonly Section[];
  readonly timeline: Timeline;
  readonly key: Key;
  readonly tuningHz: number;
  readonly beatsPerBar: number;
  readonly frames: number;
  /** Mean duration of a beat. */
  readonly beatSeconds: number;
}
