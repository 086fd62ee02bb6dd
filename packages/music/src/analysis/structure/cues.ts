import type { StructureAnalysis } from '../track-analysis.ts';
import type { BarGrid } from './bar-grid.ts';
import type { SectionRole } from './roles.ts';
import type { BarSection } from './sections.ts';

type Cue = StructureAnalysis['cues'][number];

/** Where no outro is heard, a mix out of a track begins with its last phrases: this many bars before its end, at least. */
const MIX_OUT_BARS = 16;

/** What cues are laid by. */
export interface CueGround {
  readonly grid: BarGrid;
  readonly sections: readonly BarSection[];
  readonly roles: readonly (SectionRole | null)[];
  /** First bar of each phrase. */
  readonly phrases: readonly number[];
  readonly firstDownbeat: number;
  /** 0 to 1 */
  readonly gridConfidence: number;
}

/**
 * Places worth a hot cue in a track with bars: the first downbeat, where to mix in (the first phrase) and out (the outro,
 * or the last phrases), the ends of intro and outro, breaks and drops.
 * A cue is as sure as the grid, and as the border that it lies on.
 */
export function cuesOf({ grid, sections, roles, phrases, firstDownbeat, gridConfidence }: CueGround): Cue[] {
  const cues: Cue[] = [];
  const add = (time: number, kind: string, label: string, sure = 1) =>
    cues.push({ time, kind, label, confidence: sure * gridConfidence });
  add(firstDownbeat, 'first-downbeat', 'first downbeat');
  if (phrases.length > 0) add(grid.starts[phrases[0]!]!, 'mix-in', 'first phrase');
  if (roles[0] === 'intro')
    add(grid.starts[sections[0]!.endBar]!, 'intro-end', 'end of the intro', sections[1]!.confidence);
  sections.forEach(({ firstBar, confidence }, i) => {
    const time = grid.starts[firstBar]!;
    if (roles[i] === 'break') add(time, 'break', 'kick and bass drop out', confidence);
    if (roles[i] === 'drop' && roles[i - 1] !== 'drop') add(time, 'drop', 'everything comes in', confidence);
  });
  const lastSection = sections.at(-1)!;
  if (roles.at(-1) === 'outro') {
    const time = grid.starts[lastSection.firstBar]!;
    add(time, 'outro-start', 'start of the outro', lastSection.confidence);
    add(time, 'mix-out', 'start of the outro', lastSection.confidence);
  } else {
    const bar = phrases.findLast((first) => first <= lastSection.endBar - MIX_OUT_BARS);
    if (bar !== undefined) add(grid.starts[bar]!, 'mix-out', 'last phrases');
  }
  return cues.sort((a, b) => a.time - b.time);
}
