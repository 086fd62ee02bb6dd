import { NO_STRUCTURE } from '../structure/structure-analysis.ts';
import { VOCAL_HOP_SECONDS } from '../structure/vocals.ts';
import type { StructureAnalysis } from '../track-analysis.ts';
import { joinCurve } from './join-curve.ts';
import { joinSections } from './join-sections.ts';
import type { Reel } from './reel.ts';
import { betweenSeams, type Seam } from './seam.ts';
import { shareOf } from './share.ts';

/** What only the beginning of a sound has, and what only its end. */
const CUES_OF_THE_BEGINNING: readonly string[] = ['first-downbeat', 'mix-in', 'intro-end'];
const CUES_OF_THE_END: readonly string[] = ['outro-start', 'mix-out'];
const CUES_OF_THE_ENDS = [...CUES_OF_THE_BEGINNING, ...CUES_OF_THE_END];

/**
 * Structure of a sound that was heard in reels: the sections, phrases and cues of each between its seams.
 * Intro and outro, and the cues for mixing in and out, are those of the first reel and of the last (that have any).
 */
export function joinStructure(
  reels: readonly Reel[],
  seams: readonly Seam[],
  downbeats: readonly number[],
): StructureAnalysis {
  const sections = joinSections(reels, seams);
  if (sections.length === 0 && reels.every(({ structure }) => structure.vocals === undefined)) return NO_STRUCTURE;
  const isDownbeat = new Set(downbeats);
  const phrases = betweenSeams(
    reels,
    seams,
    ({ structure }) => structure.phrases,
    (time) => time,
  );
  const vocals = vocalsOf(reels);
  return {
    sections,
    phrases: phrases.filter((time) => isDownbeat.has(time)),
    introEnd: reels[0]!.structure.introEnd,
    outroStart: reels.at(-1)!.structure.outroStart,
    cues: cuesOf(reels, seams),
    ...(vocals && { vocals }),
  };
}

function cuesOf(reels: readonly Reel[], seams: readonly Seam[]): StructureAnalysis['cues'] {
  const withCues = reels.filter(({ structure }) => structure.cues.length > 0);
  const cues = ({ structure }: Reel, kinds: readonly string[] | null) =>
    structure.cues.filter(({ kind }) => (kinds ? kinds.includes(kind) : !CUES_OF_THE_ENDS.includes(kind)));
  const within = betweenSeams(
    reels,
    seams,
    (reel) => cues(reel, null),
    ({ time }) => time,
  );
  if (withCues.length === 0) return within;
  return [...cues(withCues[0]!, CUES_OF_THE_BEGINNING), ...within, ...cues(withCues.at(-1)!, CUES_OF_THE_END)].sort(
    (a, b) => a.time - b.time,
  );
}

function vocalsOf(reels: readonly Reel[]): StructureAnalysis['vocals'] {
  if (reels.some(({ structure }) => structure.vocals === undefined)) return undefined;
  const curves = joinCurve(
    reels,
    VOCAL_HOP_SECONDS,
    ({ heard, structure }) => ({ start: heard.start, values: structure.vocals!.values }),
    0,
  );
  // As for any track: whole seconds only.
  const values = curves.slice(0, Math.floor(reels.at(-1)!.heard.end / VOCAL_HOP_SECONDS));
  const confidence = reels.reduce((sum, reel) => sum + shareOf(reel, reels) * reel.structure.vocals!.confidence, 0);
  return { hopSeconds: VOCAL_HOP_SECONDS, values, confidence };
}
