/** A figure of the comparison; of all of them less is better. */
export interface Figure {
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
}

export const FIGURES = {
  onsetMedianMs: { title: 'onset off its time, median', unit: 'ms', digits: 3 },
  onsetMostMs: { title: 'onset off its time, 95 % within', unit: 'ms', digits: 2 },
  attackShape: { title: 'attack shape lost', unit: '%', digits: 2 },
  attackRiseMs: { title: 'attack rises longer by', unit: 'ms', digits: 3 },
  attackPeakDb: { title: 'attack peak lost', unit: 'dB', digits: 2 },
  preEcho: { title: 'energy before attacks', unit: '% of attack', digits: 2 },
  spectrumDb: { title: 'log-spectral distance', unit: 'dB', digits: 2 },
  flux: { title: 'spectral flux changed', unit: '%', digits: 1 },
  centroid: { title: 'spectral centre moved', unit: '%', digits: 2 },
  amplitude: { title: 'steady sine, amplitude moves', unit: '%', digits: 3 },
  cents: { title: 'steady sine, frequency moves', unit: 'cents', digits: 3 },
  crestDb: { title: 'peaks of pulses lost', unit: 'dB', digits: 2 },
  imageLevelDb: { title: 'image, level between channels', unit: 'dB', digits: 2 },
  imagePhase: { title: 'image, phase between channels', unit: 'degrees', digits: 2 },
  imageCoherence: { title: 'image, likeness of channels', unit: '%', digits: 2 },
  imageSideDb: { title: 'image, side against middle', unit: 'dB', digits: 3 },
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];
export type Figures = Partial<Record<FigureName, number>>;

/** What is stretched: made by formula, composed at both tempos, or a recording of which only the original is there. */
export type Material = 'made' | 'composed' | 'recorded';

/** One sound through one program. */
export interface Result {
  readonly material: Material;
  readonly sound: string;
  readonly program: string;
  readonly ratio: number;
  readonly figures: Figures;
}
