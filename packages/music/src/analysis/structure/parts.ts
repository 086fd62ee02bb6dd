import { type BarDirections, likeness } from './likeness.ts';

/** Sections whose bars correlate by more than this, one after another, are the same music: more is shared than is not. */
const SAME_MUSIC = 0.5;
/** A section is compared with this many parts at most, the latest: what a set of ten hours takes stays in proportion. */
const MOST_COMPARED = 26;

/** A stretch of bars. */
export interface BarSpan {
  readonly firstBar: number;
  /** One past the last. */
  readonly endBar: number;
}

/**
 * Finds out which sections are the same music.
 * @param directions how each bar differs from the whole track's mean
 * @returns a number for each section, from 0 in order of appearance: that of the earlier part it is most like, or a new one
 */
export function partsOf(directions: BarDirections, spans: readonly BarSpan[]): number[] {
  const firsts: BarSpan[] = [];
  return spans.map((span) => {
    let part = -1;
    let most = SAME_MUSIC;
    for (let other = Math.max(0, firsts.length - MOST_COMPARED); other < firsts.length; other++) {
      const alike = pathLikeness(directions, firsts[other]!, span);
      if (alike > most) {
        most = alike;
        part = other;
      }
    }
    return part < 0 ? firsts.push(span) - 1 : part;
  });
}

/** Mean likeness of two sections bar by bar, begun or ended together; -1 where one is more than twice as long. */
function pathLikeness(directions: BarDirections, a: BarSpan, b: BarSpan): number {
  const lengths = [a.endBar - a.firstBar, b.endBar - b.firstBar];
  const shorter = Math.min(...lengths);
  if (2 * shorter < Math.max(...lengths)) return -1;
  const mean = (first: number, second: number) => {
    let sum = 0;
    for (let bar = 0; bar < shorter; bar++) sum += likeness(directions, first + bar, second + bar);
    return sum / shorter;
  };
  return Math.max(mean(a.firstBar, b.firstBar), mean(a.endBar - shorter, b.endBar - shorter));
}
