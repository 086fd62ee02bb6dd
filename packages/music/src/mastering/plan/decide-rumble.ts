import type { MeasuredSong } from '../measure/measured-song.ts';
import type { StageOf } from '../stage-schemas.ts';
import { powerBelow, powerDb } from './band-hops.ts';

/** What lies below 18 Hz, against the whole: from here on it is rumble that takes room from the music, dB. */
const RUMBLE_DB = -20;
/** An offset from here on, against full scale: it takes room from the peaks, dB. A smaller one may be most of the sound. */
const OFFSET_DB = -50;
const RUMBLE_HZ = 22;
const OFFSET_HZ = 10;
/** An offset is there all the time when never less than this share of its power lies below 18 Hz. */
const STEADY = 0.25;
/** Tenths of a second at both ends that the frames of these frequencies, of 1.5 s, are not all in. */
const ENDS = 15;

/** Takes away what nobody hears: the constant part, and rumble below the lowest notes. */
export function decideRumble(song: MeasuredSong): StageOf<'rumble-filter'> | null {
  const { bands, figures, frames } = song;
  if (frames === 0 || figures.rmsDb === null) return null;
  const offset = Math.max(...figures.dcOffset.map(Math.abs));
  const { constant, moving } = powerBelow(bands, figures);
  const rumbleDb = powerDb(moving) - figures.rmsDb;
  const offsetDb = 20 * Math.log10(Math.max(offset, 1e-10));
  const isFelt = offsetDb > OFFSET_DB || powerDb(constant) - figures.rmsDb > RUMBLE_DB;
  const removed = isFelt && isSteady(song, constant) ? { offset: figures.dcOffset } : {};
  if (rumbleDb > RUMBLE_DB)
    return {
      kind: 'rumble-filter',
      cutoffHz: RUMBLE_HZ,
      slopeDbPerOctave: 24,
      removeDc: true,
      ...removed,
      reason: `what lies below 18 Hz is ${(-rumbleDb).toFixed(0)} dB under the whole, nearer than ${-RUMBLE_DB} dB: a high-pass at ${RUMBLE_HZ} Hz takes it away`,
    };
  if (isFelt)
    return {
      kind: 'rumble-filter',
      cutoffHz: OFFSET_HZ,
      slopeDbPerOctave: 12,
      removeDc: true,
      ...removed,
      reason: `a constant offset of ${offset.toFixed(4)} (${offsetDb.toFixed(0)} dB) takes room from the peaks: a high-pass at ${OFFSET_HZ} Hz takes it away`,
    };
  return null;
}

/** Whether an offset is there from beginning to end: one that comes later must not be taken off what is before it. */
function isSteady({ bands }: MeasuredSong, constant: number): boolean {
  const { perHop, columns, hops } = bands;
  const below = bands.bands.length;
  for (let hop = Math.min(ENDS, hops >> 1); hop < Math.max(hops - ENDS, (hops >> 1) + 1) && hop < hops; hop++) {
    const at = hop * columns + below;
    if ((perHop.left[at]! + perHop.right[at]!) / 2 < STEADY * constant) return false;
  }
  return true;
}
