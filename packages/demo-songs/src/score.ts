import type { DrumName } from './synth/drum-name.ts';

/** A pitched note; positions and lengths in beats before swing. */
export interface Note {
  readonly beat: number;
  readonly beats: number;
  /** MIDI note number; 69 is A4, the tuning note. */
  readonly midi: number;
  /** 0 to 1 */
  readonly velocity: number;
}

export interface DrumHit {
  readonly beat: number;
  readonly drum: DrumName;
  /** 0 to 1 */
  readonly velocity: number;
}

export type TransitionKind = 'riser' | 'reverse-crash' | 'impact' | 'downlifter';

/** A noise or sweep that marks a change of section. `beat` is where it starts. */
export interface Transition {
  readonly kind: TransitionKind;
  readonly beat: number;
  readonly beats: number;
  readonly velocity: number;
}

export type MelodicPart = 'bass' | 'chords' | 'arp' | 'pad' | 'lead';

/** Everything that is played. */
export interface Score {
  readonly drums: readonly DrumHit[];
  readonly parts: Readonly<Record<MelodicPart, readonly Note[]>>;
  readonly transitions: readonly Transition[];
}
