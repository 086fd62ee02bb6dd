import { BAND_LAYERS } from './band-arrangement.ts';
import { COMMON_KIT } from './cymbals-and-percussion.ts';
import { BAND_FILLS, BAND_TURNAROUNDS } from './fills.ts';
import { DEEP_KICK, RIM, SOFT_SNARE } from './kicks-and-snares.ts';
import { MARIMBA, NYLON_GUITAR, ROUND_BASS, SINE_LEAD, WARM_PAD } from './patches.ts';
import type { Style } from './style.ts';

/** Downtempo: broken chords on a nylon guitar, soft drums, wide pads, room for the melody. */
export const DOWNTEMPO: Style = {
  swingPairBeats: 0.5,
  arrangement: [
    { label: 'intro', bars: 8 },
    { label: 'verse', bars: 8 },
    { label: 'chorus', bars: 8 },
    { label: 'outro', bars: 8 },
  ],
  layers: {
    ...BAND_LAYERS,
    intro: { ...BAND_LAYERS.intro, kick: '77777777', snare: '....5566', pad: '44445555', bass: '....6677' },
    outro: { ...BAND_LAYERS.outro, lead: '........', arp: '5555....' },
  },
  progressions: {
    major: {
      verse: ['Iadd9 | vi7 | IVmaj7 | V7sus4', 'Imaj7 | iii7 | IVmaj7 | iv6'],
      drop: ['IVmaj7 | V | iii7 | vi7 | IVmaj7 | V | Iadd9 | Iadd9', 'Iadd9 | V | vi7 | IVmaj7'],
      break: ['vi7 | IVmaj7 | Iadd9 | V'],
    },
    minor: {
      verse: ['iadd9 | VImaj7 | iv7 | v7', 'iadd9 | v7 | VImaj7 | iv7'],
      drop: ['VImaj7 | VII | iadd9 | iadd9', 'iadd9 | VImaj7 | iv7 | V7sus4'],
      break: ['iv7 | iadd9 | VImaj7 | V'],
    },
  },
  drums: {
    kit: { ...COMMON_KIT, kick: DEEP_KICK, snare: SOFT_SNARE, rim: RIM },
    groove: {
      kick: { layer: 'kick', full: '9......69.......', calm: '9.......8.......' },
      snare: { layer: 'snare', full: '....9.......9..2' },
      rim: { layer: 'perc', full: '......5....5....', calm: '......4.........' },
      closedHat: { layer: 'hats', full: '7.5.7.5.7.5.7.54', calm: '6...5...6...5...' },
      shaker: { layer: 'perc', full: '6.4.6.4.6.4.6.4.' },
    },
    fills: BAND_FILLS,
    turnarounds: BAND_TURNAROUNDS.slice(1),
    hasBuildRoll: false,
  },
  bass: {
    patch: ROUND_BASS,
    register: { lowest: 33, highest: 56 },
    full: ['R-----r-R---5-A-', 'R-------R--RO-5-'],
    calm: ['R-------R-------', 'R-----------5---'],
  },
  chords: {
    patch: NYLON_GUITAR,
    register: { lowest: 50, highest: 72 },
    voices: 4,
    full: ['1-3-4-3-5-3-4-3-', '1-2-3-4-5-4-3-2-'],
    calm: ['1---3---4---3---', '1-2-3---4---3---'],
  },
  arp: {
    patch: MARIMBA,
    register: { lowest: 62, highest: 84 },
    voices: 3,
    full: ['..3...4...3...2.', '1..2..3.......2.'],
    calm: ['......3.......2.'],
  },
  arpGain: 0.5,
  pad: { patch: WARM_PAD, register: { lowest: 50, highest: 74 }, voices: 4 },
  lead: {
    patch: SINE_LEAD,
    register: { lowest: 64, highest: 84 },
    verse: ['x-----x-x---x---|x-----------....', '..x-x-x-x-----x-|x-----------....'],
    hook: ['x---x-x---x-x---|x---x-------....', 'x-----x-x-x-x---|x-----x---------'],
    doubling: 12,
    isPentatonic: true,
  },
  mix: {
    drums: { levelDb: 0, reverb: 0.1, echo: 0, ducking: 0, chorus: 0, driveDb: 1 },
    bass: { levelDb: -1.5, reverb: 0, echo: 0, ducking: 0.15, chorus: 0, driveDb: 2 },
    chords: { levelDb: -4, reverb: 0.2, echo: 0.1, ducking: 0, chorus: 0.3, driveDb: 0 },
    pad: { levelDb: -8, reverb: 0.35, echo: 0, ducking: 0.15, chorus: 0.6, driveDb: 0 },
    lead: { levelDb: -5.5, reverb: 0.3, echo: 0.3, ducking: 0, chorus: 0.2, driveDb: 0 },
  },
  room: { seconds: 2.6, brightness: 0.5 },
  transitions: { levelDb: -12, reverb: 0 },
  echoBeats: 0.75,
  mixRmsDb: -14.5,
};
