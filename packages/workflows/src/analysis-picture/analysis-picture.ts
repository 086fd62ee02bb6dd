import { clockTime, escapeText } from '../svg-text.ts';
import { beatPanels } from './beat-panel.ts';
import { keyPanel } from './key-panel.ts';
import { overviewPanel } from './overview-panel.ts';
import type { Panel } from './panel.ts';
import type { AnalysisPicture } from './picture-data.ts';
import { ANALYSIS_PICTURE_STYLE } from './picture-style.ts';
import { structurePanel } from './structure-panel.ts';

const GAP = 16;
const MARGIN = 24;
const HEADER = 64;

/**
 * The panels of a picture: the course of the track with its sections and beats, excerpts of the onset curve with the
 * beats, the pitch classes with the profile of the key, the self-similarity of the bars with the sections.
 */
export function analysisPanels(picture: AnalysisPicture): Panel[] {
  return [overviewPanel(picture), ...beatPanels(picture), keyPanel(picture), structurePanel(picture)].filter(
    (panel) => panel !== null,
  );
}

/** One panel as an SVG element of a page that has ANALYSIS_PICTURE_STYLE. */
export function drawPanel({ title, width, height, body }: Panel): string {
  return `<svg class="analysis-picture" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(title)}">${body}</svg>`;
}

/**
 * Draws an analysis as an SVG page: the first panel over the whole width, the others in two columns below it, the tallest
 * first.
 * @returns the text of the SVG file, without external references
 */
export function drawAnalysis(picture: AnalysisPicture): string {
  const [first, ...others] = analysisPanels(picture);
  others.sort((a, b) => b.height - a.height);
  const width = 2 * MARGIN + first!.width;
  const heights = [0, 0];
  const top = HEADER + first!.height + GAP;
  const placed = others.map((panel) => {
    const column = heights[0]! <= heights[1]! ? 0 : 1;
    const y = top + heights[column]!;
    heights[column] = heights[column]! + panel.height + GAP;
    return place(panel, column === 0 ? MARGIN : width - MARGIN - panel.width, y);
  });
  const height = top + Math.max(...heights) + MARGIN - GAP;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="analysis-picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(picture.title)}">`,
    `<style>${ANALYSIS_PICTURE_STYLE}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="34">${escapeText(picture.title)}</text>`,
    `<text class="sub" x="${MARGIN}" y="54">${escapeText(factsOf(picture))}</text>`,
    place(first!, MARGIN, HEADER),
    ...placed,
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function place({ body }: Panel, x: number, y: number): string {
  return `<g transform="translate(${x} ${y})">${body}</g>`;
}

function factsOf({ line: { tempo, key, loudness }, evidence: { seconds } }: AnalysisPicture): string {
  const facts = [clockTime(seconds)];
  if (tempo) facts.push(tempo.bpm === null ? 'no tempo' : `${tempo.bpm.toFixed(2)} BPM, ${tempo.kind}`);
  if (key) facts.push(key.tonic === null ? 'no key' : `${key.tonic} ${key.mode} (${key.camelot})`);
  if (loudness) {
    facts.push(loudness.integratedLufs === null ? 'silent' : `${loudness.integratedLufs.toFixed(1)} LUFS`);
  }
  return facts.join(', ');
}
