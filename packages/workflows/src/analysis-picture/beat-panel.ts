import { clockTime, round } from '../svg-text.ts';
import { withoutPartner } from './nearness.ts';
import { area, COLUMN_WIDTH, type Panel, strokes, TITLE_HEIGHT, titleLine } from './panel.ts';
import type { AnalysisPicture } from './picture-data.ts';

/** Short enough that onsets and beats can be told apart. */
const EXCERPT_SECONDS = 8;
const CURVE_HEIGHT = 96;
/** Strokes of beats reach this far into the curve from above (true) and below (heard). */
const STROKE_HEIGHT = 30;

/**
 * Excerpts of the onset curve with the beats that were heard, from below, and the true ones, from above; first beats of
 * a bar are thick. From the start, from where most beats are wrong (or the middle, without truth), and from the end.
 */
export function beatPanels(picture: AnalysisPicture): Panel[] {
  const { line, evidence, truth } = picture;
  const { tempo } = line;
  const { onset } = evidence;
  if (!tempo || !onset) return [];
  const last = Math.max(0, evidence.seconds - EXCERPT_SECONDS);
  const middle = truth?.beats ? worstStart(tempo.beats, truth.beats, last) : last / 2;
  return [...new Set([0, middle, last])]
    .sort((a, b) => a - b)
    .map((start, i) => excerpt(picture, { ...tempo, onset }, start, i === 0 ? 'beats on the onset curve' : 'beats'));
}

/** Start of the excerpt with most beats missed or wrong. */
function worstStart(heard: readonly number[], truth: readonly number[], last: number): number {
  const wrong = [...withoutPartner(truth, heard), ...withoutPartner(heard, truth)];
  let worst = { start: last / 2, count: 0 };
  for (let start = 0; start <= last; start += EXCERPT_SECONDS) {
    const count = wrong.filter((time) => time >= start && time < start + EXCERPT_SECONDS).length;
    if (count > worst.count) worst = { start, count };
  }
  return worst.start;
}

/** Onset strength, and the times of what was heard on it. */
interface Heard {
  readonly onset: Float32Array;
  readonly beats: readonly number[];
  readonly downbeats: readonly number[];
}

function excerpt(
  { evidence: { frameRate }, truth }: AnalysisPicture,
  { onset, beats, downbeats }: Heard,
  start: number,
  title: string,
): Panel {
  const x = (time: number) => round(((time - start) * COLUMN_WIDTH) / EXCERPT_SECONDS);
  const within = (times: readonly number[]) =>
    times.filter((time) => time >= start && time <= start + EXCERPT_SECONDS).map(x);
  const first = Math.floor(start * frameRate);
  // The root lets weak onsets be seen beside strong ones.
  const values = Array.from(onset.subarray(first, first + Math.ceil(EXCERPT_SECONDS * frameRate)), Math.sqrt);
  const highest = values.reduce((most, value) => Math.max(most, value), 1e-6);
  const bottom = TITLE_HEIGHT + CURVE_HEIGHT;
  const curve = area(
    values,
    (i) => x((first + i) / frameRate),
    (value) => round(bottom - (value / highest) * (CURVE_HEIGHT - 6)),
  );
  const bars = new Set(downbeats);
  const heardTop = bottom - STROKE_HEIGHT;
  const body = [
    `<rect class="frame" y="${TITLE_HEIGHT}" width="${COLUMN_WIDTH}" height="${CURVE_HEIGHT}" rx="4"/>`,
    `<path class="high" d="${curve}"/>`,
    strokes(within(truth?.beats ?? []), TITLE_HEIGHT, STROKE_HEIGHT, 'known'),
    strokes(within(truth?.downbeats ?? []), TITLE_HEIGHT, STROKE_HEIGHT, 'known strong'),
    strokes(within(beats.filter((beat) => !bars.has(beat))), heardTop, STROKE_HEIGHT, 'heard'),
    strokes(within(downbeats), heardTop, STROKE_HEIGHT, 'heard strong'),
    titleLine(
      title,
      `${clockTime(start)} to ${clockTime(start + EXCERPT_SECONDS)}${truth?.beats ? ', true above, heard below' : ''}`,
      COLUMN_WIDTH,
    ),
  ];
  return { title: `${title} from ${clockTime(start)}`, width: COLUMN_WIDTH, height: bottom, body: body.join('') };
}
