import type { Technique } from './technique.ts';

/** How much of what two tracks do to each other is heard in a technique. 1: as much as where both play in full. */
export interface TechniqueRules {
  /** What it costs where nothing speaks against it: how much it draws attention to itself. */
  readonly points: number;
  /** Share of a clash of keys that is heard. */
  readonly key: number;
  /** Share of singing over singing that is heard; of a handover, of singing that is cut off. */
  readonly vocals: number;
  /** Share of the muddle that two full tracks make. */
  readonly density: number;
  /** Share of a sudden change of tempo that is felt. */
  readonly tempoJump: number;
  /** Bars of the effect before the moment at which the outgoing track leaves; 0 without one. */
  readonly leadBars: number;
  /** A trick wears off when it is heard often. */
  readonly isTrick: boolean;
}

/**
 * Overlaps: both tracks play, beat on beat. A bass swap is the usual way of house and techno: two bass lines are never heard at
 * once. A sweep takes the outgoing track away from below, which makes room where both are full, and thins a voice. A mashup plays both in full,
 * so it shows all there is to clash.
 * Handovers: one leaves on the beat on which the other begins, each at its own tempo. The tail of an echo or a reverb covers the seam; a
 * roll and a stop announce it, and are heard as tricks.
 * Sources: the kinds of transitions and their order of use from F. Broughton & B. Brewster, "How to DJ (properly)", 2002; L. Vande
 * Veire & T. De Bie, "From raw audio to a seamless mix: creating an automated DJ system for drum and bass", EURASIP Journal on
 * Audio, Speech, and Music Processing 2018 (transition types by structure, no vocals over vocals); the numbers are judgement.
 */
export const TECHNIQUE_RULES: Readonly<Record<Technique, TechniqueRules>> = {
  blend: { points: 0.05, key: 1, vocals: 1, density: 1, tempoJump: 0, leadBars: 0, isTrick: false },
  'bass-swap': { points: 0.05, key: 1, vocals: 1, density: 1, tempoJump: 0, leadBars: 0, isTrick: false },
  'filter-sweep': { points: 0.15, key: 0.7, vocals: 0.7, density: 0.3, tempoJump: 0, leadBars: 0, isTrick: false },
  mashup: { points: 0.05, key: 1.5, vocals: 1.5, density: 0, tempoJump: 0, leadBars: 0, isTrick: true },
  cut: { points: 0.6, key: 0.15, vocals: 1, density: 0, tempoJump: 1, leadBars: 0, isTrick: false },
  'echo-out': { points: 0.5, key: 0.3, vocals: 0.3, density: 0, tempoJump: 0.5, leadBars: 1, isTrick: true },
  'reverb-tail': { points: 0.6, key: 0.3, vocals: 0.3, density: 0, tempoJump: 0.4, leadBars: 1, isTrick: false },
  'loop-roll': { points: 0.6, key: 0.15, vocals: 1.5, density: 0, tempoJump: 0.7, leadBars: 2, isTrick: true },
  stop: { points: 0.7, key: 0.1, vocals: 0.5, density: 0, tempoJump: 0, leadBars: 1, isTrick: true },
  fade: { points: 1.2, key: 0.5, vocals: 1, density: 0.5, tempoJump: 0.5, leadBars: 0, isTrick: false },
};

/** For a clash of keys that is heard in full: one that costs a whole point in a set. */
export const KEY_POINTS = 0.6;
/** For somebody singing over somebody else throughout; nothing else spoils a mix as surely. */
export const VOCAL_POINTS = 1.5;
/** For a voice that is cut off while it sings, or that begins in the middle of its line. */
export const CUT_VOICE_POINTS = 0.4;
/** For two full tracks at once, throughout. */
export const DENSITY_POINTS = 0.2;
/** What two tracks do to each other is heard in full over a phrase of so many bars, in a shorter transition as much less. */
export const HEARD_BARS = 8;
/** For a stretch of 8 %, the most there is. */
export const STRETCH_POINTS = 0.3;
/** For a sudden change of tempo of 8 % or more, or of meter. */
export const TEMPO_JUMP_POINTS = 0.2;
/** For two bass lines at once, throughout; and for swapping a bass that only one of them has. */
export const BASS_CLASH_POINTS = 0.6;
export const NEEDLESS_SWAP_POINTS = 0.1;
/** For a mashup of two tracks that have as much bass as each other. */
export const NO_CONTRAST_POINTS = 0.8;
/** For a mashup of which one track is hardly there. */
export const THIN_MASHUP_POINTS = 0.4;
/** For a roll into a track that does not lift the energy, and a tail of reverb into one that does. */
export const ROLL_WITHOUT_RISE_POINTS = 0.3;
export const REVERB_INTO_RISE_POINTS = 0.2;
/** For each level of energy, beyond the first, that falls away at once in a handover without a tail. */
export const SUDDEN_FALL_POINTS = 0.1;
/** For a beginning so quiet that it may run under the end of the other track, in place of a cut: as its maker meant it. */
export const QUIET_BEGINNING_POINTS = 0.3;
/**
 * A fade is natural where there is no beat to hold on to: what it costs between two tracks without one, and where one of them has none.
 * A tail of reverb out of the one with a beat is better than a fade then.
 */
export const FADE_WITHOUT_BEATS_POINTS = 0.4;
export const FADE_WITH_ONE_BEAT_POINTS = 0.7;

/** Tracks are shifted by a semitone only where both keys are at least this sure, and the new pair costs at most this much of a point. */
export const SURE_KEY = 0.5;
export const HARMONIC_POINTS = 0.1;
/** For hearing a track away from its own pitch, and for a singer's voice in it, throughout. */
export const KEY_SHIFT_POINTS = 0.12;
export const SHIFTED_VOICE_POINTS = 0.2;
/** How far a stretch and a shift together may go: the range that the stretch is made and measured for. */
export const MOST_SHIFTED_STRETCH = 0.15;

/** Ways that are this near to the best one are as good as it for the sake of variety. */
export const NEARLY_AS_GOOD_POINTS = 0.25;
/**
 * For each of so many transitions before that had the same technique: in full for the last one, and evenly less the longer ago it was;
 * a trick is remembered in full.
 */
export const AGAIN_POINTS = 0.12;
export const REMEMBERED_TRANSITIONS = 4;
