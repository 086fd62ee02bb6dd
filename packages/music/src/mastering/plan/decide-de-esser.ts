import type { StageOf } from '../stage-schemas.ts';
import { bandHops, hopsWithSound, powerDb, quantile } from './band-hops.ts';
import type { PlanRequest } from './plan-request.ts';

const LOW_HZ = 5000;
const HIGH_HZ = 10_000;
/** A tenth of a second is sibilant when the band has half of the power, dB. */
const OF_WHOLE_DB = -3;
/** And stands this far over the band's own median, dB. */
const OVER_MEDIAN_DB = 9;
/** Of what sounds, so much is sibilant in speech and song: less is chance, more is the sound of the song. */
const LEAST_SHARE = 0.005;
const MOST_SHARE = 0.2;

/** Softens sibilants: short bursts in which the band from 5 to 10 kHz nearly is the whole sound. */
export function decideDeEsser({
  song,
  filterRate,
}: Pick<PlanRequest, 'song' | 'filterRate'>): StageOf<'de-esser'> | null {
  if (filterRate < 2.2 * HIGH_HZ) return null;
  const band = bandHops(song.bands, LOW_HZ, HIGH_HZ);
  const { whole, sounding } = hopsWithSound(song.bands);
  if (sounding.length === 0) return null;
  const median = quantile(
    sounding.map((hop) => band[hop]!),
    0.5,
  );
  const sibilant = sounding.filter(
    (hop) =>
      powerDb(band[hop]!) - powerDb(whole[hop]!) > OF_WHOLE_DB &&
      powerDb(band[hop]!) - powerDb(median) > OVER_MEDIAN_DB,
  );
  const share = sibilant.length / sounding.length;
  if (share < LEAST_SHARE || share > MOST_SHARE) return null;
  const over = quantile(
    sibilant.map((hop) => powerDb(band[hop]!) - powerDb(median)),
    0.5,
  );
  return {
    kind: 'de-esser',
    lowHz: LOW_HZ,
    highHz: HIGH_HZ,
    thresholdDb: OF_WHOLE_DB - 1,
    ratio: 3,
    rangeDb: 5,
    reason: `in ${(100 * share).toFixed(1)} % of the sound the band from 5 to 10 kHz is less than ${-OF_WHOLE_DB} dB under the whole and ${over.toFixed(0)} dB over its median: sibilants, lowered by up to 5 dB`,
  };
}
