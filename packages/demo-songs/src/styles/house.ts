import { CLUB_ARRANGEMENT, CLUB_LAYERS } from './club-arrangement.ts';
import { COMMON_KIT } from './cymbals-and-percussion.ts';
import { CLUB_FILLS, CLUB_TURNAROUNDS } from './fills.ts';
import { CLAP, CRISP_SNARE, RIM, ROUND_KICK } from './kicks-and-snares.ts';
import { ELECTRIC_PIANO, FLUTE, PLUCKED_BASS, STAB, WARM_PAD } from './patches.ts';
import type { Style } from './style.ts';

/** Deep house: seventh chords on an electric piano, swung shakers, a bass that steps around the kick. */
export const HOUSE: Style = {
  swingPairBeats: 0.5,
  arrangement: CLUB_ARRANGEMENT,
  layers: CLUB_LAYERS,
  progressions: {
    minor: {
      verse: ['i7 | i7 | VImaj7 | V7', 'i7 | iv7 | i7 | VI V7'],
      drop: ['i7 | VImaj7 | iv7 | V7', 'i9 | VI6 | iv7 | i7', 'i7 | VII6 | VImaj7 | V7'],
      break: ['VImaj7 | v7 | i7 | i7', 'iv7 | V7 | VImaj7 | i7'],
    },
    major: {
      verse: ['Imaj9 | Imaj9 | IVmaj7 | V7sus4', 'Imaj9 | vi9 | ii9 | V7sus4'],
      drop: ['Imaj9 | vi9 | ii9 | V7', 'Imaj9 | V7/ii | ii9 | V7sus4 V7'],
      break: ['IVmaj7 | iii7 | ii9 | Imaj9', 'vi9 | ii9 | V7sus4 | Imaj9'],
    },
  },
  drums: {
    kit: { ...COMMON_KIT, kick: ROUND_KICK, snare: CRISP_SNARE, clap: CLAP, rim: RIM },
    groove: {
      kick: { layer: 'kick', full: '9...9...9...9...' },
      clap: { layer: 'snare', full: '....9.......9...|....9.......9..3', again: '....9.......9..4|....9..5....9.5.' },
      openHat: { layer: 'hats', full: '..8...8...8...8.' },
      closedHat: { layer: 'hats', full: '6.46.54.6.46.545', calm: '5..4.4..5..4.4..' },
      shaker: { layer: 'perc', full: '6485648564856485' },
      conga: { layer: 'perc', full: '...5..6....5.7..|...5..6..6...7.5', calm: '..........5..6..' },
      ride: { layer: 'hats', full: '................', again: '..7...7...7...7.' },
      rim: { layer: 'perc', full: '...6..5...6..5..', calm: '...4............' },
    },
    fills: CLUB_FILLS,
    turnarounds: CLUB_TURNAROUNDS,
    hasBuildRoll: true,
  },
  bass: {
    patch: PLUCKED_BASS,
    register: { lowest: 33, highest: 56 },
    full: ['R-..r.R-..R-..OA', '..R-..R-r.R-..O-|..R-..R-r.R-5-A-', 'R-.R-..R-.O-r.A-'],
    calm: ['R-....R-..R-....', '..R-..R-..R-..r-'],
  },
  chords: {
    patch: ELECTRIC_PIANO,
    register: { lowest: 52, highest: 76 },
    voices: 4,
    full: ['x-.x-.x-..x-.x-.', 'x-..x-.x-.x-..x-'],
    calm: ['x----.x---------', '...x-----.x-----'],
  },
  arp: {
    patch: STAB,
    register: { lowest: 58, highest: 82 },
    voices: 3,
    full: ['..x...x..x....x.', '..x..x....x..x..'],
    calm: ['..x.......x.....'],
  },
  arpGain: 0.8,
  pad: { patch: WARM_PAD, register: { lowest: 52, highest: 76 }, voices: 4 },
  lead: {
    patch: FLUTE,
    register: { lowest: 67, highest: 86 },
    verse: ['......x-x-x---..|......x-x-----..', 'x---..x-x---....|x---..x-----....'],
    hook: ['x--x--x-..x-x---|x--x--x-x-----..', '..x-x--x--x-x-x-|..x-x--x-----...'],
    doubling: -12,
    isPentatonic: true,
  },
  mix: {
    drums: { levelDb: 0, reverb: 0.04, echo: 0, ducking: 0, chorus: 0, driveDb: 2 },
    bass: { levelDb: -3.5, reverb: 0, echo: 0, ducking: 0.55, chorus: 0, driveDb: 3 },
    chords: { levelDb: -6, reverb: 0.16, echo: 0.12, ducking: 0.4, chorus: 0.4, driveDb: 0 },
    pad: { levelDb: -12, reverb: 0.3, echo: 0, ducking: 0.65, chorus: 0.5, driveDb: 0 },
    lead: { levelDb: -7.5, reverb: 0.25, echo: 0.35, ducking: 0.2, chorus: 0, driveDb: 5 },
  },
  room: { seconds: 1.8, brightness: 0.55 },
  transitions: { levelDb: -7, reverb: 0 },
  echoBeats: 0.75,
  mixRmsDb: -12.5,
};
