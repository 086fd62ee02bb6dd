import type { Kernels } from '@tutti/dsp';
import { signed } from '../../plans/reason-words.ts';
import type { ChainFormat } from '../chain/stage-processor.ts';
import type { Excerpt } from '../measure/excerpt-keeper.ts';
import type { MasterTarget } from '../plan-schema.ts';
import { GAIN_DB, type MasterStage, type StageOf } from '../stage-schemas.ts';
import type { SongFigures } from '../trial/estimate-song.ts';
import { type ExcerptFigures, excerptFigures, louder } from '../trial/excerpt-figures.ts';
import { quantile } from './band-hops.ts';
import { loudnessWarnings } from './level-words.ts';
import { plannedLimiter, RARE_LIMITING } from './planned-limiter.ts';

/** Excerpts behind all stages but gain and limiter. */
export interface LevelTrial {
  readonly even: readonly Excerpt[];
  readonly forPeak: readonly Excerpt[];
  /** Largest true peak of the song, dBTP, when no stage comes before: it is known then, and else null. */
  readonly truePeakDb: number | null;
  /** Figures of the whole song from those of the excerpts. */
  readonly estimate: (even: readonly ExcerptFigures[], forPeak: readonly ExcerptFigures[]) => SongFigures;
}

export interface SolvedLevel {
  readonly stages: readonly MasterStage[];
  readonly expected: SongFigures;
  /** What the limiter takes, but for a hundredth of the time, dB. */
  readonly limitingDb: number;
  readonly warnings: readonly string[];
}

/** The loudness is solved to this, LU; a tenth is promised. */
const CLOSE_LU = 0.02;
const MOST_TRIALS = 5;
/** What a dB of gain adds behind a limiter that has begun to work, LU: a first guess. */
const USUAL_SLOPE = 0.85;
/** A gain below this is left out, dB. */
const LEAST_GAIN_DB = 0.05;
/** A peak this far under the ceiling needs no limiter: between the samples it is higher, dB. */
const SAFE_DB = 1;
/** Excerpts whose largest sample stays this far under the ceiling are not touched by the limiter: they need not be tried. */
const FAR_DB = 3;

interface Tried {
  readonly gainDb: number;
  readonly figures: SongFigures;
  readonly limitingDb: number;
}

/**
 * The gain to the target's loudness behind the limiter, and the limiter.
 * Stages: gain as if nothing were limited -> excerpts through gain and limiter -> loudness of the song -> secant steps; where
 * the limiter takes more than the target allows, less gain.
 */
export function solveLevel(
  kernels: Kernels,
  format: ChainFormat,
  target: MasterTarget,
  trial: LevelTrial,
): SolvedLevel {
  const summed = (even: readonly ExcerptFigures[], forPeak: readonly ExcerptFigures[]) => {
    const limitingDb = quantile(
      even.flatMap((figures) => figures.limitingDb),
      1 - RARE_LIMITING,
    );
    return { figures: trial.estimate(even, forPeak), limitingDb };
  };
  const plainEven = excerptFigures(kernels, format, [], trial.even, { loudness: true });
  const plainForPeak = excerptFigures(kernels, format, [], trial.forPeak, { loudness: false });
  const unlimited = summed(plainEven, plainForPeak).figures;
  const { integratedLufs, samplePeakDb } = unlimited;
  if (samplePeakDb === null) return { stages: [], expected: unlimited, limitingDb: 0, warnings: [] };
  const room = target.ceilingDb - samplePeakDb;
  const warnings: string[] = [];
  if (integratedLufs === null && target.loudnessLufs !== null)
    warnings.push('Nothing is louder than -70 LUFS for 0.4 s: there is no loudness to lead to the target.');
  const wanted = integratedLufs === null ? null : target.loudnessLufs;
  const gainStage = (gainDb: number, reason: string): StageOf<'gain'>[] =>
    Math.abs(gainDb) < LEAST_GAIN_DB ? [] : [{ kind: 'gain', gainDb, reason }];
  const at = (gainDb: number): Tried => {
    const gain = gainStage(gainDb, '');
    const stages = [...gain, plannedLimiter(target, '')];
    const farDb = target.ceilingDb - FAR_DB - gainDb;
    const behind = (excerpts: readonly Excerpt[], plain: readonly ExcerptFigures[], loudness: boolean) => {
      const isNear = plain.map(({ peak }) => 20 * Math.log10(peak) > farDb);
      const near = excerpts.filter((_, i) => isNear[i]);
      const limited = excerptFigures(kernels, format, stages, near, { loudness }).values();
      return plain.map((figures, i) => (isNear[i] ? limited.next().value! : louder(figures, gain[0]?.gainDb ?? 0)));
    };
    const even = behind(trial.even, plainEven, true);
    return { gainDb, ...summed(even, behind(trial.forPeak, plainForPeak, false)) };
  };

  let tried = at(rounded(wanted === null ? Math.min(0, room) : wanted - integratedLufs!));
  if (wanted !== null) {
    let before = tried;
    let slope = USUAL_SLOPE;
    for (let i = 0; i < MOST_TRIALS && Math.abs(tried.figures.integratedLufs! - wanted) > CLOSE_LU; i++) {
      const next = rounded(tried.gainDb + (wanted - tried.figures.integratedLufs!) / slope);
      before = tried;
      tried = at(next);
      const run = (tried.figures.integratedLufs! - before.figures.integratedLufs!) / (tried.gainDb - before.gainDb);
      slope = Math.min(1, Math.max(0.2, run || 1));
    }
  }
  for (let i = 0; i < MOST_TRIALS && tried.limitingDb > target.mostLimitingDb + 0.05; i++) {
    tried = at(rounded(tried.gainDb - (tried.limitingDb - target.mostLimitingDb)));
  }
  const { figures, limitingDb, gainDb } = tried;
  const reached = figures.integratedLufs;
  const short = wanted === null || reached === null ? 0 : wanted - reached;
  warnings.push(...loudnessWarnings(wanted === null ? null : reached, target, gainDb));
  const gainReason =
    wanted === null
      ? `peaks of ${samplePeakDb.toFixed(1)} dBFS are brought under the ceiling of ${target.ceilingDb.toFixed(1)} dBTP, and no loudness is asked for`
      : `${signed(gainDb, 1)} dB lead from ${integratedLufs!.toFixed(1)} LUFS to ${reached!.toFixed(1)} LUFS behind the limiter` +
        (short > target.toleranceLu
          ? `: ${wanted.toFixed(1)} LUFS would press more than ${target.mostLimitingDb.toFixed(1)} dB into it`
          : `; ${target.name} wants ${wanted.toFixed(1)}`);
  const peaks = samplePeakDb + gainDb;
  const needed =
    trial.truePeakDb === null ? peaks > target.ceilingDb - SAFE_DB : trial.truePeakDb + gainDb > target.ceilingDb;
  const limiterReason =
    `peaks of ${peaks.toFixed(1)} dBFS meet a ceiling of ${target.ceilingDb.toFixed(1)} dBTP: it takes ${limitingDb.toFixed(1)} dB at most, but for ${100 * RARE_LIMITING} % of the time ` +
    `(${target.mostLimitingDb.toFixed(1)} dB are allowed)`;
  return {
    stages: [...gainStage(gainDb, gainReason), ...(needed ? [plannedLimiter(target, limiterReason)] : [])],
    expected: figures,
    limitingDb,
    warnings,
  };
}

/** Gains are whole thousandths, so that the plan says what was tried. */
function rounded(gainDb: number): number {
  return Math.min(GAIN_DB.most, Math.max(GAIN_DB.least, Math.round(1000 * gainDb) / 1000));
}
