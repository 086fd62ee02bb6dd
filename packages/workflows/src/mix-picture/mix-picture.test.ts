import { describe, expect, it } from 'vitest';
import { keyColour, type Lane } from './lane.ts';
import { drawMix, type MixPicture } from './mix-picture.ts';

const lane = (start: number, title: string, camelot: string | null): Lane => {
  const values = Array.from({ length: 100 }, (_, i) => Math.abs(Math.sin(i / 9)));
  return {
    title,
    camelot,
    bpm: camelot ? 124 : null,
    start,
    end: start + 100,
    waveform: { hopSeconds: 1, low: values, mid: values.map((v) => v * 0.7), high: values.map((v) => v * 0.3) },
    downbeats: Array.from({ length: 52 }, (_, i) => start + i * 1.935),
    phrases: [start, start + 31],
    keyShift: camelot ? -0.5 : 0,
    effects: [
      { name: 'low-pass', start: start + 10, end: start + 30 },
      { name: 'echo', start: start + 20, end: start + 40 },
    ],
  };
};

const picture: MixPicture = {
  title: 'Saturday <night> & "more"',
  seconds: 180,
  lanes: [lane(0, 'One', '8A'), lane(80, 'Two\u0000', null)],
  transitions: [{ start: 80, end: 100, label: 'bass swap' }],
  tempo: [
    { time: 0, value: 124 },
    { time: 90, value: null },
    { time: 180, value: 126 },
  ],
  loudness: [],
};

describe('drawMix', () => {
  it('is well-formed XML without NaN, whatever the titles', () => {
    const svg = drawMix(picture);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).not.toContain('\u0000');
    const opened = svg.match(/<[a-z]+[^>]*[^/]>|<[a-z]+>/g) ?? [];
    const closed = svg.match(/<\/[a-z]+>/g) ?? [];
    expect(opened.length).toBe(closed.length);
    expect(svg).toContain('Saturday &lt;night&gt; &amp; &quot;more&quot;');
  });

  it('draws each track where it sounds and breaks a curve where nothing is known', () => {
    const svg = drawMix(picture);
    const frames = Array.from(svg.matchAll(/<rect class="frame" x="([\d.]+)"/g), (match) => Number(match[1]));
    expect(frames[1]! - frames[0]!).toBeCloseTo(((1600 - 48) * 80) / 180, 1);
    expect(svg.match(/<path class="curve"[^>]*d="([^"]*)"/)?.[1]?.match(/M/g)).toHaveLength(2);
  });

  it('marks effects where they are, one below the other where they overlap, and says key shifts', () => {
    const svg = drawMix(picture);
    const marks = Array.from(svg.matchAll(/<path class="effect" d="M([\d.]+),([\d.]+)H([\d.]+)">/g), (match) =>
      match.slice(1).map(Number),
    );
    expect(marks).toHaveLength(4);
    const plot = 1600 - 48;
    expect(marks[0]![0]).toBeCloseTo(24 + (plot * 10) / 180, 1);
    expect(marks[0]![2]).toBeCloseTo(24 + (plot * 30) / 180, 1);
    expect(marks[1]![1]).toBeLessThan(marks[0]![1]!);
    expect(svg).toContain('>low-pass</text>');
    expect(svg).toContain('>8A −0.5</tspan>');
    expect(svg).toContain('>no key</tspan>');
  });

  it('is empty but whole for a mix of nothing', () => {
    expect(drawMix({ ...picture, seconds: 0, lanes: [], transitions: [], tempo: [] })).not.toMatch(/NaN|Infinity/);
  });

  it('gives each key its own colour', () => {
    const codes = Array.from({ length: 12 }, (_, i) => [`${i + 1}A`, `${i + 1}B`]).flat();
    expect(new Set(codes.map(keyColour)).size).toBe(24);
    expect(keyColour('13C')).toBe(keyColour(null));
  });
});
