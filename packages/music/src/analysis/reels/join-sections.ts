import { letterOf } from '../structure/structure-analysis.ts';
import type { StructureAnalysis } from '../track-analysis.ts';
import { joinParts } from './join-parts.ts';
import type { Reel } from './reel.ts';
import type { Seam } from './seam.ts';

type Section = StructureAnalysis['sections'][number];

/** What a seam leaves of a section, when it is shorter than this, belongs to its neighbour on the other side. */
const SHORTEST_SECONDS = 4;

/**
 * The sections of reels, each between its seams: one that runs over a seam is one, as loud as the two sides in the mean.
 * Sections of two reels are the same part when their parts are the same in what both have heard.
 */
export function joinSections(reels: readonly Reel[], seams: readonly Seam[]): Section[] {
  const parts = joinParts(reels.map(({ structure }) => structure.sections));
  const loudest = Math.max(...reels.map(({ loudestPower }) => loudestPower));
  const last = reels.length - 1;
  const joined: Section[] = [];
  reels.forEach(({ structure, loudestPower }, i) => {
    const from = seams[i - 1]?.time ?? Number.NEGATIVE_INFINITY;
    const to = seams[i]?.time ?? Number.POSITIVE_INFINITY;
    const scale = loudest > 0 ? Math.sqrt(loudestPower / loudest) : 0;
    const own = structure.sections.flatMap((section, n): Section[] => {
      if (section.end <= from || section.start >= to) return [];
      const part = letterOf(parts[i]![n]!);
      // What begins or ends a reel need not begin or end the sound.
      const isMisplaced = (section.label === 'intro' && i > 0) || (section.label === 'outro' && i < last);
      const label = isMisplaced || section.label === section.part ? part : section.label;
      const [start, end] = [Math.max(from, section.start), Math.min(to, section.end)];
      return [{ ...section, start, end, label, energy: section.energy * scale, part }];
    });
    const [first, ...others] = own;
    if (first) joined.push(...meet(joined.pop(), first, seams[i - 1]), ...others);
  });
  return joined;
}

/** Two sections that meet at a seam, as one or as two. */
function meet(before: Section | undefined, behind: Section, seam: Seam | undefined): Section[] {
  if (!before) return [behind];
  if (!seam || before.end !== seam.time || behind.start !== seam.time) return [before, behind];
  const [first, second] = [before.end - before.start, behind.end - behind.start];
  if (first < SHORTEST_SECONDS) return [{ ...behind, start: before.start, confidence: before.confidence }];
  if (second < SHORTEST_SECONDS) return [{ ...before, end: behind.end }];
  if (seam.isBorder) return [before, behind];
  const energy = (first * before.energy + second * behind.energy) / (first + second);
  return [{ ...before, end: behind.end, energy }];
}
