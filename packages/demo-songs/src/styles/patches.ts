import type { FmPatch, StringPatch, SubtractivePatch } from '../synth/patch.ts';

/** Electric piano with a tine: one slow pair for the tone, one fast pair for the bell of the attack. */
export const ELECTRIC_PIANO: FmPatch = {
  kind: 'fm',
  operators: [
    { carrier: 1, modulator: 1, index: 1.9, indexSeconds: 0.9, level: 0.5, decaySeconds: 1.1 },
    { carrier: 1, modulator: 14, index: 0.8, indexSeconds: 0.2, level: 0.45, decaySeconds: 0.6 },
    { carrier: 4, modulator: 1, index: 0.6, indexSeconds: 0.4, level: 0.1, decaySeconds: 0.5 },
  ],
  attack: 0.002,
  release: 0.09,
  tremolo: 0.16,
};

export const BELL: FmPatch = {
  kind: 'fm',
  operators: [
    { carrier: 1, modulator: 3.5, index: 1.9, indexSeconds: 0.5, level: 0.4, decaySeconds: 0.8 },
    { carrier: 2, modulator: 7, index: 0.8, indexSeconds: 0.15, level: 0.18, decaySeconds: 0.35 },
  ],
  attack: 0.001,
  release: 0.25,
  tremolo: 0.05,
};

/** A wooden bar: the fourth partial dies at once. */
export const MARIMBA: FmPatch = {
  kind: 'fm',
  operators: [
    { carrier: 1, modulator: 1, index: 0.35, indexSeconds: 0.2, level: 0.7, decaySeconds: 0.3 },
    { carrier: 4, modulator: 2, index: 0.7, indexSeconds: 0.03, level: 0.3, decaySeconds: 0.06 },
  ],
  attack: 0.001,
  release: 0.12,
  tremolo: 0,
};

export const PIANO: FmPatch = {
  kind: 'fm',
  operators: [
    { carrier: 1, modulator: 1, index: 1.7, indexSeconds: 0.4, level: 0.5, decaySeconds: 1 },
    { carrier: 1, modulator: 3, index: 1.2, indexSeconds: 0.2, level: 0.3, decaySeconds: 0.5 },
    { carrier: 2.002, modulator: 1, index: 0.8, indexSeconds: 0.25, level: 0.14, decaySeconds: 0.6 },
  ],
  attack: 0.001,
  release: 0.11,
  tremolo: 0.03,
};

export const GUITAR: StringPatch = {
  kind: 'string',
  brightness: 0.75,
  decaySeconds: 2.6,
  release: 0.05,
  strumSeconds: 0.011,
  pickPosition: 0.17,
};
export const MUTED_GUITAR: StringPatch = {
  kind: 'string',
  brightness: 0.85,
  decaySeconds: 0.7,
  release: 0.02,
  strumSeconds: 0.005,
  pickPosition: 0.11,
};
export const NYLON_GUITAR: StringPatch = {
  kind: 'string',
  brightness: 0.62,
  decaySeconds: 2.2,
  release: 0.08,
  strumSeconds: 0.018,
  pickPosition: 0.28,
};

/** The fields that most subtractive sounds share. */
const PLAIN = { kind: 'subtractive', voices: 1, detuneCents: 0, width: 0, keyTracking: 0.4, resonance: 0.8 } as const;

export const SUPERSAW: SubtractivePatch = {
  ...PLAIN,
  wave: 'saw',
  voices: 6,
  detuneCents: 15,
  width: 0.8,
  amp: { attack: 0.004, decay: 0.4, sustain: 0.75, release: 0.07 },
  cutoffHz: 5000,
  sweepOctaves: 1.6,
  sweepSeconds: 0.35,
};

export const STRINGS: SubtractivePatch = {
  ...PLAIN,
  wave: 'saw',
  voices: 4,
  detuneCents: 11,
  width: 0.9,
  amp: { attack: 0.16, decay: 1, sustain: 0.9, release: 0.16 },
  cutoffHz: 3000,
  sweepOctaves: 0.5,
  sweepSeconds: 0.8,
  vibratoCents: 6,
};

export const WARM_PAD: SubtractivePatch = {
  ...PLAIN,
  wave: 'saw',
  voices: 4,
  detuneCents: 9,
  width: 0.9,
  amp: { attack: 0.3, decay: 1.5, sustain: 0.85, release: 0.22 },
  cutoffHz: 1600,
  sweepOctaves: 0.7,
  sweepSeconds: 1.2,
};

export const HOLLOW_PAD: SubtractivePatch = {
  ...PLAIN,
  wave: 'square',
  voices: 2,
  detuneCents: 8,
  width: 0.8,
  amp: { attack: 0.25, decay: 1, sustain: 0.9, release: 0.2 },
  cutoffHz: 1400,
  sweepOctaves: 0.9,
  sweepSeconds: 1.5,
};

export const ORGAN: SubtractivePatch = {
  ...PLAIN,
  wave: 'organ',
  voices: 2,
  detuneCents: 3,
  width: 0.4,
  amp: { attack: 0.004, decay: 0.3, sustain: 0.85, release: 0.02 },
  cutoffHz: 5000,
  sweepOctaves: 0.6,
  sweepSeconds: 0.06,
};

export const STAB: SubtractivePatch = {
  ...PLAIN,
  wave: 'saw',
  voices: 3,
  detuneCents: 10,
  width: 0.6,
  amp: { attack: 0.002, decay: 0.16, sustain: 0.12, release: 0.06 },
  cutoffHz: 1400,
  resonance: 1.3,
  sweepOctaves: 2.4,
  sweepSeconds: 0.09,
};

export const PLUCK: SubtractivePatch = {
  ...PLAIN,
  wave: 'pulse',
  voices: 2,
  detuneCents: 7,
  width: 0.5,
  amp: { attack: 0.002, decay: 0.2, sustain: 0.05, release: 0.09 },
  cutoffHz: 1300,
  resonance: 1.4,
  sweepOctaves: 2.8,
  sweepSeconds: 0.1,
};

export const BRASS: SubtractivePatch = {
  ...PLAIN,
  wave: 'saw',
  voices: 3,
  detuneCents: 8,
  width: 0.4,
  amp: { attack: 0.03, decay: 0.4, sustain: 0.8, release: 0.05 },
  cutoffHz: 2000,
  sweepOctaves: 1.2,
  sweepSeconds: 0.25,
  vibratoCents: 8,
};

export const SQUARE_LEAD: SubtractivePatch = {
  ...PLAIN,
  wave: 'square',
  voices: 2,
  detuneCents: 6,
  width: 0.3,
  amp: { attack: 0.005, decay: 0.3, sustain: 0.7, release: 0.06 },
  cutoffHz: 3600,
  sweepOctaves: 1,
  sweepSeconds: 0.2,
  vibratoCents: 14,
};

export const SAW_LEAD: SubtractivePatch = {
  ...PLAIN,
  wave: 'saw',
  voices: 3,
  detuneCents: 9,
  width: 0.4,
  amp: { attack: 0.006, decay: 0.4, sustain: 0.75, release: 0.08 },
  cutoffHz: 4500,
  sweepOctaves: 0.9,
  sweepSeconds: 0.25,
  vibratoCents: 10,
};

export const FLUTE: SubtractivePatch = {
  ...PLAIN,
  wave: 'flute',
  amp: { attack: 0.045, decay: 0.3, sustain: 0.85, release: 0.09 },
  cutoffHz: 5000,
  sweepOctaves: 0,
  sweepSeconds: 0.3,
  vibratoCents: 16,
};

export const CLARINET: SubtractivePatch = {
  ...PLAIN,
  wave: 'reed',
  amp: { attack: 0.03, decay: 0.3, sustain: 0.85, release: 0.06 },
  cutoffHz: 3400,
  sweepOctaves: 0.5,
  sweepSeconds: 0.2,
  vibratoCents: 9,
};

export const SINE_LEAD: SubtractivePatch = {
  ...PLAIN,
  wave: 'triangle',
  voices: 2,
  detuneCents: 5,
  width: 0.3,
  amp: { attack: 0.012, decay: 0.5, sustain: 0.7, release: 0.14 },
  cutoffHz: 4000,
  sweepOctaves: 0.5,
  sweepSeconds: 0.2,
  vibratoCents: 18,
};

export const PLUCKED_BASS: SubtractivePatch = {
  ...PLAIN,
  wave: 'saw',
  sub: { level: 0.7, octave: 0 },
  amp: { attack: 0.002, decay: 0.25, sustain: 0.45, release: 0.025 },
  cutoffHz: 560,
  resonance: 1.1,
  sweepOctaves: 2.4,
  sweepSeconds: 0.09,
};

export const ROUND_BASS: SubtractivePatch = {
  ...PLAIN,
  wave: 'triangle',
  sub: { level: 0.5, octave: 0 },
  amp: { attack: 0.004, decay: 0.5, sustain: 0.7, release: 0.03 },
  cutoffHz: 1100,
  sweepOctaves: 1.6,
  sweepSeconds: 0.06,
};

export const ACID_BASS: SubtractivePatch = {
  ...PLAIN,
  wave: 'saw',
  sub: { level: 0.45, octave: 0 },
  amp: { attack: 0.002, decay: 0.3, sustain: 0.5, release: 0.015 },
  cutoffHz: 300,
  resonance: 4,
  sweepOctaves: 3,
  sweepSeconds: 0.08,
};

export const REESE_BASS: SubtractivePatch = {
  ...PLAIN,
  wave: 'saw',
  voices: 3,
  detuneCents: 18,
  width: 0.25,
  sub: { level: 0.9, octave: 0 },
  amp: { attack: 0.006, decay: 1, sustain: 0.85, release: 0.04 },
  cutoffHz: 520,
  resonance: 1.2,
  sweepOctaves: 1.4,
  sweepSeconds: 0.3,
};

export const SUB_BASS: SubtractivePatch = {
  ...PLAIN,
  wave: 'triangle',
  sub: { level: 0.2, octave: 0 },
  amp: { attack: 0.005, decay: 0.9, sustain: 0.7, release: 0.05 },
  cutoffHz: 900,
  sweepOctaves: 1,
  sweepSeconds: 0.1,
};

export const SQUARE_BASS: SubtractivePatch = {
  ...PLAIN,
  wave: 'square',
  sub: { level: 0.5, octave: 0 },
  amp: { attack: 0.002, decay: 0.2, sustain: 0.55, release: 0.02 },
  cutoffHz: 640,
  resonance: 1.8,
  sweepOctaves: 2.2,
  sweepSeconds: 0.07,
};
