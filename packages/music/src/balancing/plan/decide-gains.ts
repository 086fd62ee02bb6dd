import { signed } from '../../plans/reason-words.ts';
import type { PlannedStem } from '../plan-schema.ts';
import { leadSpectrum, type WantedSpectrum } from './lead-spectrum.ts';
import { type AudibleStem, togetherLufs } from './stem-levels.ts';
import { signedLu, wantedLevels } from './wanted-levels.ts';

/** Levels that a mix of the same stems has, instead of the rules'. */
export interface KnownLevels {
  /** [stems] loudness of each against all together in it, LU; null where it is not heard in it. */
  readonly relativeLu: readonly (number | null)[];
  /** No stem is led further away from its rule than this, LU. */
  readonly mostLu: number;
}

/** What decides the gains. */
export interface GainRequest {
  /** LUFS that the sum is brought to. */
  readonly loudnessLufs: number;
  /** That of a reference; null without one. */
  readonly spectrum: WantedSpectrum | null;
  readonly known: KnownLevels | null;
}

export interface DecidedGain {
  readonly gain: PlannedStem['gain'];
  /** Loudness in the mix against all stems together, LU. */
  readonly expectedLu: number;
}

/**
 * The gain of each stem. Stages: level by its kind -> led towards the spectrum of a reference, or to the levels in it -> the sum to a
 * loudness.
 * @param filteredLu [stems] by how much equalisers change the loudness of each
 */
export function decideGains(
  stems: readonly AudibleStem[],
  filteredLu: readonly number[],
  bandsHz: readonly number[],
  { loudnessLufs, spectrum, known }: GainRequest,
): DecidedGain[] {
  const wanted = wantedLevels(stems);
  const byRule = stems.map((stem, i) => wanted[i]!.relativeLu - stem.levelLufs - filteredLu[i]!);
  const followed = known === null ? null : followReference(stems, filteredLu, byRule, known);
  const start = followed ?? byRule;
  const moves =
    followed !== null || spectrum === null
      ? stems.map(() => 0)
      : leadSpectrum(
          stems.map(({ bands }, i) => bands.map((power) => power * 10 ** ((start[i]! + filteredLu[i]!) / 10))),
          bandsHz,
          spectrum,
        );
  const relative = start.map((gain, i) => gain + moves[i]!);
  const loudness = (gains: readonly number[]) =>
    stems.map((stem, i) => stem.integratedLufs + filteredLu[i]! + gains[i]!);
  const common = loudnessLufs - togetherLufs(loudness(relative));
  return stems.map((stem, i) => {
    const gainDb = Math.round(10 * (relative[i]! + common)) / 10;
    const expectedLu = loudness(relative)[i]! - togetherLufs(loudness(relative));
    const level = `${stem.integratedLufs.toFixed(1)} LUFS and ${(2 * stem.levelLufs - stem.integratedLufs).toFixed(1)} where it is loudest`;
    const how =
      followed === null
        ? `${wanted[i]!.reason}${moves[i] === 0 ? '' : `, and ${signedLu(moves[i]!)} lead the sum towards the spectrum of the reference`}`
        : referenceReason(known!, i, followed[i]! - byRule[i]!);
    return {
      gain: {
        gainDb,
        reason: `${how}: ${level} become ${signed(expectedLu, 1)} LU against the whole by ${signed(gainDb, 1)} dB`,
      },
      expectedLu,
    };
  });
}

function referenceReason({ relativeLu, mostLu }: KnownLevels, i: number, led: number): string {
  const found = relativeLu[i];
  if (found === null || found === undefined)
    return `it is not heard in the reference and goes ${mostLu.toFixed(0)} LU under the rule for its kind`;
  const bound = Math.abs(led) >= mostLu ? `, as far as ${mostLu.toFixed(0)} LU from the rule for its kind` : '';
  return `in the reference it stands ${signedLu(found)} against the whole, and is led there${bound}`;
}

/** Gains of the reference, each within a bound of the rule's. */
function followReference(
  stems: readonly AudibleStem[],
  filteredLu: readonly number[],
  byRule: readonly number[],
  { relativeLu, mostLu }: KnownLevels,
): number[] {
  const known = stems.map((stem, i) =>
    relativeLu[i] === null || relativeLu[i] === undefined ? null : relativeLu[i] - stem.integratedLufs - filteredLu[i]!,
  );
  const both = known.flatMap((gain, i) => (gain === null ? [] : [gain - byRule[i]!]));
  // Both are against something of their own: the mean of what they differ by is no difference in balance.
  const middle = both.reduce((a, b) => a + b, 0) / Math.max(1, both.length);
  return byRule.map((gain, i) =>
    known[i] === null || known[i] === undefined
      ? gain - mostLu
      : gain + Math.min(mostLu, Math.max(-mostLu, known[i] - middle - gain)),
  );
}
