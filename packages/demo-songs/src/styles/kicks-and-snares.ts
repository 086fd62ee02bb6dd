import type { DrumRecipe } from '../synth/drum-recipe.ts';

/** Round and short, with a knock: house and disco. */
export const ROUND_KICK: DrumRecipe = {
  tones: [
    { fromHz: 260, toHz: 50, sweepSeconds: 0.022, decaySeconds: 0.15, level: 1 },
    { fromHz: 900, toHz: 180, sweepSeconds: 0.008, decaySeconds: 0.012, level: 0.4 },
  ],
  noises: [{ lowHz: 2500, highHz: 9000, decaySeconds: 0.004, level: 0.35, width: 0 }],
  driveDb: 4,
  levelDb: 0,
};

/** Hard and long: techno and trance. */
export const HARD_KICK: DrumRecipe = {
  tones: [
    { fromHz: 380, toHz: 46, sweepSeconds: 0.02, decaySeconds: 0.19, level: 1.1 },
    { fromHz: 1800, toHz: 200, sweepSeconds: 0.005, decaySeconds: 0.01, level: 0.6 },
  ],
  noises: [{ lowHz: 3000, highHz: 12000, decaySeconds: 0.003, level: 0.5, width: 0 }],
  driveDb: 8,
  levelDb: 0,
};

/** Tight: drum and bass, electro. */
export const TIGHT_KICK: DrumRecipe = {
  tones: [
    { fromHz: 320, toHz: 58, sweepSeconds: 0.018, decaySeconds: 0.1, level: 1.1 },
    { fromHz: 1200, toHz: 220, sweepSeconds: 0.006, decaySeconds: 0.014, level: 0.5 },
  ],
  noises: [{ lowHz: 2000, highHz: 10000, decaySeconds: 0.005, level: 0.45, width: 0 }],
  driveDb: 6,
  levelDb: 0,
};

/** Deep and dusty: hip-hop and slow songs. */
export const DEEP_KICK: DrumRecipe = {
  tones: [
    { fromHz: 170, toHz: 48, sweepSeconds: 0.03, decaySeconds: 0.17, level: 1.1 },
    { fromHz: 500, toHz: 140, sweepSeconds: 0.01, decaySeconds: 0.02, level: 0.3 },
  ],
  noises: [{ lowHz: 800, highHz: 4500, decaySeconds: 0.008, level: 0.25, width: 0 }],
  driveDb: 5,
  levelDb: 0,
};

/** A drum set's: felt beater, skin, shell. */
export const ACOUSTIC_KICK: DrumRecipe = {
  tones: [
    { fromHz: 160, toHz: 60, sweepSeconds: 0.02, decaySeconds: 0.085, level: 1 },
    { fromHz: 420, toHz: 190, sweepSeconds: 0.01, decaySeconds: 0.025, level: 0.3 },
  ],
  noises: [{ lowHz: 1500, highHz: 6000, decaySeconds: 0.007, level: 0.4, width: 0 }],
  driveDb: 3,
  levelDb: 0,
};

export const CRISP_SNARE: DrumRecipe = {
  tones: [
    { fromHz: 260, toHz: 190, sweepSeconds: 0.015, decaySeconds: 0.06, level: 0.55 },
    { fromHz: 420, toHz: 335, sweepSeconds: 0.01, decaySeconds: 0.035, level: 0.3 },
  ],
  noises: [{ lowHz: 1200, highHz: 11000, decaySeconds: 0.075, level: 0.75, width: 0.15 }],
  driveDb: 5,
  levelDb: -1.5,
};

export const FAT_SNARE: DrumRecipe = {
  tones: [
    { fromHz: 240, toHz: 165, sweepSeconds: 0.02, decaySeconds: 0.085, level: 0.7 },
    { fromHz: 400, toHz: 300, sweepSeconds: 0.012, decaySeconds: 0.05, level: 0.3 },
  ],
  noises: [{ lowHz: 700, highHz: 8000, decaySeconds: 0.1, level: 0.7, width: 0.2 }],
  driveDb: 6,
  levelDb: -2,
};

export const BREAK_SNARE: DrumRecipe = {
  tones: [
    { fromHz: 300, toHz: 215, sweepSeconds: 0.012, decaySeconds: 0.07, level: 0.7 },
    { fromHz: 520, toHz: 380, sweepSeconds: 0.01, decaySeconds: 0.04, level: 0.35 },
  ],
  noises: [{ lowHz: 1500, highHz: 13000, decaySeconds: 0.085, level: 0.8, width: 0.15 }],
  driveDb: 7,
  levelDb: -1,
};

export const SOFT_SNARE: DrumRecipe = {
  tones: [{ fromHz: 220, toHz: 180, sweepSeconds: 0.02, decaySeconds: 0.05, level: 0.35 }],
  noises: [{ lowHz: 900, highHz: 7000, decaySeconds: 0.11, level: 0.6, width: 0.3 }],
  driveDb: 2,
  levelDb: -3,
};

export const CLAP: DrumRecipe = {
  noises: [
    { lowHz: 900, highHz: 3200, decaySeconds: 0.07, level: 1.2, bursts: 3, gapSeconds: 0.0095, width: 0.5 },
    { lowHz: 3000, highHz: 9000, decaySeconds: 0.04, level: 0.35, bursts: 3, gapSeconds: 0.0095, width: 0.6 },
  ],
  driveDb: 4,
  levelDb: 0,
};

export const RIM: DrumRecipe = {
  tones: [
    { fromHz: 1750, toHz: 1700, sweepSeconds: 0.01, decaySeconds: 0.012, level: 0.6 },
    { fromHz: 520, toHz: 480, sweepSeconds: 0.01, decaySeconds: 0.018, level: 0.5 },
  ],
  noises: [{ lowHz: 2500, highHz: 9000, decaySeconds: 0.006, level: 0.4, width: 0 }],
  levelDb: -5,
  pan: 0.15,
};
