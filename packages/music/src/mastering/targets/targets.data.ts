import type { MasterTargetDefinition } from './master-target.ts';

/**
 * What masters are made for. `mostLimitingDb` is a choice of ours throughout: how much a limiter may take before a song is
 * better left softer. Where `source` says so, the rest is a choice as well, since no standard speaks of it.
 */
export const TARGETS: readonly MasterTargetDefinition[] = [
  {
    name: 'streaming',
    title: 'streaming services',
    loudnessLufs: -14,
    toleranceLu: 0.1,
    ceilingDb: -1,
    mostLimitingDb: 6,
    monoBelowHz: null,
    output: { sampleRate: null, sampleFormat: 'int24', dither: 'triangular' },
    source: 'Spotify for Artists, "Loudness normalization" (-14 LUFS, -1 dBTP); AES TD1008 (2021) for the ceiling',
  },
  {
    name: 'loud-streaming',
    title: 'streaming services, loud setting',
    loudnessLufs: -11,
    toleranceLu: 0.1,
    ceilingDb: -2,
    mostLimitingDb: 8,
    monoBelowHz: null,
    output: { sampleRate: null, sampleFormat: 'int24', dither: 'triangular' },
    source: 'Spotify for Artists, "Loudness normalization" (loud setting -11 LUFS; louder than -14 LUFS: -2 dBTP)',
  },
  {
    name: 'club',
    title: 'club systems and DJs',
    loudnessLufs: -9,
    toleranceLu: 0.1,
    ceilingDb: -1,
    mostLimitingDb: 9,
    monoBelowHz: 120,
    output: { sampleRate: null, sampleFormat: 'int24', dither: 'triangular' },
    source:
      'a choice: E. Deruty and D. Tardieu, "About dynamic processing in mainstream music", JAES 62 (2014), find loud releases near it; club subwoofers are driven in mono',
  },
  {
    name: 'cd',
    title: 'compact disc',
    loudnessLufs: -12,
    toleranceLu: 0.1,
    ceilingDb: -0.5,
    mostLimitingDb: 7,
    monoBelowHz: null,
    output: { sampleRate: 44_100, sampleFormat: 'int16', dither: 'shaped' },
    source: 'IEC 60908 for rate and word length; loudness and ceiling are choices: it says nothing of them',
  },
  {
    name: 'broadcast',
    title: 'radio and television, EBU R 128',
    loudnessLufs: -23,
    toleranceLu: 0.5,
    ceilingDb: -1,
    mostLimitingDb: 6,
    monoBelowHz: null,
    output: { sampleRate: null, sampleFormat: 'int24', dither: 'triangular' },
    source: 'EBU R 128 (2020): -23.0 LUFS, within 0.5 LU, at most -1 dBTP',
  },
  {
    name: 'podcast',
    title: 'podcasts',
    loudnessLufs: -16,
    toleranceLu: 0.5,
    ceilingDb: -1,
    mostLimitingDb: 8,
    monoBelowHz: null,
    output: { sampleRate: null, sampleFormat: 'int24', dither: 'triangular' },
    source: 'Apple Podcasts for Creators, "Audio requirements": about -16 LKFS, within 1 dB, at most -1 dBTP',
  },
  {
    name: 'vinyl',
    title: 'vinyl pre-master',
    loudnessLufs: null,
    toleranceLu: 0.1,
    ceilingDb: -3,
    mostLimitingDb: 1,
    monoBelowHz: 150,
    output: { sampleRate: null, sampleFormat: 'int24', dither: 'none' },
    source:
      'a choice: a lathe asks for bass in phase on both sides of the groove, for room above the peaks and for no limiting; the cutting engineer sets the level',
  },
];
