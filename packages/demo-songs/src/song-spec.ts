import { type Key, PITCH_NAMES } from '@tutti/music/theory';
import { DemoSongError, requireRange, requireWhole } from './errors.ts';
import { STYLE_NAMES, type StyleName } from './styles/style-name.ts';
import type { TempoDrift } from './timing/tempo-map.ts';

export const SECTION_LABELS = ['intro', 'verse', 'build', 'drop', 'chorus', 'break', 'outro'] as const;
export type SectionLabel = (typeof SECTION_LABELS)[number];

/** A stretch of the song. */
export interface SectionSpec {
  readonly label: SectionLabel;
  /** 1 to 64 */
  readonly bars: number;
}

/** Everything that decides a song: the same spec always gives the same samples. */
export interface SongSpec {
  /** Whole number, 0 to 2^32 - 1: melodies, choices among progressions and patterns, humanisation. */
  readonly seed: number;
  readonly title: string;
  readonly artist: string;
  readonly style: StyleName;
  readonly key: Key;
  /** Quarter notes per minute, 60 to 200; with a drift, where it starts (ramp, steps) or its mean (wander). */
  readonly bpm: number;
  /** Quarter notes per bar. */
  readonly meter: 3 | 4;
  /** 0 straight to 1 triplets; the style says whether eighths or sixteenths swing. Beats themselves never move. */
  readonly swing: number;
  /** Absent: the tempo is constant. */
  readonly drift?: TempoDrift;
  /** Frequency of A4, 400 to 480; 440 when absent. */
  readonly tuningHz?: number;
  /** The style's own arrangement when absent. At most 256 bars in all. */
  readonly arrangement?: readonly SectionSpec[];
  /** Silence before the first beat, 0 to 30. */
  readonly leadInSeconds: number;
}

export const TEMPO_RANGE = { minimumBpm: 60, maximumBpm: 200 } as const;

const KIND = 'invalid-spec';

function requireTempo(name: string, bpm: number): void {
  requireRange(KIND, name, bpm, TEMPO_RANGE.minimumBpm, TEMPO_RANGE.maximumBpm);
}

function requireOneOf(name: string, value: string | number, allowed: readonly (string | number)[]): void {
  if (!allowed.includes(value)) {
    throw new DemoSongError(KIND, `${name} is ${JSON.stringify(value)}; it must be one of ${allowed.join(', ')}`);
  }
}

function requireDrift(drift: TempoDrift): void {
  requireOneOf('drift.kind', drift.kind, ['ramp', 'wander', 'steps']);
  if (drift.kind === 'ramp') requireTempo('drift.endBpm', drift.endBpm);
  if (drift.kind === 'wander') {
    requireRange(KIND, 'drift.depth', drift.depth, 0, 0.08);
    requireRange(KIND, 'drift.periodBeats', drift.periodBeats, 8, 512);
  }
  if (drift.kind === 'steps') {
    let previous = 0;
    for (const { bar, bpm } of drift.steps) {
      requireWhole(KIND, 'drift.steps[].bar', bar, previous + 1, 256);
      requireTempo('drift.steps[].bpm', bpm);
      previous = bar;
    }
  }
}

function requireArrangement(arrangement: readonly SectionSpec[]): void {
  requireRange(KIND, 'the number of sections', arrangement.length, 1, 64);
  let bars = 0;
  for (const section of arrangement) {
    requireOneOf('arrangement[].label', section.label, SECTION_LABELS);
    requireWhole(KIND, 'arrangement[].bars', section.bars, 1, 64);
    bars += section.bars;
  }
  requireRange(KIND, 'the number of bars', bars, 1, 256);
}

/** @throws DemoSongError 'invalid-spec' naming the first field out of its range, its value and what is allowed */
export function requireSongSpec(spec: SongSpec): void {
  requireWhole(KIND, 'seed', spec.seed, 0, 0xffffffff);
  requireOneOf('style', spec.style, STYLE_NAMES);
  requireOneOf('key.tonic', spec.key.tonic, PITCH_NAMES);
  requireOneOf('key.mode', spec.key.mode, ['major', 'minor']);
  requireTempo('bpm', spec.bpm);
  requireOneOf('meter', spec.meter, [3, 4]);
  requireRange(KIND, 'swing', spec.swing, 0, 1);
  requireRange(KIND, 'leadInSeconds', spec.leadInSeconds, 0, 30);
  if (spec.tuningHz !== undefined) requireRange(KIND, 'tuningHz', spec.tuningHz, 400, 480);
  if (spec.drift !== undefined) requireDrift(spec.drift);
  if (spec.arrangement !== undefined) requireArrangement(spec.arrangement);
}
