import { inflateSync } from 'node:zlib';
import type { AnalysisLine } from '@tutti/contract';
import type { TrackEvidence } from '@tutti/music/analysis';
import { describe, expect, it } from 'vitest';
import { analysisPanels, drawAnalysis, drawPanel } from './analysis-picture.ts';
import { withoutPartner } from './nearness.ts';
import { opacityPng } from './opacity-png.ts';
import type { AnalysisPicture } from './picture-data.ts';

const SECONDS = 40;
const FRAMES = SECONDS * 100;
const wave = (period: number) => Float32Array.from({ length: FRAMES }, (_, i) => Math.abs(Math.sin(i / period)));
const evidence: TrackEvidence = {
  seconds: SECONDS,
  frameRate: 100,
  onset: wave(8),
  bandEnergies: { low: wave(50), mid: wave(60), high: wave(70) },
  chroma: [9, 1, 5, 1, 6, 5, 1, 8, 1, 4, 1, 4],
  bars: {
    rows: 4,
    starts: [0, 10, 20, 30, 40],
    likeness: Float32Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0.4)),
    borderFit: [0, 0.1, 0.8, 0.1],
    barsPerRow: 1,
  },
};
const beats = Array.from({ length: 80 }, (_, i) => i * 0.5);
const line = {
  tempo: { bpm: 120, kind: 'constant', beats, downbeats: beats.filter((_, i) => i % 4 === 0) },
  key: { tonic: 'C', mode: 'major', camelot: '8B', candidates: [{ tonic: 'C', mode: 'major', weight: 0.9 }] },
  loudness: { integratedLufs: -14 },
  structure: {
    sections: [
      { start: 0, end: 20, label: 'A' },
      { start: 20, end: 40, label: '<B>' },
    ],
  },
} as unknown as AnalysisLine;
const picture: AnalysisPicture = { title: 'One <song> & "more"\u0007', line, evidence };
const known: AnalysisPicture = {
  ...picture,
  truth: {
    beats: beats.map((time) => 2 * time),
    key: { tonic: 'A', mode: 'minor' },
    sections: [{ start: 0, end: 40 }],
  },
};

/** Every element that is opened is closed, in order. */
function isNested(svg: string): boolean {
  const open: string[] = [];
  for (const [, closing, name, empty] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (closing) {
      if (open.pop() !== name) return false;
    } else if (!empty) open.push(name!);
  }
  return open.length === 0;
}

describe('drawAnalysis', () => {
  it('draws the course alone of what was heard in reels', () => {
    const course = { ...evidence, frameRate: 1, onset: null, chroma: null, bars: null };
    const long = { ...picture, evidence: course };
    expect(analysisPanels(long).map(({ title }) => title)).toEqual(['course of the track']);
    expect(isNested(drawAnalysis(long))).toBe(true);
    expect(drawAnalysis(long)).not.toContain('NaN');
  });

  it.each([
    ['what was heard', picture],
    ['what was heard beside the truth', known],
    ['silence', silent()],
    ['only the loudness', { ...picture, line: { loudness: line.loudness } as AnalysisLine }],
  ])('draws %s as well-formed SVG without NaN or a load from outside', (_, each) => {
    const svg = drawAnalysis(each);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(isNested(svg)).toBe(true);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|<script/);
    expect(svg).not.toContain('\u0007');
    expect(svg).toContain('One &lt;song&gt; &amp; &quot;more&quot;');
  });

  it('leaves out the parts that the line lacks', () => {
    const titles = (each: AnalysisPicture) => analysisPanels(each).map(({ title }) => title);
    expect(titles(picture)).toHaveLength(6);
    expect(titles({ ...picture, line: { key: line.key } as AnalysisLine })).toEqual([
      'course of the track',
      'key profile',
    ]);
    expect(titles(silent())).not.toContain('key profile');
  });

  it('puts beats where they are in time', () => {
    const [, first] = analysisPanels(picture);
    // 8 s over 480 pixels: a beat each 30, every fourth a bar.
    expect(first!.body).toContain('M30,88v30M60,88v30M90,88v30M150,88v30');
    expect(first!.body).toMatch(/class="heard strong" d="M0,88v30M120,88v30M240,88v30/);
    expect(first!.body).not.toContain('class="known"');
  });

  it('says what is missed and what is wrong', () => {
    const [overview] = analysisPanels(known);
    // Every true beat, one a second, was heard, up to the end of what was heard at 39.5 s; every second heard is none.
    expect(overview!.body).toContain('40 of 80 beats missed, 40 of 80 wrong');
  });

  it('draws the true key only where another was heard', () => {
    const profile = (each: AnalysisPicture) => analysisPanels(each).find(({ title }) => title === 'key profile')!.body;
    expect(profile(known)).toContain('heard C major, true A minor');
    expect(profile(known)).toContain('class="known"');
    const right = { ...known, truth: { key: { tonic: 'C', mode: 'major' } } } as const;
    expect(profile(right)).not.toContain('class="known"');
  });

  it('gives the panels as elements of a page', () => {
    const svgs = analysisPanels(known).map(drawPanel);
    for (const svg of svgs) expect(svg).toMatch(/^<svg class="analysis-picture" viewBox="0 0 (976|480) \d/);
  });
});

function silent(): AnalysisPicture {
  const none = new Float32Array(FRAMES);
  return {
    title: picture.title,
    line: {
      ...line,
      tempo: { ...line.tempo!, bpm: null, beats: [], downbeats: [] },
      key: { ...line.key!, tonic: null, mode: null, candidates: [] },
      structure: { ...line.structure!, sections: [] },
    },
    evidence: {
      ...evidence,
      onset: none,
      bandEnergies: { low: none, mid: none, high: none },
      chroma: null,
      bars: { ...evidence.bars!, borderFit: [0, 0, 0, 0], likeness: new Float32Array(16).fill(1) },
    },
  };
}

describe('withoutPartner', () => {
  it('finds the moments that nothing is near to', () => {
    expect(withoutPartner([1, 2, 3, 4], [0.5, 1.06, 2.08, 2.95])).toEqual([2, 4]);
    expect(withoutPartner([1], [])).toEqual([1]);
    expect(withoutPartner([], [1])).toEqual([]);
  });
});

describe('opacityPng', () => {
  it('holds the opacities, row by row', () => {
    const png = opacityPng(3, 2, [1, 2, 3], Float32Array.from([0, 0.5, 1, 1, 0, 2]));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([3, 2]);
    const data = png.indexOf('IDAT');
    const rows = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
    expect([...rows]).toEqual([0, 0, 128, 255, 0, 255, 0, 255]);
    // The checksum of the empty last chunk, as in the standard's example files.
    expect(png.subarray(-4).toString('hex')).toBe('ae426082');
  });
});
