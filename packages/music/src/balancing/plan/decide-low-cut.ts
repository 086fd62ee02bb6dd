import type { MasterMeasurement } from '../../mastering/measurement-schema.ts';
import type { StageOf } from '../../mastering/stage-schemas.ts';
import type { StemKind } from '../stem-kinds.ts';
import { KIND_RULES } from './balance-rules.data.ts';

/** What lies below the cut may be this far under the whole: nearer, it is part of the sound. dB */
const NEAREST_DB = -20;
/** Further down, nobody hears it, and nothing is cut. dB */
const FURTHEST_DB = -40;

/** A high-pass below what a kind of stem has to say, where there is something to take away and it is not the sound itself. */
export function decideLowCut(kind: StemKind, bands: MasterMeasurement['bands']): StageOf<'rumble-filter'> | null {
  const { lowCutHz } = KIND_RULES[kind];
  if (lowCutHz === null) return null;
  const power = (list: MasterMeasurement['bands']) =>
    list.reduce((sum, { levelDb }) => sum + (levelDb === null ? 0 : 10 ** (levelDb / 10)), 0);
  const below = power(bands.filter(({ frequencyHz }) => frequencyHz < lowCutHz));
  const belowDb = 10 * Math.log10(below / power(bands));
  if (!(belowDb > FURTHEST_DB && belowDb < NEAREST_DB)) return null;
  return {
    kind: 'rumble-filter',
    cutoffHz: lowCutHz,
    slopeDbPerOctave: 12,
    removeDc: true,
    reason: `what lies below ${lowCutHz} Hz is ${(-belowDb).toFixed(0)} dB under the whole, no part of ${kind} but in the way of the bass: a high-pass takes it away`,
  };
}
