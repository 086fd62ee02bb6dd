import type { MasterStyle } from './master-style.ts';

const NO_WIDTH = { narrowest: 1, widest: 1, wanted: null, monoBelowHz: null } as const;

/** A straight tilt around 1 kHz, in dB over the whole of the ten octaves. */
const tilt = (decibels: number) => [
  { frequencyHz: 31.25, gainDb: -decibels / 2 },
  { frequencyHz: 1000, gainDb: 0 },
  { frequencyHz: 16_000, gainDb: (decibels / 2) * 0.8 },
];

/**
 * The styles. No measurement stands behind these numbers: they are choices, kept within what is commonly taken for a
 * gentle master (2 to 3 dB of equalisation, drive of a few dB). Two principles: where instruments and rooms make the
 * balance (classical, jazz, acoustic), little of it is corrected; and what is named after a sound changes that sound only.
 */
export const STYLES: readonly MasterStyle[] = [
  {
    name: 'balanced',
    title: 'no style of its own: only what stands out is mended',
    equaliser: { tolerance: 1, mostDb: 3, tone: [] },
    dynamics: { crestOffsetDb: 0, amount: 1 },
    width: NO_WIDTH,
    saturation: null,
  },
  {
    name: 'rock',
    title: 'dense and forward, guitars and drums in front',
    equaliser: {
      tolerance: 0.8,
      mostDb: 3,
      tone: [
        { frequencyHz: 40, gainDb: -0.5 },
        { frequencyHz: 100, gainDb: 0.5 },
        { frequencyHz: 400, gainDb: -0.5 },
        { frequencyHz: 2500, gainDb: 0.75 },
        { frequencyHz: 10_000, gainDb: 0.5 },
      ],
    },
    dynamics: { crestOffsetDb: -1, amount: 1.1 },
    width: { narrowest: 0.9, widest: 1.15, wanted: 0.12, monoBelowHz: 80 },
    saturation: { driveDb: 3, mix: 0.3 },
  },
  {
    name: 'electronic',
    title: 'deep bass in mono, wide and bright above',
    equaliser: {
      tolerance: 0.8,
      mostDb: 3.5,
      tone: [
        { frequencyHz: 50, gainDb: 1.5 },
        { frequencyHz: 120, gainDb: 0.5 },
        { frequencyHz: 500, gainDb: -0.5 },
        { frequencyHz: 2000, gainDb: 0 },
        { frequencyHz: 12_000, gainDb: 1 },
      ],
    },
    dynamics: { crestOffsetDb: -1, amount: 1.1 },
    width: { narrowest: 0.9, widest: 1.25, wanted: 0.18, monoBelowHz: 120 },
    saturation: null,
  },
  {
    name: 'hip-hop',
    title: 'heavy bass, a clear voice',
    equaliser: {
      tolerance: 0.8,
      mostDb: 3.5,
      tone: [
        { frequencyHz: 50, gainDb: 2 },
        { frequencyHz: 150, gainDb: 0.5 },
        { frequencyHz: 400, gainDb: -0.75 },
        { frequencyHz: 3000, gainDb: 0.75 },
        { frequencyHz: 12_000, gainDb: 0.5 },
      ],
    },
    dynamics: { crestOffsetDb: -1, amount: 1 },
    width: { narrowest: 0.9, widest: 1.1, wanted: 0.1, monoBelowHz: 120 },
    saturation: { driveDb: 3, mix: 0.25 },
  },
  {
    name: 'jazz',
    title: 'natural and dynamic',
    equaliser: { tolerance: 1.4, mostDb: 2, tone: tilt(-0.5) },
    dynamics: { crestOffsetDb: 3, amount: 0.7 },
    width: NO_WIDTH,
    saturation: null,
  },
  {
    name: 'classical',
    title: 'as it was played: hardly anything is changed',
    equaliser: { tolerance: 2, mostDb: 1.5, tone: [] },
    dynamics: { crestOffsetDb: 6, amount: 0.5 },
    width: NO_WIDTH,
    saturation: null,
  },
  {
    name: 'acoustic',
    title: 'close and natural',
    equaliser: {
      tolerance: 1.2,
      mostDb: 2,
      tone: [
        { frequencyHz: 60, gainDb: -0.5 },
        { frequencyHz: 200, gainDb: 0.5 },
        { frequencyHz: 1000, gainDb: 0 },
        { frequencyHz: 12_000, gainDb: 0.5 },
      ],
    },
    dynamics: { crestOffsetDb: 2, amount: 0.8 },
    width: NO_WIDTH,
    saturation: null,
  },
  {
    name: 'vocal',
    title: 'the voice in front',
    equaliser: {
      tolerance: 1,
      mostDb: 3,
      tone: [
        { frequencyHz: 80, gainDb: -0.75 },
        { frequencyHz: 300, gainDb: -0.5 },
        { frequencyHz: 3000, gainDb: 1.25 },
        { frequencyHz: 12_000, gainDb: 0.75 },
      ],
    },
    dynamics: { crestOffsetDb: 0, amount: 1 },
    width: NO_WIDTH,
    saturation: null,
  },
  {
    name: 'warm',
    title: 'fuller below, softer above',
    equaliser: {
      tolerance: 1,
      mostDb: 3,
      tone: [
        { frequencyHz: 60, gainDb: 1 },
        { frequencyHz: 200, gainDb: 1.25 },
        { frequencyHz: 1000, gainDb: 0 },
        { frequencyHz: 5000, gainDb: -1.25 },
        { frequencyHz: 12_000, gainDb: -1.75 },
      ],
    },
    dynamics: { crestOffsetDb: 0, amount: 1 },
    width: NO_WIDTH,
    saturation: { driveDb: 4, mix: 0.35 },
  },
  {
    name: 'bright',
    title: 'more air and presence',
    equaliser: {
      tolerance: 1,
      mostDb: 3,
      tone: [
        { frequencyHz: 200, gainDb: -0.75 },
        { frequencyHz: 1000, gainDb: 0 },
        { frequencyHz: 5000, gainDb: 1.25 },
        { frequencyHz: 12_000, gainDb: 2 },
      ],
    },
    dynamics: { crestOffsetDb: 0, amount: 1 },
    width: NO_WIDTH,
    saturation: null,
  },
  {
    name: 'punchy',
    title: 'attacks stand out',
    equaliser: {
      tolerance: 1,
      mostDb: 3,
      tone: [
        { frequencyHz: 80, gainDb: 1 },
        { frequencyHz: 350, gainDb: -1 },
        { frequencyHz: 3500, gainDb: 0.75 },
        { frequencyHz: 10_000, gainDb: 0 },
      ],
    },
    dynamics: { crestOffsetDb: 2, amount: 1.2 },
    width: { narrowest: 1, widest: 1, wanted: null, monoBelowHz: 100 },
    saturation: null,
  },
  {
    name: 'open',
    title: 'wide and airy, dynamics left as they are',
    equaliser: {
      tolerance: 1,
      mostDb: 3,
      tone: [
        { frequencyHz: 300, gainDb: -0.75 },
        { frequencyHz: 1000, gainDb: 0 },
        { frequencyHz: 10_000, gainDb: 1.25 },
      ],
    },
    dynamics: { crestOffsetDb: 3, amount: 0.8 },
    width: { narrowest: 1, widest: 1.3, wanted: 0.2, monoBelowHz: null },
    saturation: null,
  },
  {
    name: 'gentle',
    title: 'the least that serves',
    equaliser: { tolerance: 1.6, mostDb: 1.5, tone: [] },
    dynamics: { crestOffsetDb: 3, amount: 0.5 },
    width: NO_WIDTH,
    saturation: null,
  },
];
