import type { TempoModel } from './tempo-model.ts';

export const TEMPO_MODEL: TempoModel = {
  tactus: {
    tempo: 1.17,
    tempoSquared: -1.39,
    density: -0.71,
    densitySquared: -0.24,
    bassContrast: 1.59,
    midContrast: 4.12,
    clutter: -0.32,
    steady: 2.43,
    repetition: 7.51,
    alternation: 2.09,
  },
  confidence: { bias: -2.2, odds: 0.87, unevenness: -0.61 },
};
