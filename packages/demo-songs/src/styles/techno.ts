import { CLUB_ARRANGEMENT, CLUB_LAYERS } from './club-arrangement.ts';
import { COMMON_KIT } from './cymbals-and-percussion.ts';
import { CLUB_FILLS, CLUB_TURNAROUNDS } from './fills.ts';
import { CLAP, CRISP_SNARE, HARD_KICK, RIM } from './kicks-and-snares.ts';
import { ACID_BASS, BELL, HOLLOW_PAD, STAB, WARM_PAD } from './patches.ts';
import type { Style } from './style.ts';

/** Techno: hard kick, acid line, dub chords that echo, little melody. */
export const TECHNO: Style = {
  swingPairBeats: 0.5,
  arrangement: CLUB_ARRANGEMENT,
  layers: {
    ...CLUB_LAYERS,
    verse: { ...CLUB_LAYERS.verse, lead: '........', arp: '....5566' },
    drop: { ...CLUB_LAYERS.drop, lead: '....7777', pad: '55555555' },
  },
  progressions: {
    minor: {
      verse: ['i | i | i | VI', 'i | i | iv | i'],
      drop: ['i | i | VImaj7 | iv7', 'iadd9 | i | iv7 | V'],
      break: ['VImaj7 | iv7 | i | i', 'i | VII | VImaj7 | iv7'],
    },
    major: {
      verse: ['I | I | I | IV', 'I | I | bVII | I'],
      drop: ['Iadd9 | Iadd9 | IVmaj7 | V', 'I | bVII | IV | I'],
      break: ['IVmaj7 | IVmaj7 | Iadd9 | Iadd9', 'vi7 | IVmaj7 | I | V'],
    },
  },
  drums: {
    kit: { ...COMMON_KIT, kick: HARD_KICK, snare: CRISP_SNARE, clap: CLAP, rim: RIM },
    groove: {
      kick: { layer: 'kick', full: '9...9...9...9...' },
      clap: { layer: 'snare', full: '....8.......8...' },
      openHat: { layer: 'hats', full: '..9...9...9...9.' },
      closedHat: { layer: 'hats', full: '5656565656565656', calm: '..5...5...5...5.' },
      ride: { layer: 'hats', full: '................', again: '7.5.7.5.7.5.7.5.' },
      rim: { layer: 'perc', full: '...7..6..7....6.|...7..6.....7.6.' },
      tomLow: { layer: 'perc', full: '......4.......5.', calm: '................' },
      shaker: { layer: 'perc', full: '5757575757575757' },
    },
    fills: CLUB_FILLS,
    turnarounds: CLUB_TURNAROUNDS,
    hasBuildRoll: true,
  },
  bass: {
    patch: ACID_BASS,
    register: { lowest: 33, highest: 57 },
    full: ['RrOrR.r7R.rR.O7r', 'R.rRO.r.R7.rO.R7'],
    calm: ['.rRr.rRr.rRr.rRr', '..R...R...R.r.R.'],
  },
  chords: {
    patch: STAB,
    register: { lowest: 54, highest: 76 },
    voices: 4,
    full: ['...x-.x-........|...x-.x-.....x-.', '..x-..........x-|..x-......x-....'],
    calm: ['...x-...........', '......x-........'],
  },
  arp: {
    patch: BELL,
    register: { lowest: 62, highest: 84 },
    voices: 3,
    full: ['1..3..2.4..3..2.', '1..2..3..1..2..4'],
    calm: ['1.....3.....2...'],
  },
  arpGain: 0.6,
  pad: { patch: WARM_PAD, register: { lowest: 50, highest: 74 }, voices: 4 },
  lead: {
    patch: HOLLOW_PAD,
    register: { lowest: 62, highest: 81 },
    verse: ['x-------x-------|x---------------'],
    hook: ['x-----x---x-----|x-----x---------', 'x---------x-x---|x---------------'],
    doubling: -12,
    isPentatonic: true,
  },
  mix: {
    drums: { levelDb: 0, reverb: 0.05, echo: 0, ducking: 0, chorus: 0, driveDb: 3 },
    bass: { levelDb: -4, reverb: 0.02, echo: 0.08, ducking: 0.65, chorus: 0, driveDb: 5 },
    chords: { levelDb: -6.5, reverb: 0.22, echo: 0.45, ducking: 0.5, chorus: 0.3, driveDb: 0 },
    pad: { levelDb: -12, reverb: 0.35, echo: 0, ducking: 0.7, chorus: 0.5, driveDb: 0 },
    lead: { levelDb: -9, reverb: 0.35, echo: 0.35, ducking: 0.4, chorus: 0.3, driveDb: 0 },
  },
  room: { seconds: 2.6, brightness: 0.45 },
  transitions: { levelDb: -6, reverb: 0 },
  echoBeats: 0.75,
  mixRmsDb: -12,
};
