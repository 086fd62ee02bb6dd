import { clockTime } from '@tutti/exchange';
import type { JoinWish, MixPlan, MixTransition } from '@tutti/music/mixing';

const MOST_TITLE = 48;

/** A plan as a table in text: a line for each track, and between two of them how they are joined. */
export function planTable(plan: MixPlan, joins: readonly (JoinWish | undefined)[]): string[] {
  const titles = plan.tracks.map(({ title }) => shortened(title, MOST_TITLE));
  const width = Math.max(5, ...titles.map((title) => title.length));
  const digits = String(plan.tracks.length).length;
  const rows = plan.tracks.flatMap(({ start, camelot, bpm }, index) => {
    const key = (camelot ?? '').padEnd(4);
    const tempo = (bpm === null ? '' : bpm.toFixed(1)).padStart(5);
    const track = `${String(index + 1).padStart(digits)}  ${clockTime(start).padStart(7)}  ${titles[index]!.padEnd(width)}  ${key}${tempo}`;
    const transition = plan.transitions.find(({ from }) => from === index);
    const indent = ' '.repeat(digits + 2);
    return transition ? [track, `${indent}${joinLine(transition, joins[index])}`] : [track];
  });
  const heads = `${'#'.padStart(digits)}  ${'from'.padStart(7)}  ${'track'.padEnd(width)}  ${'key'.padEnd(4)}  BPM`;
  return [heads, ...rows, `${' '.repeat(digits + 2)}${clockTime(plan.seconds).padStart(7)}  end`];
}

function joinLine({ technique, bars, start, end, score, from }: MixTransition, wish: JoinWish | undefined): string {
  const seconds = end - start;
  const length = bars ? `${bars} bars` : seconds < 1 ? '' : `${seconds.toFixed(1)} s`;
  const facts = [technique, length, `score ${score.toFixed(2)}`].filter(Boolean).join(', ');
  return `${clockTime(start).padStart(7)}  -> ${from + 1}: ${facts}${wish ? `  (asked for: ${wishWords(wish)})` : ''}`;
}

/** A wish in the words of the commands that make it. */
export function wishWords({ technique, bars, outSeconds, inSeconds }: JoinWish): string {
  const parts = [
    technique,
    bars === undefined ? undefined : `${bars} bars`,
    outSeconds === undefined ? undefined : `out ${exactTime(outSeconds)}`,
    inSeconds === undefined ? undefined : `in ${exactTime(inSeconds)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** "3:07.5" */
function exactTime(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
}

/** Code points, so that no character is cut in two. */
function shortened(text: string, most: number): string {
  const letters = Array.from(text);
  return letters.length <= most ? text : `${letters.slice(0, most - 3).join('')}...`;
}
