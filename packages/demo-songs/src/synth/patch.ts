import type { WaveName } from './wavetable.ts';

/** Rise to full, fall to `sustain` (0 to 1) with a time constant, hold, fall to silence with a time constant; seconds. */
export interface Envelope {
  readonly attack: number;
  readonly decay: number;
  readonly sustain: number;
  readonly release: number;
}

/** Oscillators through a low-pass filter with an envelope of its own. */
export interface SubtractivePatch {
  readonly kind: 'subtractive';
  readonly wave: WaveName;
  /** Oscillators in unison, spread over `detuneCents` and over the stereo field by `width` (0 to 1). */
  readonly voices: number;
  readonly detuneCents: number;
  readonly width: number;
  /** Level of a sine at the same pitch (bass) or an octave below. */
  readonly sub?: { readonly level: number; readonly octave: 0 | -1 };
  readonly amp: Envelope;
  readonly cutoffHz: number;
  /** How far the cutoff follows the pitch, from C4: 0 to 1. */
  readonly keyTracking: number;
  readonly resonance: number;
  /** The cutoff starts this many octaves higher, and comes down with this time constant. */
  readonly sweepOctaves: number;
  readonly sweepSeconds: number;
  readonly vibratoCents?: number;
}

/** One carrier with one modulator; ratios to the note's frequency. */
export interface FmOperator {
  readonly carrier: number;
  readonly modulator: number;
  /** Peak phase deviation in radians at full velocity, and its time constant. */
  readonly index: number;
  readonly indexSeconds: number;
  readonly level: number;
  readonly decaySeconds: number;
}

/** Frequency modulation, for bells and electric pianos. */
export interface FmPatch {
  readonly kind: 'fm';
  readonly operators: readonly FmOperator[];
  readonly attack: number;
  readonly release: number;
  /** Depth (0 to 1) of a slow panning between the channels. */
  readonly tremolo: number;
}

/** A plucked string. */
export interface StringPatch {
  readonly kind: 'string';
  /** 0 dull to 1 bright pick */
  readonly brightness: number;
  /** Seconds in which a note of 220 Hz falls by 60 dB */
  readonly decaySeconds: number;
  readonly release: number;
  /** Seconds from one string of a chord to the next. */
  readonly strumSeconds: number;
  /** Where it is plucked, as a share of its length. */
  readonly pickPosition: number;
}

export type Patch = SubtractivePatch | FmPatch | StringPatch;
