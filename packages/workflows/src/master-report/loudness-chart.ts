import type { MeasuredSong } from '@tutti/music/mastering';
import { type Line, type LineChart, levelMarks, lineChart, timeMarks } from '../report-page/line-chart.ts';
import { clockTime } from '../svg-text.ts';
import type { MasterReportData } from './report-data.ts';

const HOP_SECONDS = 0.1;
const WINDOW_SECONDS = 3;
/** Softer than this is drawn as a gap. */
const SILENT_LUFS = -70;
/** LU below the loudest that the chart shows. */
const DEPTH_LU = 30;
const MOST_POINTS = 1200;

/** Short-term loudness before and after, with the target. */
export function loudnessChart({ plan, before, after }: MasterReportData): string {
  const seconds = Math.max(WINDOW_SECONDS, plan.source.seconds);
  const loudest = Math.max(...[before, after].map(({ figures }) => figures.shortTermMaxLufs ?? SILENT_LUFS));
  const to = Math.ceil((Math.max(loudest, plan.target.loudnessLufs ?? SILENT_LUFS) + 1) / 5) * 5;
  const from = to - DEPTH_LU;
  const lines: Line[] = [
    { className: 'before', points: shortTerm(before) },
    { className: 'after', points: shortTerm(after) },
  ];
  const aim = plan.target.loudnessLufs;
  if (aim !== null)
    lines.push({
      className: 'aim',
      points: [
        [0, aim],
        [seconds, aim],
      ],
    });
  const chart: LineChart = {
    description: 'short-term loudness before and after mastering',
    height: 220,
    x: { from: 0, to: seconds },
    y: { from, to },
    xMarks: timeMarks(0, seconds, clockTime),
    yMarks: levelMarks(from, to, 7),
    unit: 'LUFS',
    lines,
  };
  return lineChart(chart);
}

/** Value i is of 3 s; it stands in their middle. A long song is drawn by the loudest of several. */
function shortTerm({ loudness }: MeasuredSong): [number, number | null][] {
  const values = loudness.shortTerm;
  const step = Math.max(1, Math.ceil(values.length / MOST_POINTS));
  return Array.from({ length: Math.ceil(values.length / step) }, (_, i) => {
    const loudest = Math.max(...values.subarray(i * step, (i + 1) * step));
    return [i * step * HOP_SECONDS + WINDOW_SECONDS / 2, loudest > SILENT_LUFS ? loudest : null];
  });
}
