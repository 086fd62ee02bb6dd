import { valueAt } from '../curves/balance-curve.ts';
import { POPULAR_MUSIC } from '../curves/popular-music.data.ts';
import type { MasterStyle } from '../styles/master-style.ts';
import type { PlanRequest } from './plan-request.ts';

/** The balance that a style aims at: that of popular music, and what the style wants otherwise. */
export function wantedBalance({ name, equaliser }: MasterStyle): PlanRequest['wanted'] {
  const curve = POPULAR_MUSIC.points.map(({ frequencyHz, levelDb }) => [frequencyHz, levelDb] as const);
  const tone = equaliser.tone.map(({ frequencyHz, gainDb }) => [frequencyHz, gainDb] as const);
  return {
    name: tone.length > 0 ? `${POPULAR_MUSIC.name} in the style ${name}` : POPULAR_MUSIC.name,
    levelDb: (frequencyHz) => valueAt(curve, frequencyHz) + valueAt(tone, frequencyHz),
  };
}
