/** A figure of the comparison; of all of them less is better. */
export interface Figure {
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
}

/** What is read of a song, in the order of the tables. */
export const SONG_FIGURES = {
  loudnessErrorLu: { title: 'off the target', unit: 'LU', digits: 2 },
  peakOverDb: { title: 'true peak over the ceiling', unit: 'dB', digits: 2 },
  gainModulationDb: { title: 'gain modulation, 0.5 to 20 Hz', unit: 'dB RMS', digits: 3 },
  gainSpreadDb: { title: 'spread of the gain, 5 to 95 %', unit: 'dB', digits: 2 },
  incoherenceDb: { title: 'what is not input times gain', unit: 'dB', digits: 1 },
  peakLossDb: { title: 'loss of attack peaks', unit: 'dB', digits: 2 },
  needlessLossDb: { title: 'of which the ceiling did not ask', unit: 'dB', digits: 2 },
  contrastLossDb: { title: 'loss of attack against body', unit: 'dB', digits: 2 },
  preEchoDb: { title: 'rise before attacks', unit: 'dB', digits: 3 },
} as const satisfies Record<string, Figure>;

export type SongFigure = keyof typeof SONG_FIGURES;
export const SONG_FIGURE_NAMES = Object.keys(SONG_FIGURES) as SongFigure[];

export type SongFigures = Readonly<Record<SongFigure, number>>;

/** One master of one song. */
export interface SongResult {
  readonly song: string;
  readonly program: string;
  readonly targetLufs: number;
  /** How the program went about it, where it says so. */
  readonly way: string | null;
  readonly figures: SongFigures;
}

/** One test tone through one program; harmonics only of sines. */
export interface ToneResult {
  readonly tone: string;
  readonly driveDb: number;
  readonly program: string;
  /** dB under the tone: of a sine its harmonics, of two tones their products. */
  readonly distortionDb: number;
  /** dB under a sine: all that it is not; null for two tones. */
  readonly residualDb: number | null;
}

/** One adversarial signal through one program: dB over the ceiling, below 0 under it. */
export interface PeakResult {
  readonly signal: string;
  readonly program: string;
  /** By 8 values of a filter that is flat nearly to half the rate, by ITU-R BS.1770's own filter, and by ffmpeg. */
  readonly fineDb: number;
  readonly standardDb: number;
  readonly ffmpegDb: number;
}

/** What a program could not do. */
export interface Failure {
  readonly program: string;
  readonly what: string;
  readonly message: string;
}
