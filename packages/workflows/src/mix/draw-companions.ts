import { basename, extname, resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import type { MixPlan, ShortTermCurve } from '@tutti/music/mixing';
import { companionPath } from '../companion-file.ts';
import { drawMix, type MixPicture } from '../mix-picture/mix-picture.ts';
import { drawMixReport } from '../mix-report/mix-report.ts';
import type { HeardPart, MeasuredTransition } from '../mix-report/report-data.ts';
import type { WholeFile } from '../write-whole.ts';
import type { Lanes } from './deck-worker.ts';
import { measureTransitions } from './measure-transitions.ts';
import type { MixLoudness } from './mix-meters.ts';
import { LANE_VALUES, laneHopSeconds, pictureOfMix, ZOOMED_LANE_VALUES } from './picture-of-mix.ts';

/** What is wanted beside a mix. */
export interface CompanionOptions {
  /** Draw the mix beside it, with the ending .svg. */
  readonly picture: boolean;
  /** Write a page about it beside it, with the ending .html. */
  readonly report?: boolean;
  /** Bars and phrases in the picture come from these. */
  readonly analyses?: readonly AnalysisLine[];
  readonly signal?: AbortSignal;
  /** Share of the transitions that were measured for the page, 0 to 1. */
  readonly onMeasured?: (share: number) => void;
}

/** What was heard of a mix while it was rendered. */
export interface HeardMix {
  /** One for each track, drawn once for each of `laneHops`. */
  readonly lanes: readonly Lanes[];
  readonly loudness: MixLoudness;
  readonly shortTerm: ShortTermCurve;
  /** The sound of each transition, for the page; null when none was asked for. */
  readonly parts: readonly (HeardPart | null)[] | null;
}

/** What goes with a mix, not written yet. */
export interface DrawnCompanions {
  readonly files: readonly WholeFile[];
  readonly written: {
    /** The picture; null when none was asked for. */
    readonly picture: string | null;
    /** The page about it; null when none was asked for. */
    readonly report: string | null;
    /** What was measured at each transition, for the page; null when none was asked for. */
    readonly transitions: readonly MeasuredTransition[] | null;
  };
}

function laneValues({ picture, report = false }: Pick<CompanionOptions, 'picture' | 'report'>): number[] {
  return [...(picture ? [LANE_VALUES] : []), ...(report ? [ZOOMED_LANE_VALUES] : [])];
}

/** Steps in which the lanes of the tracks have to be drawn for what is wanted, seconds. */
export function laneHops(plan: MixPlan, wanted: Pick<CompanionOptions, 'picture' | 'report'>): number[] {
  return laneValues(wanted).map((most) => laneHopSeconds(plan, most));
}

/** Draws the picture of a mix and makes the page about it, those of them that are wanted. */
export async function drawCompanions(
  plan: MixPlan,
  out: string,
  { lanes, loudness, shortTerm, parts }: HeardMix,
  wanted: CompanionOptions,
): Promise<DrawnCompanions> {
  const values = laneValues(wanted);
  const title = basename(out, extname(out));
  const drawn = (most: number): MixPicture =>
    pictureOfMix(plan, {
      title,
      waveforms: lanes.map((each) => each[values.indexOf(most)]!),
      analyses: new Map(wanted.analyses?.map((line) => [resolve(line.path), line])),
      shortTerm,
    });
  const files: WholeFile[] = [];
  const picture = wanted.picture ? companionPath(out, 'svg') : null;
  if (picture !== null) files.push({ path: picture, content: drawMix(drawn(LANE_VALUES)) });
  if (parts === null) return { files, written: { picture, report: null, transitions: null } };
  const report = companionPath(out, 'html');
  const transitions = await measureTransitions(plan, shortTerm, wanted.signal, wanted.onMeasured);
  const content = drawMixReport({
    ...{ title, plan, loudness, shortTerm, picture: drawn(ZOOMED_LANE_VALUES) },
    transitions: transitions.map((measured, index) => ({ ...measured, heard: parts[index]! })),
  });
  return { files: [...files, { path: report, content }], written: { picture, report, transitions } };
}
