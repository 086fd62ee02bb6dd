import { BAND_LAYERS } from './band-arrangement.ts';
import { COMMON_KIT } from './cymbals-and-percussion.ts';
import { BAND_FILLS } from './fills.ts';
import { ACOUSTIC_KICK, RIM, SOFT_SNARE } from './kicks-and-snares.ts';
import { BELL, CLARINET, PIANO, ROUND_BASS, STRINGS } from './patches.ts';
import type { Style } from './style.ts';

/** Waltz: bass on one, piano on two and three, a clarinet, and a harmony that wanders round the circle of fifths. */
export const WALTZ: Style = {
  swingPairBeats: 1,
  arrangement: [
    { label: 'intro', bars: 8 },
    { label: 'verse', bars: 16 },
    { label: 'chorus', bars: 16 },
    { label: 'break', bars: 8 },
    { label: 'chorus', bars: 16 },
    { label: 'outro', bars: 8 },
  ],
  layers: {
    ...BAND_LAYERS,
    intro: { ...BAND_LAYERS.intro, snare: '55666677', bass: '77777777' },
    break: { ...BAND_LAYERS.break, kick: '........', arp: '77777777' },
  },
  progressions: {
    major: {
      verse: ['I | vi | ii7 | V7 | I | V7/ii | ii7 | V7', 'I | I | IV | I | V7 | V7 | I | V7'],
      drop: ['IV | V7 | iii7 | vi | ii7 | V7 | I | I', 'I | V7/IV | IV | iv | I | V7/V | V7 | I'],
      break: ['vi | V7/vi | vi | IV | ii7 | V7/V | V7 | V7'],
    },
    minor: {
      verse: ['i | iv | V7 | i | VI | iv | V7 | V7', 'i | VII | VI | V7'],
      drop: ['i | iv | VII7 | III | VI | iim7b5 | V7 | i', 'iv | i | V7 | i | VI | III | V7 | i'],
      break: ['VI | III | iv | i | VI | III | V7 | V7'],
    },
  },
  drums: {
    kit: { ...COMMON_KIT, kick: ACOUSTIC_KICK, snare: SOFT_SNARE, rim: RIM },
    groove: {
      kick: { layer: 'kick', full: '9...........' },
      snare: { layer: 'snare', full: '....7...7...|....7...7.3.', calm: '....5...5...' },
      ride: { layer: 'hats', full: '8...6.5.6...|8...6...6.5.', calm: '7...5...5...' },
      closedHat: { layer: 'hats', full: '....7...7...', calm: '....5...5...' },
      tambourine: { layer: 'perc', full: '....6...6...', calm: '............' },
    },
    fills: BAND_FILLS,
    turnarounds: [{ snare: '....7..57..5' }],
    hasBuildRoll: false,
  },
  bass: {
    patch: ROUND_BASS,
    register: { lowest: 31, highest: 55 },
    full: ['R-------5-A-|5-------R-A-', 'R---....5---|R---3---A---'],
    calm: ['R-------....|5-------....'],
  },
  chords: {
    patch: PIANO,
    register: { lowest: 53, highest: 75 },
    voices: 4,
    full: ['....x-..x-..', '....x-..x-x-'],
    calm: ['....x---x---', '....x-..o-..'],
  },
  arp: {
    patch: BELL,
    register: { lowest: 65, highest: 86 },
    voices: 3,
    full: ['1-2-3-4-3-2-', '1---3-2-4---'],
    calm: ['1---2---3---'],
  },
  arpGain: 0.4,
  pad: { patch: STRINGS, register: { lowest: 55, highest: 79 }, voices: 4 },
  lead: {
    patch: CLARINET,
    register: { lowest: 62, highest: 84 },
    verse: ['x-------x---|x---x---x---', 'x---x---x---|x-------....'],
    hook: ['x-----x-x-x-|x---x---x---', 'x---x-x-x---|x-------x---'],
    doubling: 12,
    isPentatonic: false,
  },
  mix: {
    drums: { levelDb: -1, reverb: 0.1, echo: 0, ducking: 0, chorus: 0, driveDb: 0 },
    bass: { levelDb: -1.5, reverb: 0.03, echo: 0, ducking: 0, chorus: 0, driveDb: 1 },
    chords: { levelDb: -3.5, reverb: 0.18, echo: 0, ducking: 0, chorus: 0.1, driveDb: 0 },
    pad: { levelDb: -8, reverb: 0.3, echo: 0, ducking: 0, chorus: 0.3, driveDb: 0 },
    lead: { levelDb: -4.5, reverb: 0.25, echo: 0.08, ducking: 0, chorus: 0, driveDb: 0 },
  },
  room: { seconds: 1.9, brightness: 0.6 },
  transitions: { levelDb: -14, reverb: 0 },
  echoBeats: 0.5,
  mixRmsDb: -14.5,
};
