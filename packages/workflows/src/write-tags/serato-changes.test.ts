import type { AnalysisLine } from '@tutti/contract';
import {
  NO_SERATO_MARKERS,
  parseSeratoBeatGrid,
  parseSeratoFirstMarkers,
  parseSeratoMarkers,
  type SeratoMarkers,
} from '@tutti/exchange';
import { describe, expect, it } from 'vitest';
import { cueChange, gridChange } from './serato-changes.ts';

const beats = Array.from({ length: 200 }, (_, beat) => 0.25 + beat / 2);
const line = {
  format: { seconds: 100 },
  tempo: {
    bpm: 120,
    confidence: 1,
    kind: 'constant',
    candidates: [],
    beats,
    downbeats: beats.filter((_, i) => i % 4 === 0),
    meter: 4,
  },
  structure: {
    sections: [],
    phrases: [],
    introEnd: null,
    outroStart: null,
    cues: [
      { time: 0.25, kind: 'mix-in', label: 'mix in' },
      { time: 32.25, kind: 'drop', label: 'drop' },
      { time: 64.25, kind: 'mix-out', label: 'mix out' },
    ],
  },
} as unknown as AnalysisLine;
const GREEN = { red: 0, green: 200, blue: 0 };
const theirs: SeratoMarkers = {
  ...NO_SERATO_MARKERS,
  cues: [
    { index: 1, seconds: 32.27, colour: GREEN, name: 'my drop' },
    { index: 4, seconds: 50, colour: GREEN, name: 'mine' },
  ],
  loops: [{ index: 0, seconds: 8, endSeconds: 16, colour: GREEN, name: 'loop', locked: true }],
  colour: GREEN,
  gridLocked: true,
  others: [{ type: 'FLIP', data: Uint8Array.of(1, 2, 3) }],
};

describe('cueChange', () => {
  it('puts what was heard on free pads and keeps all that is there', () => {
    const change = cueChange(line, { markers: theirs, grid: [], remarks: [] })!;
    const { markers } = parseSeratoMarkers(change.objects.seratoMarkers!.bytes);
    expect(markers.cues.map(({ index, seconds, name }) => [index, seconds, name])).toEqual([
      [0, 0.25, 'mix in'],
      [1, 32.27, 'my drop'],
      [2, 64.25, 'mix out'],
      [4, 50, 'mine'],
    ]);
    expect({ ...markers, cues: [] }).toEqual({ ...theirs, cues: [] });
    expect(parseSeratoFirstMarkers(change.objects.seratoFirstMarkers!.bytes).cues).toHaveLength(4);
    expect([change.before, change.after]).toEqual(['2 cues', '4 cues, new: mix in 0:00, mix out 1:04']);
  });

  it('has nothing to add where all is there, or all pads are taken', () => {
    const full = Array.from({ length: 8 }, (_, index) => ({ index, seconds: 70 + index, colour: GREEN, name: '' }));
    expect(cueChange(line, { markers: { ...theirs, cues: full }, grid: [], remarks: [] })).toBeNull();
    const first = cueChange(line, { markers: null, grid: [], remarks: [] })!;
    const { markers } = parseSeratoMarkers(first.objects.seratoMarkers!.bytes);
    expect(cueChange(line, { markers, grid: [], remarks: [] })).toBeNull();
  });
});

describe('gridChange', () => {
  it('says the grid in the place of the one that is there', () => {
    const change = gridChange(line, { markers: null, grid: [{ seconds: 0.3, bpm: 119 }], remarks: [] })!;
    expect([change.before, change.after]).toEqual(['119.00 BPM from 0.300 s', '120.00 BPM from 0.250 s']);
    expect(parseSeratoBeatGrid(change.objects.seratoBeatGrid!.bytes)).toEqual([{ seconds: 0.25, bpm: 120 }]);
  });

  it('is none where no beat is known', () => {
    const still = { ...line, tempo: { ...line.tempo!, bpm: null, beats: [], downbeats: [] } } as AnalysisLine;
    expect(gridChange(still, { markers: null, grid: [], remarks: [] })).toBeNull();
  });
});
