import type { PlannedStem } from '../plan-schema.ts';
import { KIND_RULES } from './balance-rules.data.ts';
import type { AudibleStem } from './stem-levels.ts';

/** Share of side from which on a stem has an image of its own. */
const OWN_IMAGE = 0.01;
/** What lies below 150 Hz may be this share of a stem that is moved: low sounds stay in the middle. */
const MOST_LOW = 0.3;
/** Stems that are moved at least: one alone would tilt the mix. */
const FEWEST = 2;

/**
 * Where stems stand that came in mono. Stems that have an image keep it; what leads or is low stays in the middle; the others
 * go to both sides in turn, the brighter the wider, so that pairs of similar loudness answer each other.
 */
export function decidePans(stems: readonly AudibleStem[]): PlannedStem['pan'][] {
  const movable = stems.filter((stem) => stayReason(stem) === null);
  const inTurn = movable.length < FEWEST ? [] : movable.toSorted((a, b) => b.integratedLufs - a.integratedLufs);
  return stems.map((stem) => {
    const stays = stayReason(stem);
    if (stays !== null) return { position: 0, reason: stays };
    const turn = inTurn.indexOf(stem);
    if (turn < 0)
      return { position: 0, reason: 'it is in mono and the only one that could move: alone it would tilt the mix' };
    const side = turn % 2 === 0 ? -1 : 1;
    const position = Math.round(100 * side * widthOf(stem)) / 100;
    return {
      position,
      reason:
        `it came in mono (${(100 * (stem.heard.figures.width ?? 0)).toFixed(1)} % side), is no lead and has ${Math.round(100 * lowShare(stem))} % of its power below ` +
        `150 Hz: it goes ${Math.round(100 * Math.abs(position))} % to the ${side < 0 ? 'left' : 'right'}, by its centroid of ${Math.round(stem.heard.sound?.centroidHz ?? 0)} Hz`,
    };
  });
}

function stayReason(stem: AudibleStem): string | null {
  const { width } = stem.heard.figures;
  if (width !== null && width > OWN_IMAGE)
    return `it has an image of its own (${(100 * width).toFixed(0)} % side), which stays`;
  if (KIND_RULES[stem.kind].widestPan === 0) return `${stem.kind} stay in the middle`;
  if (lowShare(stem) > MOST_LOW)
    return `${Math.round(100 * lowShare(stem))} % of it lies below 150 Hz, and low sounds stay in the middle`;
  return null;
}

function lowShare({ heard }: AudibleStem): number {
  return heard.sound?.lowShare ?? 0;
}

/** From half of the widest at 500 Hz to the widest at 4 kHz. */
function widthOf({ kind, heard }: AudibleStem): number {
  const octaves = Math.log2((heard.sound?.centroidHz ?? 500) / 500) / 3;
  return KIND_RULES[kind].widestPan * (0.5 + 0.5 * Math.min(1, Math.max(0, octaves)));
}
