import { toleranceAt, valueAt } from '../curves/balance-curve.ts';
import { POPULAR_MUSIC } from '../curves/popular-music.data.ts';
import type { MasterStyle } from '../styles/master-style.ts';
import type { PlanRequest } from './plan-request.ts';

/** The balance that a style aims at: that of popular music, within what songs differ by, and the tone of the style. */
export function wantedBalance({ equaliser }: MasterStyle): PlanRequest['wanted'] {
  const curve = POPULAR_MUSIC.points.map(({ frequencyHz, levelDb }) => [frequencyHz, levelDb] as const);
  const tone = equaliser.tone.map(({ frequencyHz, gainDb }) => [frequencyHz, gainDb] as const);
  return {
    name: POPULAR_MUSIC.name,
    levelDb: (frequencyHz) => valueAt(curve, frequencyHz),
    toleranceDb: (frequencyHz) => toleranceAt(POPULAR_MUSIC, frequencyHz),
    toneDb: (frequencyHz) => valueAt(tone, frequencyHz),
  };
}
