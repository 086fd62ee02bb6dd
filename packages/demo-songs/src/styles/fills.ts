import type { DrumBar } from './style.ts';

/** Ends of sections for four-on-the-floor styles: the clap stumbles, the toms answer. */
export const CLUB_FILLS: readonly DrumBar[] = [
  { kick: '9...9...9.......', clap: '....9.......9.79', tomMid: '..........6.....', tomLow: '...........78.8.' },
  { kick: '9...9...9...9...', clap: '....9......57989', openHat: '..6...6...6.....' },
  { kick: '9...9...9.......', clap: '....9...9..9..9.', tomHigh: '..........67....', tomLow: '............78.9' },
];

export const CLUB_TURNAROUNDS: readonly DrumBar[] = [
  { clap: '....9.......9..5' },
  { openHat: '..7...7...7...79' },
  { kick: '9...9...9...9.6.' },
];

/** Snare and toms around a drum set. */
export const BAND_FILLS: readonly DrumBar[] = [
  { snare: '....9...67778899', kick: '9.......9.......' },
  { snare: '....9...99......', tomHigh: '..........88....', tomMid: '............88..', tomLow: '..............99' },
  { snare: '....9...9.68.68.', tomLow: '...............9', kick: '9.......9..9..9.' },
];

export const BAND_TURNAROUNDS: readonly DrumBar[] = [{ snare: '....9..3....9.45' }, { openHat: '..............8.' }];

export const BREAKBEAT_FILLS: readonly DrumBar[] = [
  { kick: '9.........9.....', snare: '....9..4.9..9.79' },
  { kick: '9.....9.........', snare: '....9...6.7.8989' },
  { kick: '9.9.......9.....', snare: '....9..9..9.4689', closedHat: '8.8.8.8.8.......' },
];

export const BREAKBEAT_TURNAROUNDS: readonly DrumBar[] = [
  { kick: '9.........9..8..', snare: '....9..3.4..9..5' },
  { kick: '9..7......9.....', snare: '....9..3.4..9.46' },
];
