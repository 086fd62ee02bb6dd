import { CLUB_ARRANGEMENT, CLUB_LAYERS } from './club-arrangement.ts';
import { COMMON_KIT } from './cymbals-and-percussion.ts';
import { CLUB_FILLS, CLUB_TURNAROUNDS } from './fills.ts';
import { CLAP, FAT_SNARE, TIGHT_KICK } from './kicks-and-snares.ts';
import { HOLLOW_PAD, PLUCK, SAW_LEAD, SQUARE_BASS, STAB } from './patches.ts';
import type { Style } from './style.ts';

/** Electro: square-wave bass in sixteenths, plucked arpeggios, a singing saw. */
export const ELECTRO: Style = {
  swingPairBeats: 0.5,
  arrangement: CLUB_ARRANGEMENT,
  layers: CLUB_LAYERS,
  progressions: {
    minor: {
      verse: ['i | i | VI | VII', 'i | VI | i | VII'],
      drop: ['i | VI | III | VII', 'i | iv | VI | V'],
      break: ['VI | VII | i | i', 'iv | VI | i | V'],
    },
    major: {
      verse: ['I | I | vi | IV', 'I | V | IV | IV'],
      drop: ['I | V | vi | IV', 'I | IV | vi | V'],
      break: ['vi | IV | I | V', 'IV | iv | I | I'],
    },
  },
  drums: {
    kit: { ...COMMON_KIT, kick: TIGHT_KICK, snare: FAT_SNARE, clap: CLAP },
    groove: {
      kick: { layer: 'kick', full: '9...9...9...9...' },
      snare: { layer: 'snare', full: '....9.......9...' },
      clap: { layer: 'snare', full: '....8.......8...|....8..4....8...', calm: '................' },
      openHat: { layer: 'hats', full: '..9...9...9...9.' },
      closedHat: { layer: 'hats', full: '7676767676767676', calm: '..6...6...6...6.' },
      ride: { layer: 'hats', full: '................', again: '7...7...7...7...' },
      cowbell: { layer: 'perc', full: '...5..5....5..5.', calm: '................' },
      shaker: { layer: 'perc', full: '7575757575757575', calm: '6.5.6.5.6.5.6.5.' },
    },
    fills: CLUB_FILLS,
    turnarounds: CLUB_TURNAROUNDS,
    hasBuildRoll: true,
  },
  bass: {
    patch: SQUARE_BASS,
    register: { lowest: 33, highest: 57 },
    full: ['R.RRR.RRR.RRO.RA', 'R..RR.O.R..RR.O5'],
    calm: ['R-..R-..R-..R-..', 'R-....R-..R-....'],
  },
  chords: {
    patch: STAB,
    register: { lowest: 55, highest: 78 },
    voices: 4,
    full: ['x-.x-.x-.x-.x-x-', 'x-..x-..x-.x-.x-'],
    calm: ['..x...x...x...x.', 'x-.....x-.......'],
  },
  arp: {
    patch: PLUCK,
    register: { lowest: 60, highest: 82 },
    voices: 3,
    full: ['1.2.3.4.5.4.3.2.', '1323432313234354'],
    calm: ['1...3...4...3...', '1..2..3..4..3.2.'],
  },
  arpGain: 0.8,
  pad: { patch: HOLLOW_PAD, register: { lowest: 52, highest: 76 }, voices: 4 },
  lead: {
    patch: SAW_LEAD,
    register: { lowest: 64, highest: 84 },
    verse: ['x-----x-x---....|x-----x-----....', 'x---x---x-x-x---|x---x---x-----..'],
    hook: ['x-x-x-x--x--x---|x-x-x-x--x----..', 'x--x--x-x--x--x-|x--x--x-x-----..'],
    doubling: 12,
    isPentatonic: true,
  },
  mix: {
    drums: { levelDb: 0, reverb: 0.03, echo: 0, ducking: 0, chorus: 0, driveDb: 3 },
    bass: { levelDb: -4, reverb: 0, echo: 0, ducking: 0.6, chorus: 0, driveDb: 4 },
    chords: { levelDb: -7, reverb: 0.12, echo: 0.18, ducking: 0.5, chorus: 0.2, driveDb: 0 },
    pad: { levelDb: -11, reverb: 0.25, echo: 0, ducking: 0.7, chorus: 0.5, driveDb: 0 },
    lead: { levelDb: -7, reverb: 0.18, echo: 0.3, ducking: 0.3, chorus: 0.2, driveDb: 3 },
  },
  room: { seconds: 1.6, brightness: 0.6 },
  transitions: { levelDb: -6, reverb: 0 },
  echoBeats: 0.75,
  mixRmsDb: -12,
};
