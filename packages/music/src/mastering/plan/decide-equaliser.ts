import { signed } from '../../plans/reason-words.ts';
import type { StageOf } from '../stage-schemas.ts';
import { balanceAgainst, balanceDistanceDb } from './balance.ts';
import { fitEqualiser, largestGainDb } from './fit-equaliser.ts';
import type { PlanRequest } from './plan-request.ts';

/** A correction that changes no frequency by more is left out, dB. */
const LEAST_DB = 0.5;

/**
 * Leads the balance a part of the way to the wanted one.
 * Stages: third octaves -> distance to the wanted curve -> share of it that the style corrects, bounded -> fitted filters.
 */
export function decideEqualiser({ song, filterRate, style, wanted, phase }: PlanRequest): StageOf<'equaliser'> | null {
  const { correction, mostDb } = style.equaliser;
  const deviations = balanceAgainst(song.figures.bands, wanted.levelDb);
  const gains = deviations.map(({ frequencyHz, deviationDb, weight }) => ({
    frequencyHz,
    gainDb: Math.min(mostDb, Math.max(-mostDb, -correction * deviationDb)),
    weight,
  }));
  const bands = fitEqualiser(gains, filterRate, mostDb);
  if (bands.length === 0 || largestGainDb(bands, filterRate) < LEAST_DB) return null;
  const heard = deviations.filter(({ weight }) => weight > 0);
  const furthest = heard.reduce((a, b) => (Math.abs(b.deviationDb) > Math.abs(a.deviationDb) ? b : a));
  const words = bands.map(({ frequencyHz, gainDb }) => `${signed(gainDb, 1)} dB at ${frequencyHz} Hz`).join(', ');
  return {
    kind: 'equaliser',
    phase,
    bands,
    reason:
      `the balance is ${balanceDistanceDb(deviations).toFixed(1)} dB (RMS) from ${wanted.name}, furthest at ${furthest.frequencyHz} Hz with ` +
      `${signed(furthest.deviationDb, 1)} dB: ${Math.round(100 * correction)} % of that is corrected, at most ${mostDb.toFixed(1)} dB (${words})`,
  };
}
