import { recordSound } from '../effects/record-power.ts';
import { sourceSecondsAt } from '../time-map.ts';
import { loopRoll } from './join-effects.ts';
import { QUIET_CUT_POINTS } from './join-points.data.ts';
import type { LaidTrack } from './laid-track.ts';
import { QUIET_LU } from './quiet-points.ts';

/** Moments of a roll that are looked at. */
const SAMPLES = 16;

/** Points for rolling what is softer than a track usually is: a loop of a rest, or of what lies between two notes, is a hole. */
export function softLoopPoints({ prepared, map }: LaidTrack, lead: Parameters<typeof loopRoll>[0]): number {
  const { loudness } = prepared;
  if (loudness === null) return 0;
  const effects = loopRoll(lead);
  let power = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const { loop } = recordSound(effects, lead.start + ((i + 0.5) * (lead.end - lead.start)) / SAMPLES);
    const parts = loop ?? [];
    for (const { from, to } of parts)
      power += loudness.meanPower(sourceSecondsAt(map, from), sourceSecondsAt(map, to)) / parts.length / SAMPLES;
  }
  const softer = loudness.integratedLufs - QUIET_LU - 10 * Math.log10(Math.max(1e-7, power));
  return QUIET_CUT_POINTS * Math.max(0, softer);
}
