import { CLUB_ARRANGEMENT, CLUB_LAYERS } from './club-arrangement.ts';
import { COMMON_KIT } from './cymbals-and-percussion.ts';
import { BAND_FILLS, CLUB_TURNAROUNDS } from './fills.ts';
import { ACOUSTIC_KICK, CLAP, CRISP_SNARE } from './kicks-and-snares.ts';
import { BRASS, MUTED_GUITAR, PIANO, ROUND_BASS, STRINGS } from './patches.ts';
import type { Style } from './style.ts';

/** Disco: octaves in the bass, a muted guitar in sixteenths, strings, brass, and secondary dominants. */
export const DISCO: Style = {
  swingPairBeats: 0.5,
  arrangement: CLUB_ARRANGEMENT,
  layers: {
    ...CLUB_LAYERS,
    intro: { ...CLUB_LAYERS.intro, bass: '......67', arp: '....4567' },
  },
  progressions: {
    major: {
      verse: ['I6 | vi7 | ii7 | V7', 'Imaj7 | I6 | ii7 | V7sus4 V7'],
      drop: ['IVmaj7 | V7 | I6 | vi7 | ii7 | V7 | I6 | I6', 'I6 | V7/vi | vi7 | IV V7'],
      break: ['IVmaj7 | iv6 | Imaj7 | V7/ii | ii7 | V7sus4 | Imaj7 | V7', 'ii7 | V7 | Imaj7 | vi7'],
    },
    minor: {
      verse: ['i | i7 | iv7 | V7', 'i | VII | VI | V7'],
      drop: ['i | iv7 | VII7 | IIImaj7 | VImaj7 | iim7b5 | V7 | i', 'i | VI | iv7 | V7'],
      break: ['iv7 | VII7 | IIImaj7 | VImaj7 | iim7b5 | V7 | i7 | i7'],
    },
  },
  drums: {
    kit: { ...COMMON_KIT, kick: ACOUSTIC_KICK, snare: CRISP_SNARE, clap: CLAP },
    groove: {
      kick: { layer: 'kick', full: '9...9...9...9...' },
      snare: { layer: 'snare', full: '....9..2.2..9...|....9..2.2..9..3', calm: '....8.......8...' },
      clap: { layer: 'snare', full: '....7.......7...', calm: '................' },
      openHat: { layer: 'hats', full: '..8...8...8...8.' },
      closedHat: { layer: 'hats', full: '65.565.565.565.5', calm: '5...5...5...5...' },
      tambourine: { layer: 'perc', full: '6.8.6.8.6.8.6.8.', calm: '....7.......7...' },
      conga: { layer: 'perc', full: '5..64.7.5..64.77' },
      cowbell: { layer: 'perc', full: '................', again: '6...6...6...6.6.' },
    },
    fills: BAND_FILLS,
    turnarounds: CLUB_TURNAROUNDS.slice(1),
    hasBuildRoll: true,
  },
  bass: {
    patch: ROUND_BASS,
    register: { lowest: 31, highest: 56 },
    full: ['R-o-R-o-R-o-R-oA', 'R-oRR-o-R-oR5-oA'],
    calm: ['R-..R-o-R-..R-o-', 'R---..R-o-R-..A-'],
  },
  chords: {
    patch: PIANO,
    register: { lowest: 53, highest: 76 },
    voices: 4,
    full: ['x--x--x---x--x--', 'x-..x-x-..x-..x-'],
    calm: ['x-------x-----x-', 'x---..x---------'],
  },
  arp: {
    patch: MUTED_GUITAR,
    register: { lowest: 60, highest: 80 },
    voices: 3,
    full: ['..xo..xoo.xo..xo', 'o.xoo.xoo.xoo.xx'],
    calm: ['..x...xo..x...xo'],
  },
  arpGain: 0.9,
  pad: { patch: STRINGS, register: { lowest: 60, highest: 84 }, voices: 3 },
  lead: {
    patch: BRASS,
    register: { lowest: 60, highest: 79 },
    verse: ['....x-x-x---x-..|....x-x-x-----..', 'x--x--x-----....|x--x--x---......'],
    hook: ['x-x-..x-x-x-..x-|x-x-..x-----....', 'x--x--x--x--x-x-|x--x--x-------..'],
    doubling: 12,
    isPentatonic: false,
  },
  mix: {
    drums: { levelDb: 0, reverb: 0.05, echo: 0, ducking: 0, chorus: 0, driveDb: 1 },
    bass: { levelDb: -4, reverb: 0, echo: 0, ducking: 0.15, chorus: 0, driveDb: 2 },
    chords: { levelDb: -6.5, reverb: 0.12, echo: 0, ducking: 0.1, chorus: 0.2, driveDb: 0 },
    pad: { levelDb: -9.5, reverb: 0.28, echo: 0, ducking: 0.2, chorus: 0.4, driveDb: 0 },
    lead: { levelDb: -7.5, reverb: 0.22, echo: 0.1, ducking: 0.1, chorus: 0.2, driveDb: 2 },
  },
  room: { seconds: 1.5, brightness: 0.65 },
  transitions: { levelDb: -9, reverb: 0 },
  echoBeats: 0.5,
  mixRmsDb: -12.5,
};
