import type { AnalysisLine } from '@tutti/contract';
import type { DjCue } from '@tutti/exchange';
import { type BeatGrid, type MixPlanTrack, sourceSecondsAt } from '@tutti/music/mixing';
import { CUE_COLOURS } from './cue-colours.data.ts';

/** Pads for hot cues, A to H. */
const PADS = 8;
/** What gets a pad first; of one kind, what is surer. */
const RANKS = ['mix-in', 'mix-out', 'drop', 'break', 'intro-end', 'outro-start', 'first-downbeat'];
/** Cues closer than this are one. */
const SAME_SECONDS = 0.001;

type AnalysisCue = NonNullable<AnalysisLine['structure']>['cues'][number];

/**
 * The cues of an analysis as hot cues on the pads, in the order of time; where there are over eight, the most useful. They
 * are beats as they were heard, and lie on those beats of the grid.
 */
export function hotCues(heard: readonly AnalysisCue[], grid: BeatGrid | null): DjCue[] {
  const cues = heard.map((cue) => ({ ...cue, time: onGrid(cue.time, grid) }));
  const rank = ({ kind }: AnalysisCue) => (RANKS.includes(kind) ? RANKS.indexOf(kind) : RANKS.length);
  const ranked = cues.toSorted((a, b) => rank(a) - rank(b) || (b.confidence ?? 1) - (a.confidence ?? 1));
  return ranked
    .filter((cue, i) => !ranked.slice(0, i).some((better) => Math.abs(better.time - cue.time) < SAME_SECONDS))
    .slice(0, PADS)
    .sort((a, b) => a.time - b.time)
    .map(({ kind, time }, pad) => ({
      ...cueAt(time, kind.replaceAll('-', ' ')),
      pad,
      colour: CUE_COLOURS[kind] ?? null,
    }));
}

function onGrid(time: number, grid: BeatGrid | null): number {
  if (!grid) return time;
  const nearest = grid.beats.reduce((best, beat) => (Math.abs(beat - time) < Math.abs(best - time) ? beat : best));
  return Math.max(0, nearest);
}

/** How a track is played in the set, as memory cues: where it comes in, where the next one does, where it is gone. */
export function setCues(track: MixPlanTrack, next: MixPlanTrack | undefined): DjCue[] {
  const cues = [cueAt(track.cueIn, 'set: in'), cueAt(track.cueOut, 'set: out')];
  if (next && next.start > track.start && next.start < track.end) {
    cues.splice(1, 0, cueAt(sourceSecondsAt(track.timeMap, next.start), 'set: next track in'));
  }
  return cues;
}

function cueAt(seconds: number, name: string): DjCue {
  return { kind: 'cue', name, seconds, endSeconds: null, pad: null, colour: null };
}
