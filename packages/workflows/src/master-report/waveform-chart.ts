import type { BandLevelsResult } from '@tutti/dsp';
import { hopLevels, type MeasuredSong } from '@tutti/music/mastering';
import { lineChart, timeMarks } from '../report-page/line-chart.ts';
import { clockTime } from '../svg-text.ts';
import type { MasterReportData } from './report-data.ts';

const MOST_POINTS = 960;

/** Peaks of each second and the level below them, before above and after below, on one scale of dB. */
export function waveformCharts(data: MasterReportData): { readonly before: string; readonly after: string } {
  const seconds = Math.max(1, data.plan.source.seconds);
  const draw = (song: MeasuredSong, className: string, description: string) =>
    lineChart({
      description,
      height: 130,
      x: { from: 0, to: seconds },
      y: { from: -36, to: 0 },
      xMarks: timeMarks(0, seconds, clockTime),
      yMarks: [-36, -24, -12, 0],
      unit: 'dBFS',
      lines: [
        { className: `${className} peak`, points: peaks(song), filled: true },
        { className, points: level(song.bands), filled: true },
      ],
    });
  return {
    before: draw(data.before, 'before', 'peak and level before mastering'),
    after: draw(data.after, 'after', 'peak and level after mastering'),
  };
}

const SOFTEST_DB = -100;

function peaks({ secondPeaks }: MeasuredSong): [number, number][] {
  return secondPeaks.flatMap((peak, second): [number, number][] => {
    const decibels = Math.max(SOFTEST_DB, 20 * Math.log10(peak));
    return [
      [second, decibels],
      [second + 1, decibels],
    ];
  });
}

/** Root of the mean square over all bands and both channels; the loudest of several hops where there are many. */
function level(bands: BandLevelsResult): [number, number][] {
  const levels = hopLevels(bands);
  const step = Math.max(1, Math.ceil(levels.length / MOST_POINTS));
  return Array.from({ length: Math.ceil(levels.length / step) }, (_, i) => [
    (i + 0.5) * step * bands.hopSeconds,
    Math.max(SOFTEST_DB, ...levels.subarray(i * step, (i + 1) * step)),
  ]);
}
