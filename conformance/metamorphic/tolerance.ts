/**
 * What the analysis of a sound may say otherwise when the sound is changed in a way that does not change the music;
 * its key stays, tonic and mode.
 * A limit of null says that nothing is promised.
 */
export interface Tolerance {
  /** Largest relative change of a constant tempo, and of the usual one where it moves. */
  readonly tempo: number;
  readonly movingTempo: number;
  /** Milliseconds within which nineteen beats of twenty are found again, both ways; and the downbeats likewise. */
  readonly beatsMs: number;
  /** LU that the integrated loudness may be off its shift. */
  readonly loudness: number | null;
  /** LU by which the integrated loudness moves; null where it depends on the song. */
  readonly loudnessShift: number | null;
  /** Seconds within which the borders of sections are found again, both ways. */
  readonly sectionsSeconds: number;
  /** Steps of the energy level. */
  readonly energy: number | null;
}

/** Sounds whose music is the same to the last bit: nothing that is heard may differ by more than rounding. */
const EXACT = { tempo: 1e-6, movingTempo: 1e-6, beatsMs: 0.1, sectionsSeconds: 0.01 } as const;
/** Sounds that lost or gained what is not music. */
const CLOSE = { tempo: 0.001, movingTempo: 0.005, beatsMs: 15, sectionsSeconds: 1 } as const;
/** The same samples but for rounding, which decides between what is nearly as good. */
const LOUDER = { ...CLOSE, tempo: 2e-4, movingTempo: 2e-4, sectionsSeconds: 0.1 } as const;

/** LU: LAME scales by 0.95 at this bit rate, so that what it rounds does not clip. */
const LAME_SHIFT = 20 * Math.log10(0.95);

/** The table: by the name of the change. */
export const TOLERANCES = {
  'gain of -20 dB': { ...LOUDER, loudness: 0.05, loudnessShift: -20, energy: 0 },
  'gain of -6 dB': { ...LOUDER, loudness: 0.05, loudnessShift: -6, energy: 0 },
  'gain of +3 dB': { ...LOUDER, loudness: 0.01, loudnessShift: 3, energy: 0 },
  'inverted polarity': { ...EXACT, loudness: 1e-6, loudnessShift: 0, energy: 0 },
  'a second of silence before': { ...EXACT, loudness: 0.1, loudnessShift: 0, energy: 1 },
  'a second of dither before': { ...CLOSE, loudness: 0.1, loudnessShift: 0, energy: 1 },
  'resampled to 48 kHz': { ...CLOSE, loudness: 0.1, loudnessShift: 0, energy: 1 },
  'resampled to 22.05 kHz': { ...CLOSE, loudness: 0.5, loudnessShift: 0, energy: 2 },
  'mono from stereo': { ...EXACT, loudness: null, loudnessShift: null, energy: 1 },
  'left channel only': { ...CLOSE, beatsMs: 25, loudness: null, loudnessShift: null, energy: 1 },
  'MP3 at 128 kbit/s': { ...CLOSE, loudness: 0.2, loudnessShift: LAME_SHIFT, energy: 1 },
} as const satisfies Record<string, Tolerance>;
export type ChangeName = keyof typeof TOLERANCES;
