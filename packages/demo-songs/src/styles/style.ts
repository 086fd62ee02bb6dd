import type { Mode } from '@tutti/music/theory';
import type { LayerLevels, LayerName } from '../arrangement/layers.ts';
import type { SectionRole } from '../arrangement/section.ts';
import type { Register } from '../harmony/voicing.ts';
import type { MelodicPart } from '../score.ts';
import type { SectionSpec } from '../song-spec.ts';
import type { DrumName } from '../synth/drum-name.ts';
import type { DrumKit } from '../synth/drum-recipe.ts';
import type { Patch } from '../synth/patch.ts';
import type { SwingPairBeats } from '../timing/swing.ts';

/** Progressions to choose among, for what is told (verse), what is sung along (drop, chorus) and what is held back (break, build). */
export interface Progressions {
  readonly verse: readonly string[];
  readonly drop: readonly string[];
  readonly break: readonly string[];
}

/** What one drum plays: velocities 1 to 9 on sixteenths (see `patternBar`). */
export interface Groove {
  readonly layer: LayerName;
  /** In drops and choruses, and everywhere when there is no `calm` pattern. */
  readonly full: string;
  readonly calm?: string;
  /** From the second drop on. */
  readonly again?: string;
}

export type DrumBar = Readonly<Partial<Record<DrumName, string>>>;

export interface DrumStyle {
  readonly kit: DrumKit;
  readonly groove: Readonly<Partial<Record<DrumName, Groove>>>;
  /** Bars that replace what the drums they name play, at the end of a section. */
  readonly fills: readonly DrumBar[];
  /** The same, smaller, at the end of every fourth bar. */
  readonly turnarounds: readonly DrumBar[];
  /** Whether builds have a snare roll that gets faster. */
  readonly hasBuildRoll: boolean;
}

/** A part that follows the chords by patterns (see the parts for their marks). */
export interface PatternPart {
  readonly patch: Patch;
  readonly register: Register;
  readonly full: readonly string[];
  readonly calm: readonly string[];
}

export interface ChordalPart extends PatternPart {
  readonly voices: number;
}

export interface PadPart {
  readonly patch: Patch;
  readonly register: Register;
  readonly voices: number;
}

/** Rhythms are patterns of two bars; `x` starts a note. */
export interface LeadPart {
  readonly patch: Patch;
  readonly register: Register;
  readonly verse: readonly string[];
  readonly hook: readonly string[];
  /** Interval at which the second drop doubles the melody. */
  readonly doubling: 12 | -12;
  /** Passing notes avoid the two degrees that clash most (fourth and seventh in major, second and sixth in minor). */
  readonly isPentatonic: boolean;
}

/** How a stem is treated and how loud it is. */
export interface StemMix {
  /** Level of the stem where it plays, RMS, relative to the drums. */
  readonly levelDb: number;
  /** Share sent to the room. */
  readonly reverb: number;
  /** Level of the first echo; 0 for none. */
  readonly echo: number;
  /** Depth of the ducking under the kick, 0 to 1. */
  readonly ducking: number;
  /** Depth of the chorus effect, 0 to 1. */
  readonly chorus: number;
  /** Input gain of the soft clipper. */
  readonly driveDb: number;
}

export interface Style {
  readonly swingPairBeats: SwingPairBeats;
  readonly arrangement: readonly SectionSpec[];
  readonly layers: Readonly<Record<SectionRole, LayerLevels>>;
  readonly progressions: Readonly<Record<Mode, Progressions>>;
  readonly drums: DrumStyle;
  readonly bass: PatternPart;
  readonly chords: ChordalPart;
  readonly arp?: ChordalPart;
  readonly pad: PadPart;
  readonly lead: LeadPart;
  /** Balance of the arpeggio within the stem of the chords. */
  readonly arpGain: number;
  readonly mix: Readonly<Record<'drums' | Exclude<MelodicPart, 'arp'>, StemMix>>;
  readonly room: { readonly seconds: number; readonly brightness: number };
  readonly transitions: { readonly levelDb: number; readonly reverb: number };
  /** Echo time in beats. */
  readonly echoBeats: number;
  /** RMS of the whole mix before the limiter, where it is loudest, in dB below full scale. */
  readonly mixRmsDb: number;
}
