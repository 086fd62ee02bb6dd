import type { MeasuredSong } from '../measure/measured-song.ts';
import type { StageOf } from '../stage-schemas.ts';
import { powerDb } from './band-hops.ts';

/** What lies below 18 Hz, against the whole: from here on it is rumble that takes room from the music, dB. */
const RUMBLE_DB = -20;
/** An offset from here on, against full scale: it takes room from the peaks, dB. */
const OFFSET_DB = -50;
const RUMBLE_HZ = 22;
const OFFSET_HZ = 10;

/** Takes away what nobody hears: the constant part, and rumble below the lowest notes. */
export function decideRumble({ bands, figures, frames }: MeasuredSong): StageOf<'rumble-filter'> | null {
  if (frames === 0 || figures.rmsDb === null) return null;
  const below = bands.bands.length;
  const meanSquare = (bands.whole.left[below]! + bands.whole.right[below]!) / 2;
  const offset = Math.max(...figures.dcOffset.map(Math.abs));
  const constant = figures.dcOffset.reduce((sum, mean) => sum + mean * mean, 0) / figures.dcOffset.length;
  const rumbleDb = powerDb(Math.max(0, meanSquare - constant)) - figures.rmsDb;
  const offsetDb = 20 * Math.log10(Math.max(offset, 1e-10));
  if (rumbleDb > RUMBLE_DB)
    return {
      kind: 'rumble-filter',
      cutoffHz: RUMBLE_HZ,
      slopeDbPerOctave: 24,
      removeDc: true,
      reason: `what lies below 18 Hz is ${(-rumbleDb).toFixed(0)} dB under the whole, nearer than ${-RUMBLE_DB} dB: a high-pass at ${RUMBLE_HZ} Hz takes it away`,
    };
  if (offsetDb > OFFSET_DB)
    return {
      kind: 'rumble-filter',
      cutoffHz: OFFSET_HZ,
      slopeDbPerOctave: 12,
      removeDc: true,
      reason: `a constant offset of ${offset.toFixed(4)} (${offsetDb.toFixed(0)} dB) takes room from the peaks: a high-pass at ${OFFSET_HZ} Hz takes it away`,
    };
  return null;
}
