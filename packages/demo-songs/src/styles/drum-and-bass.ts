import { CLUB_LAYERS } from './club-arrangement.ts';
import { COMMON_KIT } from './cymbals-and-percussion.ts';
import { BREAKBEAT_FILLS, BREAKBEAT_TURNAROUNDS } from './fills.ts';
import { BREAK_SNARE, CLAP, TIGHT_KICK } from './kicks-and-snares.ts';
import { BELL, ELECTRIC_PIANO, REESE_BASS, SINE_LEAD, WARM_PAD } from './patches.ts';
import type { Style } from './style.ts';

/** Liquid drum and bass: a broken beat at double speed under slow chords. */
export const DRUM_AND_BASS: Style = {
  swingPairBeats: 0.5,
  arrangement: [
    { label: 'intro', bars: 16 },
    { label: 'build', bars: 8 },
    { label: 'drop', bars: 16 },
    { label: 'break', bars: 8 },
    { label: 'build', bars: 8 },
    { label: 'drop', bars: 16 },
    { label: 'outro', bars: 8 },
  ],
  layers: {
    ...CLUB_LAYERS,
    intro: {
      ...CLUB_LAYERS.intro,
      kick: '77778888',
      hats: '44667777',
      snare: '..667777',
      pad: '33445555',
      lead: '........',
    },
    build: { ...CLUB_LAYERS.build, snare: '6666....', bass: '........' },
  },
  progressions: {
    minor: {
      verse: ['i7 | i7 | VImaj7 | VImaj7', 'i7 | i7 | iv7 | iv7'],
      drop: ['iadd9 | i7 | VImaj7 | iv7', 'i7 | VII | VImaj7 | V'],
      break: ['VImaj7 | V | iv7 | i7', 'iv7 | V | i7 | i7'],
    },
    major: {
      verse: ['Imaj9 | Imaj9 | IVmaj7 | IVmaj7'],
      drop: ['Imaj9 | vi9 | IVmaj7 | V7sus4', 'Imaj9 | iii7 | IVmaj7 | iv6'],
      break: ['IVmaj7 | iii7 | ii9 | V7sus4'],
    },
  },
  drums: {
    kit: { ...COMMON_KIT, kick: TIGHT_KICK, snare: BREAK_SNARE, clap: CLAP },
    groove: {
      kick: { layer: 'kick', full: '9.........9.....|9..5......9.....' },
      snare: { layer: 'snare', full: '....9..2.3..9...|....9..2.3..9.2.', calm: '....9.......9...' },
      closedHat: { layer: 'hats', full: '8.6.8.6.8.6.8.65', calm: '7...7...7...7...' },
      openHat: { layer: 'hats', full: '......7.........', calm: '................' },
      ride: { layer: 'hats', full: '................', again: '7.7.7.7.7.7.7.7.' },
      shaker: { layer: 'perc', full: '5656565656565656' },
    },
    fills: BREAKBEAT_FILLS,
    turnarounds: BREAKBEAT_TURNAROUNDS,
    hasBuildRoll: true,
  },
  bass: {
    patch: REESE_BASS,
    register: { lowest: 31, highest: 54 },
    full: ['R---------R---..|R-----..R---5-A-', 'R-----..R-..R---|R---------O-5-A-'],
    calm: ['R---------------', 'R-------..R-----'],
  },
  chords: {
    patch: ELECTRIC_PIANO,
    register: { lowest: 55, highest: 78 },
    voices: 4,
    full: ['x-----x---------|......x---x-----', 'x---------x-----|x-----x---------'],
    calm: ['x---------------', 'x-------..x-----'],
  },
  arp: {
    patch: BELL,
    register: { lowest: 64, highest: 84 },
    voices: 3,
    full: ['1...3...2...4...|3...5...4...2...', '..1...2...3...4.'],
    calm: ['1.......3.......|2.......4.......'],
  },
  arpGain: 0.5,
  pad: { patch: WARM_PAD, register: { lowest: 52, highest: 76 }, voices: 4 },
  lead: {
    patch: SINE_LEAD,
    register: { lowest: 67, highest: 86 },
    verse: ['x-----------x---|x---------------'],
    hook: ['x-----x---x-----|x---x---x-------', 'x---x-----x-x---|x-----x---------'],
    doubling: -12,
    isPentatonic: true,
  },
  mix: {
    drums: { levelDb: 0, reverb: 0.05, echo: 0, ducking: 0, chorus: 0, driveDb: 3 },
    bass: { levelDb: -2.5, reverb: 0, echo: 0, ducking: 0.35, chorus: 0, driveDb: 4 },
    chords: { levelDb: -7.5, reverb: 0.25, echo: 0.2, ducking: 0.2, chorus: 0.4, driveDb: 0 },
    pad: { levelDb: -10.5, reverb: 0.35, echo: 0, ducking: 0.35, chorus: 0.5, driveDb: 0 },
    lead: { levelDb: -7.5, reverb: 0.3, echo: 0.35, ducking: 0.1, chorus: 0.2, driveDb: 0 },
  },
  room: { seconds: 2.4, brightness: 0.55 },
  transitions: { levelDb: -6, reverb: 0 },
  echoBeats: 1.5,
  mixRmsDb: -12,
};
