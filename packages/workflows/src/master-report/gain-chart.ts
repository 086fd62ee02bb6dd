import { levelMarks, lineChart, timeMarks } from '../report-page/line-chart.ts';
import { clockTime } from '../svg-text.ts';
import type { MasterReportData } from './report-data.ts';

const SMALLEST_SPAN_DB = 3;
const MOST_POINTS = 960;

/** Stages whose changes are told. */
const FOLLOWERS = [
  { kind: 'dynamics', key: 'dynamicsDb' },
  { kind: 'limiter', key: 'limiterDb' },
] as const;

/** How much each stage that follows the level changed it over time, from 0 downwards; with what it did. */
export function gainCharts({
  plan,
  gainChanges,
}: MasterReportData): { readonly title: string; readonly chart: string }[] {
  return FOLLOWERS.filter(({ kind }) => plan.stages.some((stage) => stage.kind === kind)).map(({ kind, key }) => {
    const step = Math.max(1, Math.ceil(gainChanges.length / MOST_POINTS));
    const points = Array.from({ length: Math.ceil(gainChanges.length / step) }, (_, i): [number, number] => {
      const part = gainChanges.slice(i * step, (i + 1) * step);
      return [part[0]!.seconds, Math.max(...part.map((change) => change[key]))];
    });
    const most = Math.max(SMALLEST_SPAN_DB, ...points.map(([, value]) => Math.ceil(value)));
    const chart = lineChart({
      description: `how much the ${kind} changed the level`,
      height: 110,
      x: { from: 0, to: Math.max(1, plan.source.seconds) },
      y: { from: most, to: 0 },
      xMarks: timeMarks(0, plan.source.seconds, clockTime),
      yMarks: levelMarks(0, most, 4),
      unit: 'dB',
      lines: [{ className: 'gain', points }],
    });
    const raised = plan.stages.some(
      (stage) => stage.kind === kind && stage.kind === 'dynamics' && stage.mode === 'expand',
    );
    return { title: `${kind}, ${raised ? 'raised' : 'lowered'} by`, chart };
  });
}
