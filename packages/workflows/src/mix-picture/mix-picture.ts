import { clockTime, escapeText, round } from '../svg-text.ts';
import { axis, type Chart, curveChart } from './chart.ts';
import { drawLane, type Lane } from './lane.ts';

/** What a picture of a mix shows. Times are seconds of the mix. */
export interface MixPicture {
  readonly title: string;
  readonly seconds: number;
  readonly lanes: readonly Lane[];
  readonly transitions: readonly { readonly start: number; readonly end: number; readonly label: string }[];
  /** Tempo of the mix in BPM; gaps where there is no pulse. */
  readonly tempo: readonly { readonly time: number; readonly value: number | null }[];
  /** Short-term loudness of the mix in LUFS. */
  readonly loudness: readonly { readonly time: number; readonly value: number | null }[];
}

const WIDTH = 1600;
const MARGIN = 24;
const HEADER = 84;
const LANE_HEIGHT = 62;
const LANE_GAP = 12;
const CHART_HEIGHT = 84;
/** Tracks this far apart never sound together, so they share a row: a long set does not make an endless picture. */
const MOST_ROWS = 12;
/** Share of all moments that are drawn within the height of their lane; the others are cut off there. */
const FILLED_SHARE = 0.97;

// Every rule is of the class: the picture may be part of a page.
const STYLE = `
.mix text{font:12px ui-sans-serif,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:#c9d1e0}
.mix .title{font-size:24px;font-weight:650;fill:#fff}.mix .sub{fill:#8b96ab}.mix .name{font-weight:600;fill:#fff}.mix .small{font-size:11px;fill:#8b96ab}
.mix .ground{fill:#0f131c}.mix .frame{fill:#171c28}.mix .grid{stroke:#ffffff;stroke-opacity:.07}.mix .bar{stroke:#fff;stroke-opacity:.16}.mix .phrase{stroke:#fff;stroke-opacity:.5}
.mix .join{fill:#fff;fill-opacity:.045}.mix .low{fill-opacity:.95}.mix .mid{fill-opacity:.75}.mix .high{fill:#fff;fill-opacity:.72}.mix .curve{fill:none;stroke-width:2}
.mix .effect{stroke:#ffd166;stroke-width:2.5}.mix .effect-name{font-size:9px;fill:#ffd166;stroke:#0f131c;stroke-width:3px;stroke-linejoin:round;paint-order:stroke}`;

/**
 * The amplitude that fills the height of a lane, in all lanes alike: one that is seldom exceeded, for the single loudest
 * moment would make everything else small.
 */
function fullScaleOf(lanes: readonly Lane[]): number {
  const peaks = lanes.flatMap(({ waveform: { low, mid, high } }) =>
    low.map((value, i) => Math.max(value, mid[i] ?? 0, high[i] ?? 0)),
  );
  peaks.sort((a, b) => a - b);
  return Math.max(1e-3, peaks[Math.floor(FILLED_SHARE * (peaks.length - 1))] ?? 0);
}

/**
 * Draws a mix as an SVG page: a lane with the three-band waveform for each track as it sounds in the mix, with its bars,
 * phrases, key (and by how many semitones it is moved), tempo and effects, the transitions as shades through all lanes, and
 * below the tempo and loudness of the mix. What grows with the time axis, what moves with it and what stays are groups of
 * their own, so that a page can zoom.
 * @param everyBar draw bars also where they are too close to be told apart, for those who zoom
 * @returns the text of the SVG file, without external references
 */
export function drawMix(picture: MixPicture, { everyBar = false } = {}): string {
  const fullScale = fullScaleOf(picture.lanes);
  const rows = Math.min(picture.lanes.length, MOST_ROWS);
  const lanesHeight = rows * (LANE_HEIGHT + LANE_GAP);
  const chartsTop = HEADER + lanesHeight + 18;
  const height = chartsTop + 2 * (CHART_HEIGHT + 22) + 30;
  const plot = WIDTH - 2 * MARGIN;
  const x = (time: number) => round(MARGIN + (plot * time) / Math.max(picture.seconds, 1e-9));

  const charts: Chart[] = [
    { title: 'tempo, BPM', points: picture.tempo, colour: '#7cc4ff', smallestSpan: 8, floor: 20 },
    { title: 'loudness, LUFS (short-term)', points: picture.loudness, colour: '#ffb86b', smallestSpan: 12, floor: -40 },
  ];
  const lanes = picture.lanes.map((lane, index) =>
    drawLane(lane, x, HEADER + (index % rows) * (LANE_HEIGHT + LANE_GAP), LANE_HEIGHT, {
      ...{ fullScale, rightEdge: WIDTH - MARGIN, everyBar },
    }),
  );
  const curves = charts.map((chart, index) => {
    const top = chartsTop + index * (CHART_HEIGHT + 22);
    return curveChart(chart, x, { left: MARGIN, width: plot, top, height: CHART_HEIGHT });
  });
  const marks = axis(picture.seconds, x, HEADER - 6, height - 26);
  const joins = picture.transitions.map(({ start, end, label }, index) => {
    const left = x(start);
    const width = round(Math.max(1, x(end) - left));
    return `<rect class="join" data-join="${index}" x="${left}" y="${HEADER - 6}" width="${width}" height="${height - HEADER - 24}"><title>${escapeText(label)}</title></rect>`;
  });
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="mix" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeText(picture.title)}">`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="40">${escapeText(picture.title)}</text>`,
    `<text class="sub" x="${MARGIN}" y="62">${picture.lanes.length} tracks, ${clockTime(picture.seconds)}</text>`,
    '<g class="shapes">',
    ...joins,
    ...lanes.map(({ shapes }) => shapes),
    ...curves.map(({ shapes }) => shapes),
    `<g class="axis">${marks.shapes}</g>`,
    '</g>',
    `<g class="names">${lanes.map(({ label }) => label).join('\n')}</g>`,
    `<g class="times">${marks.words}</g>`,
    ...curves.map(({ words }) => words),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}
