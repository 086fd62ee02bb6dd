/** Steps of a pattern per beat: sixteenths. */
export const STEPS_PER_BEAT = 4;

/**
 * One bar of a pattern, in the song's meter. Patterns are written in sixteenths, bars separated by `|`; they are taken in
 * turn. A 4/4 pattern loses its last beat in 3/4, a 3/4 pattern repeats its last beat in 4/4.
 */
export function patternBar(pattern: string, bar: number, beatsPerBar: number): string {
  const bars = pattern.split('|');
  const steps = bars[bar % bars.length]!;
  const wanted = beatsPerBar * STEPS_PER_BEAT;
  return steps.length >= wanted ? steps.slice(0, wanted) : steps + steps.slice(2 * steps.length - wanted);
}

/** A step at which something starts, with the steps it lasts: up to the next mark, through `-`, not through `.`. */
export interface PatternStep {
  readonly mark: string;
  readonly step: number;
  readonly steps: number;
}

/** The marks of one bar and how long each is held. */
export function readSteps(bar: string): PatternStep[] {
  const steps: PatternStep[] = [];
  for (let step = 0; step < bar.length; step++) {
    const mark = bar[step]!;
    if (mark === '.' || mark === '-') continue;
    let end = step + 1;
    while (bar[end] === '-') end++;
    steps.push({ mark, step, steps: end - step });
  }
  return steps;
}
