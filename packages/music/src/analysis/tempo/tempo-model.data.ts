// Made by `node scripts/run.mjs conformance/tempo/fit.ts`; then formatted.
// Fitted to pieces of asap 34, fof 4, gen 26, loops 6, nottingham 7, osu 1, pop909 11, signals 2, stepmania 1, ultrastar 6,
// and at half weight to scores 251, composed 40; scores are simulated performances of quartets, chorales and fiddle tunes.
// in sample, 98 pieces: accuracy 1 69.4 %, accuracy 2 85.7 %, ECE 0.058, AUC 0.859.
// source left out, 98 pieces: accuracy 1 69.4 %, accuracy 2 85.7 %, ECE 0.087, AUC 0.824.
// what counts half, in sample, 291 pieces: accuracy 1 63.9 %, accuracy 2 88.3 %, ECE 0.088, AUC 0.714.
// what counts half, source left out, 291 pieces: accuracy 1 58.8 %, accuracy 2 86.9 %, ECE 0.086, AUC 0.723.
// Quick grids came after this fit, into five of the pieces: fitted with them, a source left out has ECE 0.103, AUC 0.820.
import type { TempoModel } from './tempo-model.ts';

export const TEMPO_MODEL: TempoModel = {
  tactus: {
    tempo: 0.943,
    tempoSquared: -1.29,
    density: -0.619,
    densitySquared: -0.316,
    bassContrast: 1.84,
    midContrast: 3.39,
    clutter: -0.268,
    steady: 2.79,
    repetition: 6.69,
    alternation: 2.54,
    triple: -0.489,
  },
  confidence: {
    bias: -1.77,
    odds: 0.735,
    unevenness: -0.308,
    below: 0.148,
    above: 0.258,
  },
};
