import type { DrumKit, DrumRecipe } from '../synth/drum-recipe.ts';

/** Ratios of the six square oscillators of analogue drum machines' cymbals (205.3, 304.4, 369.6, 522.7, 540 and 800 Hz). */
const CYMBAL_RATIOS = [1, 1.483, 1.8, 2.546, 2.63, 3.897];

export const CLOSED_HAT: DrumRecipe = {
  metal: { baseHz: 420, ratios: CYMBAL_RATIOS, lowHz: 7500, decaySeconds: 0.028, level: 0.55 },
  noises: [{ lowHz: 8000, highHz: 16000, decaySeconds: 0.022, level: 0.5, width: 0.35 }],
  levelDb: -5,
  pan: 0.2,
};

export const OPEN_HAT: DrumRecipe = {
  metal: { baseHz: 420, ratios: CYMBAL_RATIOS, lowHz: 7000, decaySeconds: 0.1, level: 0.5 },
  noises: [{ lowHz: 7000, highHz: 16000, decaySeconds: 0.085, level: 0.5, width: 0.4 }],
  levelDb: -6,
  pan: 0.2,
};

export const RIDE: DrumRecipe = {
  metal: { baseHz: 330, ratios: [1, 1.342, 1.723, 2.17, 2.81, 3.33], lowHz: 4200, decaySeconds: 0.24, level: 0.4 },
  tones: [{ fromHz: 3480, toHz: 3470, sweepSeconds: 0.1, decaySeconds: 0.1, level: 0.07 }],
  noises: [{ lowHz: 6000, highHz: 15000, decaySeconds: 0.02, level: 0.3, width: 0.3 }],
  levelDb: -9,
  pan: -0.25,
};

export const CRASH: DrumRecipe = {
  metal: { baseHz: 287, ratios: CYMBAL_RATIOS, lowHz: 4000, decaySeconds: 0.45, level: 0.35 },
  noises: [
    { lowHz: 3500, highHz: 15000, decaySeconds: 0.4, level: 0.5, width: 0.8 },
    { lowHz: 1500, highHz: 6000, decaySeconds: 0.06, level: 0.4, width: 0.8 },
  ],
  levelDb: -8,
};

export const SHAKER: DrumRecipe = {
  noises: [{ lowHz: 5500, highHz: 12000, attackSeconds: 0.012, decaySeconds: 0.022, level: 0.7, width: 0.3 }],
  levelDb: -9,
  pan: -0.35,
};

export const TAMBOURINE: DrumRecipe = {
  metal: { baseHz: 1130, ratios: [1, 1.37, 1.81, 2.33, 2.9], lowHz: 7000, decaySeconds: 0.06, level: 0.35 },
  noises: [{ lowHz: 6500, highHz: 15000, decaySeconds: 0.03, level: 0.4, width: 0.3 }],
  levelDb: -9,
  pan: 0.35,
};

export const COWBELL: DrumRecipe = {
  metal: { baseHz: 562, ratios: [1, 1.503], lowHz: 500, decaySeconds: 0.055, level: 0.5 },
  levelDb: -11,
  pan: -0.3,
};

export const CONGA: DrumRecipe = {
  tones: [
    { fromHz: 330, toHz: 262, sweepSeconds: 0.01, decaySeconds: 0.06, level: 0.8 },
    { fromHz: 640, toHz: 560, sweepSeconds: 0.01, decaySeconds: 0.02, level: 0.25 },
  ],
  noises: [{ lowHz: 1500, highHz: 5000, decaySeconds: 0.005, level: 0.3, width: 0 }],
  levelDb: -10,
  pan: -0.4,
};

function tom(hz: number, pan: number): DrumRecipe {
  return {
    tones: [
      { fromHz: hz * 1.6, toHz: hz, sweepSeconds: 0.04, decaySeconds: 0.14, level: 0.9 },
      { fromHz: hz * 2.6, toHz: hz * 1.9, sweepSeconds: 0.02, decaySeconds: 0.05, level: 0.25 },
    ],
    noises: [{ lowHz: 1200, highHz: 6000, decaySeconds: 0.012, level: 0.3, width: 0.1 }],
    driveDb: 3,
    levelDb: -5,
    pan,
  };
}

/** What every kit has besides its kick and snare. */
export const COMMON_KIT: DrumKit = {
  closedHat: CLOSED_HAT,
  openHat: OPEN_HAT,
  ride: RIDE,
  crash: CRASH,
  shaker: SHAKER,
  tambourine: TAMBOURINE,
  cowbell: COWBELL,
  conga: CONGA,
  tomLow: tom(88, -0.35),
  tomMid: tom(124, 0.05),
  tomHigh: tom(172, 0.4),
};
