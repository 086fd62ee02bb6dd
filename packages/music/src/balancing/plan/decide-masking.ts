import { cascadeResponseDb } from '@tutti/dsp';
import { fitEqualiser, largestGainDb } from '../../mastering/plan/fit-equaliser.ts';
import type { StageOf } from '../../mastering/stage-schemas.ts';
import { signed } from '../../plans/reason-words.ts';
import type { AudibleStem } from './stem-levels.ts';

/** A third octave is essential for a stem when it is this near to its loudest one, dB, and for a rival from twice that on not. */
const ESSENTIAL_DB = 10;
const UNESSENTIAL_DB = 2 * ESSENTIAL_DB;
/** A rival that is this much louder leaves nothing to be heard, dB: more masking is no worse. */
const DROWNED_DB = 12;
/** How much of the masking is taken away, and at most how much anywhere, dB. */
const SHARE = 0.3;
const MOST_DB = 3;
/** An equaliser that changes no frequency by more is left out, dB. */
const LEAST_DB = 0.5;
/** A band of a row sounds when it is this near to the stem's mean in its loudest band, dB. */
const SOUNDING_DB = 30;

/** What a stem drowns where it has little to say itself. */
interface Masked {
  readonly db: number;
  /** Share of the time in which the other sounds there that it is drowned. */
  readonly share: number;
  readonly victim: string;
  readonly frequencyHz: number;
}

/**
 * Equalisers with which stems make room for each other: where a stem drowns what is essential for another and has little to
 * say there itself, it is lowered a little. Nothing is raised.
 * Stages: third octaves of each stem every 0.4 s, at their levels in the mix -> essential bands by how near they are to the
 * stem's loudest -> how far each rival stands over them while they sound -> a share of that, at most 3 dB -> smooth filters.
 * Source: S. Hafezi and J. D. Reiss, "Autonomous multitrack equalization based on masking reduction", JAES 63 (2015).
 * @param gainsDb of the stems in the mix
 * @param sampleRate of the mix, Hz
 * @returns [stems] null where nothing is to be done
 */
export function decideMasking(
  stems: readonly AudibleStem[],
  gainsDb: readonly number[],
  sampleRate: number,
): (StageOf<'equaliser'> | null)[] {
  const shapes = stems.map(({ bands }) => {
    const loudest = Math.max(...bands);
    return Float64Array.from(bands, (power) => (loudest > 0 ? -10 * Math.log10(power / loudest + 1e-12) : 120));
  });
  return stems.map((stem, rival) => {
    const { bandsHz } = stem.heard.powers;
    const masked = bandsHz.map((frequencyHz, band) => {
      // 1 where the rival has nothing to say, 0 where it is essential for itself.
      const spare = clamp((shapes[rival]![band]! - ESSENTIAL_DB) / (UNESSENTIAL_DB - ESSENTIAL_DB), 0, 1);
      let worst: Masked = { db: 0, share: 0, victim: '', frequencyHz };
      if (spare === 0) return { spare, worst };
      stems.forEach((other, victim) => {
        if (victim === rival || (shapes[victim]![band] ?? 120) > ESSENTIAL_DB) return;
        const { db, share } = drowned(stem, other, band, gainsDb[rival]! - gainsDb[victim]!);
        if (db > worst.db) worst = { db, share, victim: other.name, frequencyHz };
      });
      return { spare, worst };
    });
    const wanted = bandsHz.map((frequencyHz, band) => ({
      frequencyHz,
      deviationDb: Math.min(MOST_DB, SHARE * masked[band]!.spare * masked[band]!.worst.db),
      toleranceDb: 0,
      toneDb: 0,
      weight: 1,
    }));
    const bands = fitEqualiser(wanted, sampleRate, MOST_DB, 'kept').filter(({ gainDb }) => gainDb < 0);
    if (bands.length === 0 || largestGainDb(bands, sampleRate) < LEAST_DB) return null;
    const { worst } = masked.reduce((a, b) => (b.spare * b.worst.db > a.spare * a.worst.db ? b : a));
    const response = cascadeResponseDb(bands, sampleRate)(worst.frequencyHz);
    return {
      kind: 'equaliser',
      phase: 'minimum',
      bands,
      reason:
        `it stands ${worst.db.toFixed(1)} dB over ${worst.victim} around ${worst.frequencyHz} Hz, which is essential there and drowned in ` +
        `${Math.round(100 * worst.share)} % of its time, and has little to say there itself: ${signed(response, 1)} dB make room`,
    };
  });
}

/** By how much a rival stands over a stem in a band while the stem sounds there: mean of what is over, dB. */
function drowned(rival: AudibleStem, victim: AudibleStem, band: number, gainDb: number): Pick<Masked, 'db' | 'share'> {
  const [over, under] = [rival.heard.powers, victim.heard.powers];
  const gain = 10 ** (gainDb / 10);
  let mean = 0;
  for (let hop = 0; hop < under.hops; hop++) mean += under.values[hop * under.bandsHz.length + band]!;
  const least = (mean / Math.max(1, under.hops)) * 10 ** (-SOUNDING_DB / 10);
  let [sum, count, times] = [0, 0, 0];
  for (let hop = 0; hop < under.hops; hop++) {
    const own = under.values[hop * under.bandsHz.length + band]!;
    if (own <= least) continue;
    count += 1;
    if (hop >= over.hops) continue;
    const other = gain * over.values[hop * over.bandsHz.length + band]!;
    if (other <= own) continue;
    sum += Math.min(DROWNED_DB, 10 * Math.log10(other / own));
    times += 1;
  }
  return count > 0 ? { db: sum / count, share: times / count } : { db: 0, share: 0 };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
