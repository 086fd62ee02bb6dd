import type { MasterTarget } from '../plan-schema.ts';
import { GAIN_DB } from '../stage-schemas.ts';

/** How every warning of this kind begins. */
const BEGINNING = 'The master reaches';

/** Why a master is not as loud as its target; empty where it is. */
export function loudnessWarnings(
  reachedLufs: number | null,
  { loudnessLufs, toleranceLu, mostLimitingDb }: MasterTarget,
  gainDb: number,
): string[] {
  if (loudnessLufs === null || reachedLufs === null || Math.abs(loudnessLufs - reachedLufs) <= toleranceLu) return [];
  const why =
    gainDb >= GAIN_DB.most
      ? `it is raised by ${GAIN_DB.most} dB, and no song is by more`
      : `for more the limiter would have to take more than ${mostLimitingDb.toFixed(1)} dB`;
  return [`${BEGINNING} ${reachedLufs.toFixed(1)} LUFS instead of ${loudnessLufs.toFixed(1)}: ${why}.`];
}

/** The other warnings among some. */
export function otherWarnings(warnings: readonly string[]): string[] {
  return warnings.filter((words) => !words.startsWith(BEGINNING));
}
