import { axis } from '../mix-picture/chart.ts';
import { escapeText, round } from '../svg-text.ts';
import { withoutPartner } from './nearness.ts';
import { area, FULL_WIDTH, type Panel, strokes, TITLE_HEIGHT, titleLine } from './panel.ts';
import type { AnalysisPicture } from './picture-data.ts';

const WAVE_HEIGHT = 84;
const BAND_HEIGHT = 18;
const AXIS_HEIGHT = 22;
/** Points over the width of the panel. */
const POINTS = 488;

interface Span {
  readonly start: number;
  readonly end: number;
  readonly label?: string;
}

/**
 * The course of a track: its energy in three ranges, the sections that were heard and, where known, the true ones, and
 * the beats that are wrong: true ones that were missed and heard ones that are none.
 */
export function overviewPanel({ line: { structure, tempo }, evidence, truth }: AnalysisPicture): Panel {
  const { seconds, bandEnergies } = evidence;
  const x = (time: number) => round((FULL_WIDTH * Math.min(time, seconds)) / Math.max(seconds, 1e-9));
  const bottom = TITLE_HEIGHT + WAVE_HEIGHT;
  const ranges = [bandEnergies.low, bandEnergies.mid, bandEnergies.high].map(amplitudes);
  const loudest = ranges.flat().reduce((most, value) => Math.max(most, value), 1e-6);
  const columns = ranges[0]!.length;
  const outline = (values: readonly number[]) =>
    area(
      values,
      (i) => round(((i + 0.5) * FULL_WIDTH) / columns),
      (value) => round(bottom - (value / loudest) * (WAVE_HEIGHT - 4)),
    );
  const parts = [
    // The time axis goes behind everything else once the height is known.
    `<rect class="frame" y="${TITLE_HEIGHT}" width="${FULL_WIDTH}" height="${WAVE_HEIGHT}" rx="4"/>`,
    ...['low', 'mid', 'high'].map((name, i) => `<path class="${name}" d="${outline(ranges[i]!)}"/>`),
  ];
  let height = bottom + 4;
  const rows: string[] = ['energy of bass, middle and treble'];
  if (structure) {
    parts.push(band(structure.sections, x, height, 'heard'));
    height += BAND_HEIGHT + 4;
    rows.push('sections heard');
  }
  if (structure && truth?.sections) {
    parts.push(band(truth.sections, x, height, 'known'));
    height += BAND_HEIGHT + 4;
    rows.push('true sections');
  }
  if (tempo && truth?.beats) {
    const missed = withoutPartner(truth.beats, tempo.beats);
    const wrong = withoutPartner(tempo.beats, truth.beats);
    parts.push(
      `<rect class="frame" y="${height}" width="${FULL_WIDTH}" height="${BAND_HEIGHT}" rx="3"/>`,
      strokes(missed.map(x), height, BAND_HEIGHT / 2, 'known thin'),
      strokes(wrong.map(x), height + BAND_HEIGHT / 2, BAND_HEIGHT / 2, 'heard thin'),
    );
    height += BAND_HEIGHT + 4;
    rows.push(`${missed.length} of ${truth.beats.length} beats missed, ${wrong.length} of ${tempo.beats.length} wrong`);
  }
  const marks = axis(seconds, x, TITLE_HEIGHT, height);
  parts.splice(1, 0, marks.shapes, marks.words);
  parts.push(titleLine('course', rows.join(', then '), FULL_WIDTH));
  return { title: 'course of the track', width: FULL_WIDTH, height: height + AXIS_HEIGHT, body: parts.join('') };
}

/** Root mean square amplitude in each column. */
function amplitudes(energies: Float32Array): number[] {
  const columns = Math.min(POINTS, energies.length);
  return Array.from({ length: columns }, (_, column) => {
    const part = energies.subarray(
      Math.floor((column * energies.length) / columns),
      Math.floor(((column + 1) * energies.length) / columns),
    );
    return Math.sqrt(part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length));
  });
}

function band(spans: readonly Span[], x: (time: number) => number, top: number, name: 'heard' | 'known'): string {
  return spans
    .map(({ start, end, label = '' }) => {
      const left = x(start);
      const width = round(Math.max(1, x(end) - left));
      const rect = `<rect class="${name}-area border" x="${left}" y="${top}" width="${width}" height="${BAND_HEIGHT}" rx="3"/>`;
      // A name wider than its section would run into the next.
      const fits = width > 8 + 7 * label.length;
      return fits
        ? `${rect}<text class="${name}-text" x="${left + 5}" y="${top + 13}">${escapeText(label)}</text>`
        : rect;
    })
    .join('');
}
