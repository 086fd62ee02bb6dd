import { BAND_LAYERS } from './band-arrangement.ts';
import { COMMON_KIT } from './cymbals-and-percussion.ts';
import { BAND_FILLS, BAND_TURNAROUNDS } from './fills.ts';
import { ACOUSTIC_KICK, CRISP_SNARE } from './kicks-and-snares.ts';
import { GUITAR, ORGAN, ROUND_BASS, SQUARE_LEAD } from './patches.ts';
import type { Style } from './style.ts';

/** A band in a room: strummed guitar, organ, driving eighths in the bass. */
export const ROCK: Style = {
  swingPairBeats: 1,
  arrangement: [
    { label: 'intro', bars: 8 },
    { label: 'verse', bars: 8 },
    { label: 'chorus', bars: 8 },
    { label: 'verse', bars: 8 },
    { label: 'break', bars: 4 },
    { label: 'chorus', bars: 8 },
    { label: 'outro', bars: 8 },
  ],
  layers: BAND_LAYERS,
  progressions: {
    major: {
      verse: ['I | bVII | IV | I', 'I | IV | I | V'],
      drop: ['I | V | vi | IV', 'IV | I | V | vi | IV | I | V | V'],
      break: ['vi | IV | I | V', 'ii | IV | bVII | V'],
    },
    minor: {
      verse: ['i | VII | VI | VII', 'i | i | iv | i'],
      drop: ['i | III | iv | i', 'i | VI | VII | i'],
      break: ['iv | VI | i | V'],
    },
  },
  drums: {
    kit: { ...COMMON_KIT, kick: ACOUSTIC_KICK, snare: CRISP_SNARE },
    groove: {
      kick: { layer: 'kick', full: '9.....6.9.9.....|9.....6.9....5..', calm: '9.......9.5.....' },
      snare: { layer: 'snare', full: '....9.......9...|....9..2....9..2' },
      closedHat: { layer: 'hats', full: '................', calm: '8.5.8.5.8.5.8.5.' },
      openHat: { layer: 'hats', full: '8...7...8...7...', calm: '................' },
      ride: { layer: 'hats', full: '8.6.8.6.8.6.8.6.', calm: '................' },
      tambourine: { layer: 'perc', full: '6.7.6.7.6.7.6.7.', calm: '....6.......6...' },
    },
    fills: BAND_FILLS,
    turnarounds: BAND_TURNAROUNDS,
    hasBuildRoll: false,
  },
  bass: {
    patch: ROUND_BASS,
    register: { lowest: 28, highest: 52 },
    full: ['R-R-R-R-R-R-R-A-', 'R-R-R-5-R-R-O-A-'],
    calm: ['R-----R-R-----A-', 'R---R---R---5-A-'],
  },
  chords: {
    patch: GUITAR,
    register: { lowest: 52, highest: 74 },
    voices: 4,
    full: ['x-ox-oxox-ox-oxo', 'x---x-o---x-x-o-'],
    calm: ['x---x-o-..o-x-o-', 'x-----x---o-x---'],
  },
  arp: {
    patch: ORGAN,
    register: { lowest: 60, highest: 80 },
    voices: 3,
    full: ['x---------------', 'x-----x---------'],
    calm: ['x---------------'],
  },
  arpGain: 0.35,
  pad: { patch: ORGAN, register: { lowest: 55, highest: 76 }, voices: 3 },
  lead: {
    patch: SQUARE_LEAD,
    register: { lowest: 62, highest: 82 },
    verse: ['..x-x-x-x---x---|x-x-x-----......', 'x-x-x---x-x-x---|x-x-x-----......'],
    hook: ['x---x-x-x---x-x-|x---x-------....', 'x-x-x-x---x-x---|x-x-x-x-------..'],
    doubling: 12,
    isPentatonic: true,
  },
  mix: {
    drums: { levelDb: 0, reverb: 0.09, echo: 0, ducking: 0, chorus: 0, driveDb: 3 },
    bass: { levelDb: -2.5, reverb: 0.01, echo: 0, ducking: 0, chorus: 0, driveDb: 4 },
    chords: { levelDb: -4.5, reverb: 0.1, echo: 0, ducking: 0, chorus: 0.35, driveDb: 6 },
    pad: { levelDb: -11, reverb: 0.2, echo: 0, ducking: 0, chorus: 0.6, driveDb: 3 },
    lead: { levelDb: -6, reverb: 0.16, echo: 0.18, ducking: 0, chorus: 0.2, driveDb: 8 },
  },
  room: { seconds: 1.2, brightness: 0.6 },
  transitions: { levelDb: -15, reverb: 0 },
  echoBeats: 0.5,
  mixRmsDb: -13,
};
