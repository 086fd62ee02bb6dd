import { resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import { type MixPlan, type MixPlanTrack, mixSecondsAt, type ShortTermCurve, speedAt } from '@tutti/music/mixing';
import type { Lane } from '../mix-picture/lane.ts';
import type { MixPicture } from '../mix-picture/mix-picture.ts';
import { shortTermPoints } from './short-term-points.ts';

/** Points of a curve over the width of the picture: more than can be told apart would only make the file large. */
const CURVE_POINTS = 800;

/** Values over the length of the mix: about one for each pixel, and four where people look closer. */
export const LANE_VALUES = 1500;
export const ZOOMED_LANE_VALUES = 6000;

/** Steps in which lanes are drawn. */
export function laneHopSeconds(plan: MixPlan, values: number): number {
  return Math.max(0.05, plan.seconds / values);
}

/** Moments of a track as moments of the mix, where it is heard. */
function inMix(track: MixPlanTrack, moments: readonly number[]): number[] {
  return moments
    .filter((moment) => moment >= track.cueIn && moment <= track.cueOut)
    .map((moment) => mixSecondsAt(track.timeMap, moment));
}

/** The tempo that is heard: that of the track which has the greater part of the transition before it. */
function tempoCurve(plan: MixPlan): MixPicture['tempo'] {
  return Array.from({ length: CURVE_POINTS + 1 }, (_, i) => {
    const time = (plan.seconds * i) / CURVE_POINTS;
    const index = plan.transitions.filter(({ start, end }) => time >= (start + end) / 2).length;
    const track = plan.tracks[Math.min(index, plan.tracks.length - 1)]!;
    return { time, value: track.bpm === null ? null : track.bpm * speedAt(track.timeMap, time) };
  });
}

export interface PictureSources {
  readonly title: string;
  /** One for each track of the plan. */
  readonly waveforms: readonly Lane['waveform'][];
  /** By absolute path; bars and phrases are drawn for those that are there. */
  readonly analyses: ReadonlyMap<string, AnalysisLine>;
  readonly shortTerm: ShortTermCurve;
}

/** Puts together what the picture of a rendered mix shows. */
export function pictureOfMix(plan: MixPlan, { title, waveforms, analyses, shortTerm }: PictureSources): MixPicture {
  const lanes = plan.tracks.map((track, index): Lane => {
    const analysis = analyses.get(resolve(track.path));
    return {
      title: track.title,
      camelot: track.camelot,
      bpm: track.bpm,
      start: track.start,
      end: track.end,
      waveform: waveforms[index]!,
      keyShift: track.keyShift,
      effects: track.effects.map(({ kind, start, end }) => ({ name: kind, start, end })),
      downbeats: inMix(track, analysis?.tempo?.downbeats ?? []),
      phrases: inMix(track, analysis?.structure?.phrases ?? []),
    };
  });
  const every = Math.max(1, Math.floor(shortTerm.values.length / CURVE_POINTS));
  return {
    title,
    seconds: plan.seconds,
    lanes,
    transitions: plan.transitions.map(({ start, end, reason }) => ({ start, end, label: reason })),
    tempo: tempoCurve(plan),
    loudness: shortTermPoints(shortTerm).filter((_, i) => i % every === 0),
  };
}
