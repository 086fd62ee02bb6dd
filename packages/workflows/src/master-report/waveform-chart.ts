import type { BandLevelsResult } from '@tutti/dsp';
import type { MeasuredSong } from '@tutti/music/mastering';
import { clockTime } from '../svg-text.ts';
import { lineChart, timeMarks } from './line-chart.ts';
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
      xMarks: timeMarks(seconds, clockTime),
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

const SOFTEST = 1e-5;

function peaks({ secondPeaks }: MeasuredSong): [number, number][] {
  return secondPeaks.flatMap((peak, second): [number, number][] => {
    const decibels = 20 * Math.log10(Math.max(SOFTEST, peak));
    return [
      [second, decibels],
      [second + 1, decibels],
    ];
  });
}

/** Root of the mean square over all bands and both channels; the loudest of several hops where there are many. */
function level({ columns, hopSeconds, hops, perHop }: BandLevelsResult): [number, number][] {
  const powers = Float64Array.from({ length: hops }, (_, hop) => {
    let sum = 0;
    for (let at = hop * columns; at < (hop + 1) * columns; at++) sum += perHop.left[at]! + perHop.right[at]!;
    return sum / 2;
  });
  const step = Math.max(1, Math.ceil(hops / MOST_POINTS));
  return Array.from({ length: Math.ceil(hops / step) }, (_, i) => {
    const loudest = powers.subarray(i * step, (i + 1) * step).reduce((most, power) => Math.max(most, power), 0);
    return [(i + 0.5) * step * hopSeconds, 10 * Math.log10(Math.max(SOFTEST ** 2, loudest))];
  });
}
