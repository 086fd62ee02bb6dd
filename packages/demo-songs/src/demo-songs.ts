import { keyOf } from '@tutti/music/theory';
import type { SongSpec } from './song-spec.ts';

const A_MINOR = keyOf(9, 'minor');
const C_MAJOR = keyOf(0, 'major');
const E_MINOR = keyOf(4, 'minor');
const B_MINOR = keyOf(11, 'minor');
const D_MINOR = keyOf(2, 'minor');
const G_MAJOR = keyOf(7, 'major');
const F_MAJOR = keyOf(5, 'major');
const D_MAJOR = keyOf(2, 'major');
const BB_MAJOR = keyOf(10, 'major');

/** The songs of the demo: neighbours in tempo and key for a mix, and some that are none. */
export const DEMO_SONGS: readonly SongSpec[] = [
  {
    seed: 11,
    title: 'Paper Lanterns',
    artist: 'The Seedlings',
    style: 'disco',
    key: C_MAJOR,
    bpm: 118,
    meter: 4,
    swing: 0.1,
    leadInSeconds: 0.25,
  },
  {
    seed: 23,
    title: 'Harbour at Two',
    artist: 'Low Tide Social',
    style: 'house',
    key: A_MINOR,
    bpm: 122,
    meter: 4,
    swing: 0.35,
    leadInSeconds: 0.1,
  },
  {
    seed: 31,
    title: 'Glass Elevator',
    artist: 'Kilowatt',
    style: 'electro',
    key: E_MINOR,
    bpm: 125,
    meter: 4,
    swing: 0,
    leadInSeconds: 0.05,
  },
  {
    seed: 47,
    title: 'Night Shift',
    artist: 'Concrete Garden',
    style: 'techno',
    key: D_MINOR,
    bpm: 128,
    meter: 4,
    swing: 0.1,
    leadInSeconds: 0,
  },
  {
    seed: 53,
    title: 'First Light',
    artist: 'Aurora Field',
    style: 'trance',
    key: B_MINOR,
    bpm: 132,
    meter: 4,
    swing: 0,
    leadInSeconds: 0.4,
  },
  {
    seed: 67,
    title: 'Swift',
    artist: 'Northbound',
    style: 'drum-and-bass',
    key: E_MINOR,
    bpm: 174,
    meter: 4,
    swing: 0.05,
    leadInSeconds: 0.2,
  },
  {
    seed: 71,
    title: 'Corner Store',
    artist: 'Brass Tacks',
    style: 'hip-hop',
    key: G_MAJOR,
    bpm: 87,
    meter: 4,
    swing: 0.55,
    leadInSeconds: 0.3,
  },
  {
    seed: 89,
    title: 'Slow River',
    artist: 'Ida Holm',
    style: 'downtempo',
    key: F_MAJOR,
    bpm: 76,
    meter: 4,
    swing: 0.15,
    leadInSeconds: 0.6,
  },
  {
    seed: 97,
    title: 'Three for Marie',
    artist: 'Café Linden',
    style: 'waltz',
    key: BB_MAJOR,
    bpm: 138,
    meter: 3,
    swing: 0.3,
    leadInSeconds: 0.35,
  },
  {
    seed: 103,
    title: 'Open Windows',
    artist: 'The Long Weekend',
    style: 'rock',
    key: D_MAJOR,
    bpm: 112,
    meter: 4,
    swing: 0,
    drift: { kind: 'wander', depth: 0.02, periodBeats: 48 },
    leadInSeconds: 0.5,
  },
];
