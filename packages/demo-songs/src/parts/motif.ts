import type { Random } from '../random.ts';
import { readSteps, STEPS_PER_BEAT } from './pattern.ts';

/** A note of a motif: where it lies within its two bars, and how many scale steps above the motif's anchor. */
export interface MotifNote {
  readonly beat: number;
  readonly beats: number;
  readonly steps: number;
}

export type Motif = readonly MotifNote[];

const WIDEST_STEPS = 6;

/** Mostly steps and skips, now and then a leap; a leap is answered by a step back. */
function nextMove(last: number, random: Random): number {
  if (Math.abs(last) >= 3) return -Math.sign(last);
  const draw = random.next();
  const size = draw < 0.14 ? 0 : draw < 0.62 ? 1 : draw < 0.88 ? 2 : draw < 0.95 ? 3 : 4;
  const keepsDirection = random.chance(0.58) ? 1 : -1;
  return size * keepsDirection * (last === 0 ? 1 : Math.sign(last));
}

/** Invents a motif on a rhythm of two bars (`|` between them). */
export function inventMotif(bars: readonly string[], random: Random): Motif {
  let steps = random.pick([0, 0, 2, 4, -1]);
  let move = random.pick([1, -1]);
  return bars.flatMap((bar, index) =>
    readSteps(bar).map(({ step, steps: length }) => {
      const note = { beat: (index * bar.length + step) / STEPS_PER_BEAT, beats: length / STEPS_PER_BEAT, steps };
      move = nextMove(move, random);
      if (Math.abs(steps + move) > WIDEST_STEPS) move = -move;
      steps += move;
      return note;
    }),
  );
}

/** The same beginning with another end: the last third of the notes gets another contour. */
export function varyEnding(motif: Motif, random: Random): Motif {
  const first = Math.ceil((motif.length * 2) / 3);
  let steps = motif[first - 1]?.steps ?? 0;
  let move = random.pick([1, -1]);
  return motif.map((note, i) => {
    if (i < first) return note;
    move = nextMove(move, random);
    if (Math.abs(steps + move) > WIDEST_STEPS) move = -move;
    steps += move;
    return { ...note, steps };
  });
}

/** A motif that comes to rest: the notes after the first downbeat of the second bar give way to one long one. */
export function closeMotif(motif: Motif, beatsPerBar: number): Motif {
  const kept = motif.filter((note) => note.beat < beatsPerBar);
  return [...kept, { beat: beatsPerBar, beats: Math.max(1, beatsPerBar - 1), steps: 0 }];
}

/** The long notes of a motif only, each held to the next: the theme remembered, for breaks. */
export function calmMotif(motif: Motif, beatsPerBar: number): Motif {
  const kept = motif.filter((note, i) => i === 0 || Number.isInteger(note.beat) || note.beats >= 1);
  return kept.map((note, i) => ({ ...note, beats: (kept[i + 1]?.beat ?? 2 * beatsPerBar) - note.beat }));
}
