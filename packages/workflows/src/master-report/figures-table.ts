import type { MasterMeasurement } from '@tutti/music/mastering';
import type { MasterReportData } from './report-data.ts';

const ROWS: readonly {
  readonly name: string;
  readonly unit: string;
  readonly of: (figures: MasterMeasurement) => number | null;
}[] = [
  { name: 'loudness of the whole', unit: 'LUFS', of: (figures) => figures.integratedLufs },
  { name: 'loudest 3 s', unit: 'LUFS', of: (figures) => figures.shortTermMaxLufs },
  { name: 'loudness range', unit: 'LU', of: (figures) => figures.rangeLu },
  { name: 'true peak', unit: 'dBTP', of: (figures) => figures.truePeakDb },
  { name: 'crest factor', unit: 'dB', of: (figures) => figures.crestDb },
  { name: 'peak over loudness', unit: 'LU', of: (figures) => figures.peakToLoudnessDb },
  { name: 'width (share of side)', unit: '', of: (figures) => figures.width },
  { name: 'correlation of left and right', unit: '', of: (figures) => figures.correlation },
  { name: 'onsets in a second', unit: '', of: (figures) => figures.transientsPerSecond },
  { name: 'noise floor', unit: 'dBFS', of: (figures) => figures.noiseFloorDb },
  { name: 'clipped samples', unit: '', of: (figures) => figures.clippedSamples },
];

/** The measurements side by side, as rows of a table. */
export function figuresTable({ before, after }: MasterReportData): string {
  const rows = ROWS.map(({ name, unit, of }) => {
    const cells = [of(before.figures), of(after.figures)].map((value) => `<td>${figure(value, unit)}</td>`).join('');
    return `<tr><th scope="row">${name}</th>${cells}</tr>`;
  });
  return `<table><thead><tr><th></th><th scope="col">before</th><th scope="col">after</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function figure(value: number | null, unit: string): string {
  if (value === null) return '–';
  const digits = unit === '' ? (Number.isInteger(value) ? 0 : 2) : 1;
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`;
}
