import type { BalanceCurve } from './balance-curve.ts';

/**
 * Popular music in third octaves. From 100 Hz to 4 kHz a power density that falls by 5 dB an octave, which is 2 dB an octave
 * in bands of constant relative width. Beyond, where songs differ most, the curve falls off as such averages do: steadily
 * steeper above 4 kHz, and below 80 Hz; those points are a choice of ours. So is the tolerance: songs that nobody takes for
 * faulty differ by some dB in the middle and by more at both ends, where one has a bass drum and cymbals and another has not.
 */
export const POPULAR_MUSIC: BalanceCurve = {
  name: 'popular music',
  source:
    'P. D. Pestana, Z. Ma, J. D. Reiss, A. Barbosa and D. A. A. Black, "Spectral characteristics of popular commercial recordings 1950-2010", AES 135 (2013): about 5 dB an octave from 100 Hz to 4 kHz; A. Elowsson and A. Friberg, "Long-term average spectrum in popular music and its relation to the level of the percussion", AES 142 (2017): steeper with frequency',
  points: [
    { frequencyHz: 20, levelDb: -16 },
    { frequencyHz: 25, levelDb: -9 },
    { frequencyHz: 31.5, levelDb: -4 },
    { frequencyHz: 40, levelDb: 0 },
    { frequencyHz: 50, levelDb: 3 },
    { frequencyHz: 63, levelDb: 5 },
    { frequencyHz: 80, levelDb: 6.2 },
    { frequencyHz: 100, levelDb: 6.6 },
    { frequencyHz: 4000, levelDb: -4 },
    { frequencyHz: 8000, levelDb: -7.5 },
    { frequencyHz: 12_500, levelDb: -11 },
    { frequencyHz: 16_000, levelDb: -15 },
    { frequencyHz: 20_000, levelDb: -24 },
  ],
  tolerance: { fromHz: 200, toHz: 2500, decibels: 5, decibelsPerOctave: 1.5 },
};
