import { CLUB_ARRANGEMENT, CLUB_LAYERS } from './club-arrangement.ts';
import { COMMON_KIT } from './cymbals-and-percussion.ts';
import { CLUB_FILLS, CLUB_TURNAROUNDS } from './fills.ts';
import { CLAP, CRISP_SNARE, HARD_KICK } from './kicks-and-snares.ts';
import { PLUCK, SAW_LEAD, SQUARE_BASS, STRINGS, SUPERSAW } from './patches.ts';
import type { Style } from './style.ts';

/** Uplifting trance: rolling bass between the kicks, supersaw chords, plucked sixteenths, a long melody. */
export const TRANCE: Style = {
  swingPairBeats: 0.5,
  arrangement: CLUB_ARRANGEMENT,
  layers: {
    ...CLUB_LAYERS,
    verse: { ...CLUB_LAYERS.verse, chords: '........', arp: '66667777', lead: '........', pad: '44445555' },
    break: { ...CLUB_LAYERS.break, bass: '........', chords: '....4567', arp: '66667777' },
  },
  progressions: {
    minor: {
      verse: ['i | i | VI | VII', 'i | VI | iv | V'],
      drop: ['i | VI | III | VII', 'i | VI | iv | i V'],
      break: ['VI | VII | i | i', 'i | v | VI | iv | i | v | VI | V'],
    },
    major: {
      verse: ['I | I | vi | IV', 'I | iii | IV | V'],
      drop: ['I | V | vi | IV', 'I | iii | vi | IV V'],
      break: ['vi | IV | I | V', 'I | V | ii | IV | I | V | IV | iv'],
    },
  },
  drums: {
    kit: { ...COMMON_KIT, kick: HARD_KICK, snare: CRISP_SNARE, clap: CLAP },
    groove: {
      kick: { layer: 'kick', full: '9...9...9...9...' },
      clap: { layer: 'snare', full: '....8.......8...' },
      snare: { layer: 'snare', full: '....5.......5...', calm: '................' },
      openHat: { layer: 'hats', full: '..9...9...9...9.' },
      closedHat: { layer: 'hats', full: '6575657565756575', calm: '......5.......5.' },
      ride: { layer: 'hats', full: '................', again: '7.5.7.5.7.5.7.5.' },
      shaker: { layer: 'perc', full: '5474547454745474' },
    },
    fills: CLUB_FILLS,
    turnarounds: CLUB_TURNAROUNDS.slice(1),
    hasBuildRoll: true,
  },
  bass: {
    patch: SQUARE_BASS,
    register: { lowest: 33, highest: 57 },
    full: ['.RRR.RRR.RRR.RRR', '.rRO.rRO.rRO.rR5'],
    calm: ['..R-..R-..R-..R-'],
  },
  chords: {
    patch: SUPERSAW,
    register: { lowest: 57, highest: 81 },
    voices: 4,
    full: ['x--x--x--x--x-x-', 'x-x-.x-x-.x-x-x-'],
    calm: ['x---------------'],
  },
  arp: {
    patch: PLUCK,
    register: { lowest: 62, highest: 82 },
    voices: 3,
    full: ['1.3.2.4.3.5.4.3.', '1342134213421342'],
    calm: ['1.3.2.4.1.3.2.4.', '1..2..3..4..3.2.'],
  },
  arpGain: 0.8,
  pad: { patch: STRINGS, register: { lowest: 55, highest: 79 }, voices: 4 },
  lead: {
    patch: SAW_LEAD,
    register: { lowest: 67, highest: 88 },
    verse: ['x-------x---x---|x-----------....'],
    hook: ['x-----x-x-----x-|x---x---x-----..', 'x---x-x---x-x---|x---x-x-------..'],
    doubling: -12,
    isPentatonic: false,
  },
  mix: {
    drums: { levelDb: 0, reverb: 0.03, echo: 0, ducking: 0, chorus: 0, driveDb: 3 },
    bass: { levelDb: -4, reverb: 0, echo: 0, ducking: 0.5, chorus: 0, driveDb: 3 },
    chords: { levelDb: -6, reverb: 0.18, echo: 0.15, ducking: 0.65, chorus: 0, driveDb: 0 },
    pad: { levelDb: -10.5, reverb: 0.35, echo: 0, ducking: 0.6, chorus: 0.4, driveDb: 0 },
    lead: { levelDb: -6.5, reverb: 0.26, echo: 0.35, ducking: 0.25, chorus: 0.1, driveDb: 2 },
  },
  room: { seconds: 2.8, brightness: 0.6 },
  transitions: { levelDb: -5, reverb: 0 },
  echoBeats: 0.75,
  mixRmsDb: -12,
};
