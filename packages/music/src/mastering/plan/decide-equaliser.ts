import { signed } from '../../plans/reason-words.ts';
import type { StageOf } from '../stage-schemas.ts';
import { type BandDeviation, balanceAgainst, balanceDistanceDb } from './balance.ts';
import { type AimedBand, fitEqualiser, largestGainDb } from './fit-equaliser.ts';
import type { PlanRequest } from './plan-request.ts';

/** A correction that changes no frequency by more is left out, dB. */
const LEAST_DB = 0.5;

/**
 * Leads what stands out of the balance to the edge of what is usual, and gives the song what it lacks of the style's tone.
 * Both ask for nothing more once they were done.
 * Stages: third octaves -> distance to the wanted curve -> the share of the tone that the song has -> fitted filters, bounded.
 */
export function decideEqualiser({ song, filterRate, style, wanted, phase }: PlanRequest): StageOf<'equaliser'> | null {
  const { tolerance, mostDb } = style.equaliser;
  const deviations = balanceAgainst(song.figures.bands, wanted.levelDb);
  const has = shareOfTone(deviations, wanted.toneDb);
  const lacks = has === null ? 0 : Math.max(0, 1 - has);
  const aimed = deviations.map((band): AimedBand => {
    const tone = wanted.toneDb(band.frequencyHz);
    return {
      ...band,
      deviationDb: band.deviationDb - tone,
      toneDb: lacks * tone,
      toleranceDb: tolerance * wanted.toleranceDb(band.frequencyHz),
    };
  });
  const bands = fitEqualiser(aimed, filterRate, mostDb);
  if (bands.length === 0 || largestGainDb(bands, filterRate) < LEAST_DB) return null;
  const outside = ({ deviationDb, toleranceDb }: AimedBand) => Math.abs(deviationDb) - toleranceDb;
  const furthest = aimed.filter(({ weight }) => weight > 0).reduce((a, b) => (outside(b) > outside(a) ? b : a));
  const words = bands.map(({ frequencyHz, gainDb }) => `${signed(gainDb, 1)} dB at ${frequencyHz} Hz`).join(', ');
  const toned =
    has === null
      ? ''
      : ` with the tone of ${style.name}, of which the song has ${Math.round(100 * Math.max(0, has))} %`;
  return {
    kind: 'equaliser',
    phase,
    bands,
    reason:
      `the balance is ${balanceDistanceDb(aimed).toFixed(1)} dB (RMS) from ${wanted.name}${toned}; ${furthest.frequencyHz} Hz stands out most with ` +
      `${signed(furthest.deviationDb, 1)} dB, where ${furthest.toleranceDb.toFixed(1)} dB are usual: what is further away is led to there, no frequency by more than ${mostDb.toFixed(1)} dB (${words})`,
  };
}

/** How much of a tone a balance has, as a factor of it, by weighted least squares; null where there is no tone. */
function shareOfTone(deviations: readonly BandDeviation[], toneDb: (frequencyHz: number) => number): number | null {
  const total = deviations.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (band: BandDeviation) => number) =>
    deviations.reduce((sum, band) => sum + band.weight * of(band), 0) / Math.max(total, Number.MIN_VALUE);
  const middle = { song: mean((band) => band.deviationDb), tone: mean((band) => toneDb(band.frequencyHz)) };
  const tone = (band: BandDeviation) => toneDb(band.frequencyHz) - middle.tone;
  const power = mean((band) => tone(band) ** 2);
  return power > 0 ? mean((band) => tone(band) * (band.deviationDb - middle.song)) / power : null;
}
