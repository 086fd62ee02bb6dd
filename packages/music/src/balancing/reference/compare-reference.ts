import type { MeasuredSong } from '../../mastering/measure/measured-song.ts';
import type { MasterMeasurement } from '../../mastering/measurement-schema.ts';
import { balanceOf } from '../../mastering/reference/match-reference.ts';
import { BalancingError } from '../balancing-error.ts';
import { type BandPowersOverTime, bandPowers } from '../listen/band-powers.ts';
import type { KnownLevels } from '../plan/decide-gains.ts';
import { spectrumDistanceDb, sumOf } from '../plan/lead-spectrum.ts';
import { type AudibleStem, togetherLufs } from '../plan/stem-levels.ts';
import type { ReferenceDistance } from '../plan-schema.ts';
import { fitPowers } from './fit-powers.ts';

/** A mix that others are to sound like. */
export interface ReferenceMix {
  readonly path: string;
  readonly figures: MasterMeasurement;
  readonly powers: BandPowersOverTime;
}

/** What is to be known of a mix that others are to sound like. @throws BalancingError 'source' when it is silent */
export function referenceMix(path: string, { figures, bands }: MeasuredSong): ReferenceMix {
  if (figures.integratedLufs === null)
    throw new BalancingError('source', `${path} says nothing about balance: it is silent`);
  return { path, figures, powers: bandPowers(bands) };
}

/** What a reference says about stems. */
export interface HeardReference {
  readonly mix: ReferenceMix;
  /** dB at a frequency, up to a constant. */
  readonly levelDb: (frequencyHz: number) => number;
  /** Share of it that the stems explain with the best of gains, 0 to 1. */
  readonly explained: number;
  /** Null for other music. */
  readonly known: KnownLevels | null;
}

/** From this share on the reference is a mix of the stems. Other music reaches about a half. */
const SAME = 0.8;
/** A stem that has less than this share of the reference is not heard in it. */
const LEAST_PART = 0.0005;
/** LU; the most that a reference leads away from the rule for a kind. */
const MOST_LU = 12;

/** Finds out whether a reference is a mix of the stems, and how loud each is in it. */
export function hearReference(mix: ReferenceMix, stems: readonly AudibleStem[]): HeardReference {
  const { weights, explained } = fitPowers(
    mix.powers,
    stems.map(({ heard }) => heard.powers),
  );
  const all = sumOf(
    stems.map(({ bands }) => bands),
    weights.map((weight) => 10 * Math.log10(weight)),
  ).reduce((a, b) => a + b, 0);
  const own = stems.map(({ heard }, i) => {
    const share = (weights[i]! * stems[i]!.bands.reduce((a, b) => a + b, 0)) / all;
    return share > LEAST_PART ? heard.figures.integratedLufs! + 10 * Math.log10(weights[i]!) : null;
  });
  const together = togetherLufs(own.filter((lufs) => lufs !== null));
  return {
    mix,
    levelDb: balanceOf(mix.figures),
    explained,
    known:
      explained < SAME
        ? null
        : { relativeLu: own.map((lufs) => (lufs === null ? null : lufs - together)), mostLu: MOST_LU },
  };
}

/** Stems as they are heard in a mix. */
export interface MixedStems {
  /** [stems] LU against all together. */
  readonly relativeLu: readonly number[];
  /** Power of all in third octaves. */
  readonly bands: Float64Array;
}

/** How far a mix is from a reference. */
export function referenceDistance(
  { levelDb, known }: HeardReference,
  { relativeLu, bands }: MixedStems,
  bandsHz: readonly number[],
): ReferenceDistance {
  const differences = relativeLu.flatMap((lu, i) => {
    const wanted = known?.relativeLu[i];
    return wanted === null || wanted === undefined ? [] : [lu - wanted];
  });
  return {
    spectrumDb: spectrumDistanceDb(bands, bandsHz, levelDb),
    sharesLu:
      known === null || differences.length === 0
        ? null
        : Math.sqrt(differences.reduce((sum, each) => sum + each * each, 0) / differences.length),
  };
}
