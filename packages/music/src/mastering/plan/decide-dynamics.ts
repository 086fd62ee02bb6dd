import type { Kernels } from '@tutti/dsp';
import type { ChainFormat } from '../chain/stage-processor.ts';
import type { Excerpt } from '../measure/excerpt-keeper.ts';
import type { MasterStage, StageOf } from '../stage-schemas.ts';
import { excerptFigures } from '../trial/excerpt-figures.ts';
import type { BehaviourRule, DynamicsRule } from './behaviours.data.ts';
import type { PlanRequest } from './plan-request.ts';

/** Thresholds are tried on so many pieces of the song, and on the loudest one. */
const MOST_PIECES = 2;
const PIECE_SECONDS = 3;
/** A change of the crest factor that is left out, dB. */
const LEAST_CHANGE_DB = 0.3;

/**
 * A compressor or expander that leads the crest factor to where the table of behaviours wants it: its threshold is found by
 * trying it on excerpts, with the stages before it.
 * @param shaped excerpts behind the stages before; the one with the largest peak among them
 */
export function decideDynamics(
  kernels: Kernels,
  format: ChainFormat,
  { rule }: { readonly rule: Pick<BehaviourRule, 'words' | 'dynamics'> },
  { style, aimCrestDb: asked }: Pick<PlanRequest, 'style' | 'aimCrestDb'>,
  shaped: readonly Excerpt[],
): StageOf<'dynamics'> | null {
  if (rule.dynamics === null || shaped.length === 0) return null;
  const { aimCrestDb, share, mostCrestDb } = rule.dynamics;
  const excerpts = fewPieces(kernels, format, shaped);
  const before = crestOf(kernels, format, [], excerpts);
  if (before === null) return null;
  const aim = asked ?? aimCrestDb + style.dynamics.crestOffsetDb;
  const change = style.dynamics.amount * share * (aim - before.crestDb);
  const bounded = Math.min(mostCrestDb, Math.max(-mostCrestDb, change));
  const down = rule.dynamics.mode === 'compress';
  if (Math.abs(bounded) < LEAST_CHANGE_DB || bounded < 0 !== down) return null;

  const wanted = before.crestDb + bounded;
  const stage = (thresholdDb: number) => stageWith(rule.dynamics!, style.dynamics.amount, thresholdDb);
  // A deeper threshold does not always do more: it takes hold of what lies beside the peaks as well.
  const tried = rule.dynamics.underPeakDb.map((under) => {
    const thresholdDb = Math.round(10 * Math.min(0, before.peakDb - under)) / 10;
    const behind = crestOf(kernels, format, [stage(thresholdDb)], excerpts);
    return { thresholdDb, crestDb: behind?.crestDb ?? before.crestDb };
  });
  const best = tried.reduce((a, b) => (Math.abs(b.crestDb - wanted) < Math.abs(a.crestDb - wanted) ? b : a));
  if (down ? best.crestDb > before.crestDb - LEAST_CHANGE_DB : best.crestDb < before.crestDb + LEAST_CHANGE_DB)
    return null;
  const verb = down ? `compressed ${rule.dynamics.ratio}:1` : `opened 1:${(1 / rule.dynamics.ratio).toFixed(1)}`;
  return {
    ...stage(best.thresholdDb),
    reason:
      `${rule.words}: ${verb} above ${best.thresholdDb.toFixed(1)} dBFS, so that the crest factor goes from ${before.crestDb.toFixed(1)} dB ` +
      `to about ${best.crestDb.toFixed(1)} dB before the limiter; ${wanted.toFixed(1)} dB were aimed at`,
  };
}

function stageWith(rule: DynamicsRule, amount: number, thresholdDb: number): StageOf<'dynamics'> {
  const { mode, ratio, kneeDb, attackSeconds, releaseSeconds, rangeDb } = rule;
  const range = Math.round(10 * amount * rangeDb) / 10;
  return {
    kind: 'dynamics',
    ...{ mode, thresholdDb, ratio, kneeDb, attackSeconds, releaseSeconds },
    rangeDb: range,
    gainDb: 0,
    reason: '',
  };
}

/** Evenly spread pieces, and the one with the largest peak. */
function fewPieces(kernels: Kernels, format: ChainFormat, excerpts: readonly Excerpt[]): Excerpt[] {
  const frames = Math.round(PIECE_SECONDS * format.sampleRate);
  const pieces = excerpts.flatMap(({ start, channels }) =>
    Array.from({ length: Math.ceil(channels[0]!.length / frames) }, (_, i) => ({
      start: start + i * frames,
      channels: channels.map((samples) => samples.subarray(i * frames, (i + 1) * frames)),
    })),
  );
  const peaks = excerptFigures(kernels, format, [], pieces, { loudness: false }).map(({ peak }) => peak);
  const loudest = peaks.indexOf(Math.max(...peaks));
  const every = Math.max(1, Math.ceil(pieces.length / MOST_PIECES));
  return pieces.filter((_, i) => i % every === 0 || i === loudest);
}

/** Crest factor and peak of excerpts behind stages, taken together; null for silence. */
function crestOf(kernels: Kernels, format: ChainFormat, stages: readonly MasterStage[], excerpts: readonly Excerpt[]) {
  const figures = excerptFigures(kernels, format, stages, excerpts, { loudness: false });
  const peak = Math.max(...figures.map((each) => each.peak));
  const energy = figures.reduce((sum, { hops }) => sum + hops.reduce((a, b) => a + b, 0), 0);
  const count = figures.reduce((sum, { hops }) => sum + hops.length, 0);
  if (peak === 0 || energy === 0) return null;
  const peakDb = 20 * Math.log10(peak);
  return { peakDb, crestDb: peakDb - 10 * Math.log10(energy / count) };
}
