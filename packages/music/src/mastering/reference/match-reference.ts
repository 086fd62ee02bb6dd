import { valueAt } from '../curves/balance-curve.ts';
import { MasteringError } from '../mastering-error.ts';
import type { MeasuredSong } from '../measure/measured-song.ts';
import type { MasterMeasurement } from '../measurement-schema.ts';
import { balanceAgainst, balanceDistanceDb } from '../plan/balance.ts';
import type { PlanMasterOptions } from '../plan/plan-master.ts';
import { masterStyle, USUAL_STYLE } from '../styles/find-style.ts';
import { masterTarget, USUAL_TARGET } from '../targets/find-target.ts';

/** What is to be known of a song that others are to sound like. */
export type ReferenceSong = Pick<MeasuredSong, 'figures' | 'frames' | 'sampleRate'>;

/** Of less there is no balance and no loudness to speak of. */
const SHORTEST_SECONDS = 3;
/** A reference outside these does not say how loud a master should be, LUFS. */
const SOFTEST_LUFS = -24;
const LOUDEST_LUFS = -7;
/** How far a song follows: what its balance may be apart, and the most that any frequency is changed by, dB. */
const APART_DB = 1;
const MOST_DB = 6;
const NARROWEST = 0.7;
const WIDEST = 1.4;
/** Behind a limiter as loud as the reference. */
const MOST_LIMITING_DB = 9;

/**
 * The options of a plan that leads towards a reference song: its balance, its width, its loudness and its crest factor, each
 * within bounds; what `options` say of the ceiling stays.
 * @throws MasteringError 'source' when the reference is too short or silent
 */
export function withReference(options: PlanMasterOptions, reference: ReferenceSong): PlanMasterOptions {
  const { figures, frames, sampleRate } = reference;
  if (frames < SHORTEST_SECONDS * sampleRate)
    throw new MasteringError(
      'source',
      `the reference lasts ${(frames / sampleRate).toFixed(2)} s; it takes ${SHORTEST_SECONDS} s to hear what it sounds like`,
    );
  if (figures.integratedLufs === null || figures.crestDb === null)
    throw new MasteringError('source', 'the reference is silent: nothing is louder than -70 LUFS');
  const { target = masterTarget(USUAL_TARGET), style = masterStyle(USUAL_STYLE) } = options;
  const loudnessLufs = Math.min(LOUDEST_LUFS, Math.max(SOFTEST_LUFS, Math.round(10 * figures.integratedLufs) / 10));
  return {
    ...options,
    target: { ...target, loudnessLufs, mostLimitingDb: Math.max(target.mostLimitingDb, MOST_LIMITING_DB) },
    style: {
      ...style,
      equaliser: { ...style.equaliser, tolerance: 1, mostDb: MOST_DB },
      width: { ...style.width, wanted: figures.width, narrowest: NARROWEST, widest: WIDEST },
    },
    wanted: { name: 'the reference', levelDb: balanceOf(figures), toleranceDb: () => APART_DB, toneDb: () => 0 },
    aimCrestDb: figures.crestDb,
  };
}

/** The balance of a song as a curve, dB at a frequency, up to a constant. */
export function balanceOf({ bands }: Pick<MasterMeasurement, 'bands'>): (frequencyHz: number) => number {
  const points = bands.flatMap(({ frequencyHz, levelDb }) =>
    levelDb === null ? [] : [[frequencyHz, levelDb] as const],
  );
  return (frequencyHz) => valueAt(points, frequencyHz);
}

/** How far a song is from a reference. */
export interface ReferenceDistance {
  /** Root of the mean square over third octaves, dB. */
  readonly balanceDb: number;
  readonly loudnessLu: number;
  readonly crestDb: number;
  /** Share of side, in percent. */
  readonly widthPercent: number;
}

/** Distances of a song, before or behind its master, from a reference; 0 where one of the two says nothing. */
export function referenceDistance(song: MasterMeasurement, reference: MasterMeasurement): ReferenceDistance {
  const apart = (a: number | null, b: number | null) => (a === null || b === null ? 0 : Math.abs(a - b));
  return {
    balanceDb: balanceDistanceDb(balanceAgainst(song.bands, balanceOf(reference))),
    loudnessLu: apart(song.integratedLufs, reference.integratedLufs),
    crestDb: apart(song.crestDb, reference.crestDb),
    widthPercent: 100 * apart(song.width, reference.width),
  };
}
