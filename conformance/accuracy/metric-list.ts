/** Everything that is measured of one file. */
export const METRIC_NAMES = [
  'acc1',
  'acc2',
  'acc1Within1',
  'noTempo',
  'beatF',
  'cmlT',
  'amlT',
  'downbeatF',
  'keyWeighted',
  'keyExact',
  'keyBothFifths',
  'boundary05',
  'boundary3',
  'boundary05Trim',
  'boundary3Trim',
  'loudnessError',
  'truePeakError',
  'rangeError',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

export interface MetricWords {
  readonly title: string;
  readonly explanation: string;
  /** Shares are shown in percent, and more is better; errors in their unit, and less is. */
  readonly unit: 'share' | 'LU' | 'dB';
}

export const METRICS: Readonly<Record<MetricName, MetricWords>> = {
  acc1: { title: 'Acc1', explanation: 'tempo within 4 %', unit: 'share' },
  acc2: { title: 'Acc2', explanation: 'tempo, or 2, 3, 1/2 or 1/3 times it, within 4 %', unit: 'share' },
  acc1Within1: { title: 'Acc1, 1 %', explanation: 'tempo within 1 %', unit: 'share' },
  noTempo: { title: 'no tempo', explanation: 'noise, silence and speech answered with no tempo', unit: 'share' },
  beatF: { title: 'beat F', explanation: 'F-measure of beats within 70 ms, from 5 s on', unit: 'share' },
  cmlT: { title: 'CMLt', explanation: 'beats right in place and length at the annotated level', unit: 'share' },
  amlT: { title: 'AMLt', explanation: 'the same, also at double, half and off-beat', unit: 'share' },
  downbeatF: { title: 'downbeat F', explanation: 'F-measure of downbeats within 70 ms, from 5 s on', unit: 'share' },
  keyWeighted: {
    title: 'key, weighted',
    explanation: '1 exact, 0.5 a fifth above, 0.3 relative, 0.2 parallel',
    unit: 'share',
  },
  keyExact: { title: 'key, exact', explanation: 'tonic and mode right', unit: 'share' },
  keyBothFifths: { title: 'key, both fifths', explanation: 'weighted, a fifth below counts 0.5 too', unit: 'share' },
  boundary05: { title: 'sections 0.5 s', explanation: 'F-measure of section boundaries within 0.5 s', unit: 'share' },
  boundary3: { title: 'sections 3 s', explanation: 'F-measure of section boundaries within 3 s', unit: 'share' },
  boundary05Trim: { title: 'inner 0.5 s', explanation: 'the same without the first and last', unit: 'share' },
  boundary3Trim: { title: 'inner 3 s', explanation: 'the same without the first and last', unit: 'share' },
  loudnessError: { title: 'loudness error', explanation: 'integrated loudness, mean absolute error', unit: 'LU' },
  truePeakError: { title: 'true peak error', explanation: 'mean absolute error', unit: 'dB' },
  rangeError: { title: 'range error', explanation: 'loudness range, mean absolute error', unit: 'LU' },
};
