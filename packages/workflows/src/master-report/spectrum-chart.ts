import { cascadeResponseDb } from '@tutti/dsp';
import type { MasterPlan, MeasuredSong } from '@tutti/music/mastering';
import { type Line, levelMarks, lineChart } from '../report-page/line-chart.ts';
import type { MasterReportData } from './report-data.ts';

const MARKS: [number, string][] = [
  [20, '20 Hz'],
  [50, '50'],
  [100, '100'],
  [200, '200'],
  [500, '500'],
  [1000, '1 kHz'],
  [2000, '2'],
  [5000, '5'],
  [10_000, '10'],
  [20_000, '20 kHz'],
];
const FREQUENCIES = { from: 20, to: 20_000, logarithmic: true };
const DEPTH_DB = 60;
const RESPONSE_DB = 6;
const RESPONSE_POINTS = 240;

/** Levels of the third octaves before and after, both songs as loud as the master: what differs is the balance. */
export function spectrumChart({ before, after }: MasterReportData): string {
  const raise = (after.figures.integratedLufs ?? 0) - (before.figures.integratedLufs ?? 0);
  const lines: Line[] = [
    { className: 'before', points: levels(before, raise) },
    { className: 'after', points: levels(after, 0) },
  ];
  const known = lines.flatMap(({ points }) => points.flatMap(([, level]) => (level === null ? [] : [level])));
  const to = Math.ceil((Math.max(-90, ...known) + 3) / 10) * 10;
  return lineChart({
    description: 'spectrum in third octaves before and after mastering, at equal loudness',
    height: 240,
    x: FREQUENCIES,
    y: { from: to - DEPTH_DB, to },
    xMarks: MARKS,
    yMarks: levelMarks(to - DEPTH_DB, to, 7),
    unit: 'dB',
    lines,
  });
}

function levels({ figures }: MeasuredSong, raiseDb: number): [number, number | null][] {
  return figures.bands.map(({ frequencyHz, levelDb }) => [frequencyHz, levelDb === null ? null : levelDb + raiseDb]);
}

/** What the equaliser of the plan does to each frequency; empty when there is none. */
export function responseChart({ plan }: MasterReportData): string {
  const stage = plan.stages.find((each) => each.kind === 'equaliser');
  if (!stage) return '';
  const bands = stage.bands.map(({ gainDb, ...band }) => (gainDb === undefined ? band : { ...band, gainDb }));
  const response = cascadeResponseDb(bands, plan.output.sampleRate);
  const top = highestHz(plan);
  const points = Array.from({ length: RESPONSE_POINTS }, (_, i): [number, number] => {
    const frequencyHz = 20 * (top / 20) ** (i / (RESPONSE_POINTS - 1));
    return [frequencyHz, response(frequencyHz)];
  });
  const most = Math.max(RESPONSE_DB, ...points.map(([, decibels]) => Math.ceil(Math.abs(decibels))));
  return lineChart({
    description: 'gain of the equaliser over frequency',
    height: 160,
    x: FREQUENCIES,
    y: { from: -most, to: most },
    xMarks: MARKS,
    yMarks: levelMarks(-most, most, 6),
    unit: 'dB',
    lines: [{ className: 'after', points }],
  });
}

function highestHz(plan: MasterPlan): number {
  return Math.min(20_000, 0.49 * plan.output.sampleRate);
}
