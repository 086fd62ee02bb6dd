import type { StageOf } from '../stage-schemas.ts';
import type { PlanRequest } from './plan-request.ts';

/** A song with less crest is dense enough, dB. */
const LEAST_CREST_DB = 9;
const OVERSAMPLING = 4;

/** Soft saturation, where the style asks for it and the song can bear it. */
export function decideSaturation({ level, style }: PlanRequest): StageOf<'saturation'> | null {
  const { crestDb } = level;
  if (style.saturation === null || crestDb === null || crestDb < LEAST_CREST_DB) return null;
  const { driveDb, mix } = style.saturation;
  return {
    kind: 'saturation',
    driveDb,
    mix,
    oversampling: OVERSAMPLING,
    reason: `${style.name} asks for ${driveDb.toFixed(1)} dB of drive mixed to ${Math.round(100 * mix)} %, and a crest factor of ${crestDb.toFixed(1)} dB bears it (${LEAST_CREST_DB} dB are needed)`,
  };
}
