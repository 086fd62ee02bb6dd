import { BAND_LAYERS } from './band-arrangement.ts';
import { COMMON_KIT } from './cymbals-and-percussion.ts';
import { BREAKBEAT_FILLS } from './fills.ts';
import { CLAP, DEEP_KICK, FAT_SNARE, RIM } from './kicks-and-snares.ts';
import { CLARINET, ELECTRIC_PIANO, NYLON_GUITAR, SUB_BASS, WARM_PAD } from './patches.ts';
import type { Style } from './style.ts';

/** Hip-hop with jazz chords: swung sixteenths, a deep kick, electric piano and nylon guitar. */
export const HIP_HOP: Style = {
  swingPairBeats: 0.5,
  arrangement: [
    { label: 'intro', bars: 8 },
    { label: 'verse', bars: 8 },
    { label: 'chorus', bars: 8 },
    { label: 'break', bars: 4 },
    { label: 'chorus', bars: 4 },
    { label: 'outro', bars: 8 },
  ],
  layers: {
    ...BAND_LAYERS,
    intro: {
      ...BAND_LAYERS.intro,
      kick: '88889999',
      snare: '77778888',
      hats: '66667777',
      bass: '........',
      chords: '....5566',
    },
    outro: { ...BAND_LAYERS.outro, pad: '........', chords: '6655....', bass: '7777....' },
  },
  progressions: {
    major: {
      verse: ['ii7 | V7 | Imaj7 | I6', 'Imaj7 | vi7 | ii9 | V7'],
      drop: ['Imaj7 | I6 | vi7 | ii7 V7', 'Imaj7 | IVmaj7 V7 | Imaj7 | iv6 V7'],
      break: ['Imaj7 | iv6 | Imaj9 | V7/vi'],
    },
    minor: {
      verse: ['i9 | iv7 | i7 | V7', 'i7 | VImaj7 | iim7b5 | V7'],
      drop: ['i7 | iv7 | VImaj7 | V7', 'i7 | VI6 | iv7 | V7'],
      break: ['VImaj7 | iv7 | V7 | i7'],
    },
  },
  drums: {
    kit: { ...COMMON_KIT, kick: DEEP_KICK, snare: FAT_SNARE, clap: CLAP, rim: RIM },
    groove: {
      kick: { layer: 'kick', full: '9..6......96....|9..6...5..9.....', calm: '9.........9.....' },
      snare: { layer: 'snare', full: '....9..2.2..9...|....9..2.2..9.23' },
      closedHat: { layer: 'hats', full: '8.658.648.658.66', calm: '8.5.8.5.8.5.8.5.' },
      openHat: { layer: 'hats', full: '..............6.', calm: '................' },
      shaker: { layer: 'perc', full: '..5...5...5...5.' },
      rim: { layer: 'perc', full: '.......4......4.', calm: '................' },
    },
    fills: BREAKBEAT_FILLS,
    turnarounds: [{ snare: '....9..2.4..9..5' }, { kick: '9..6......9..7..' }],
    hasBuildRoll: false,
  },
  bass: {
    patch: SUB_BASS,
    register: { lowest: 31, highest: 54 },
    full: ['R--R......R-5-A-|R--R...r..R---A-', 'R-----.R--R-..A-'],
    calm: ['R-----....R-....', 'R--.......R-..A-'],
  },
  chords: {
    patch: ELECTRIC_PIANO,
    register: { lowest: 53, highest: 76 },
    voices: 4,
    full: ['x-----.x--x-----', 'x--x------x--o--'],
    calm: ['x-------..x-----', 'x-----------o---'],
  },
  arp: {
    patch: NYLON_GUITAR,
    register: { lowest: 57, highest: 79 },
    voices: 3,
    full: ['1..2..3.4..3..2.', '..1-2-3---..4-3-'],
    calm: ['1...2...3...4...'],
  },
  arpGain: 0.6,
  pad: { patch: WARM_PAD, register: { lowest: 53, highest: 76 }, voices: 4 },
  lead: {
    patch: CLARINET,
    register: { lowest: 62, highest: 81 },
    verse: ['....x-x--x-x----|....x-x-----....', '..x-x-x---..x-x-|x--x--------....'],
    hook: ['x--x--x-x-x---..|x--x--x-------..', '..x-x--x--x-x-x-|..x-x--x--------'],
    doubling: 12,
    isPentatonic: true,
  },
  mix: {
    drums: { levelDb: 0, reverb: 0.05, echo: 0, ducking: 0, chorus: 0, driveDb: 3 },
    bass: { levelDb: -3.5, reverb: 0, echo: 0, ducking: 0.3, chorus: 0, driveDb: 5 },
    chords: { levelDb: -5.5, reverb: 0.14, echo: 0.05, ducking: 0.25, chorus: 0.5, driveDb: 0 },
    pad: { levelDb: -13, reverb: 0.3, echo: 0, ducking: 0.3, chorus: 0.5, driveDb: 0 },
    lead: { levelDb: -6, reverb: 0.22, echo: 0.22, ducking: 0, chorus: 0, driveDb: 0 },
  },
  room: { seconds: 1.3, brightness: 0.5 },
  transitions: { levelDb: -13, reverb: 0 },
  echoBeats: 0.75,
  mixRmsDb: -13.5,
};
