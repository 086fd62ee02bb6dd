import { createHash } from 'node:crypto';
import { type Clip, clipFrames } from '@tutti/dsp';
import { keyOf } from '@tutti/music/theory';
import { describe, expect, it } from 'vitest';
import { composeSong, planPerformance } from './compose-song.ts';
import { DEMO_SONGS } from './demo-songs.ts';
import { STEM_NAMES } from './mix/performance.ts';
import type { SongSpec } from './song-spec.ts';
import { STYLE_NAMES } from './styles/style-name.ts';

const SHORT: SongSpec = {
  seed: 5,
  title: 'Short',
  artist: 'Test',
  style: 'house',
  key: keyOf(9, 'minor'),
  bpm: 124,
  meter: 4,
  swing: 0.3,
  arrangement: [
    { label: 'build', bars: 2 },
    { label: 'drop', bars: 2 },
  ],
  leadInSeconds: 0.37,
};

function digest(clip: Clip): string {
  const hash = createHash('sha256');
  for (const channel of clip.channels)
    hash.update(new Uint8Array(channel.buffer, channel.byteOffset, channel.byteLength));
  return hash.digest('hex');
}

const peakOf = (clip: Clip) =>
  clip.channels.reduce((most, channel) => channel.reduce((peak, x) => Math.max(peak, Math.abs(x)), most), 0);

/** Sum of squares of both channels over [from, to) seconds. */
function energy(clip: Clip, from: number, to: number): number {
  const [start, end] = [from, to].map((seconds) => Math.max(0, Math.round(seconds * clip.sampleRate)));
  return clip.channels.reduce((sum, c) => c.subarray(start, end).reduce((s, x) => s + x * x, sum), 0);
}

describe('composeSong', () => {
  it('gives the same samples for the same spec, with stems and without, and others for another seed', () => {
    const first = digest(composeSong(SHORT).clip);
    expect(digest(composeSong({ ...SHORT }, { stems: true }).clip)).toBe(first);
    expect(digest(composeSong({ ...SHORT, seed: 6 }).clip)).not.toBe(first);
  });

  it.each(STYLE_NAMES)('renders %s in 3/4 and 4/4: finite, peak at -1 dBFS, stems that add up to the mix', (style) => {
    for (const meter of [3, 4] as const) {
      const { clip, stems } = composeSong({ ...SHORT, style, meter }, { stems: true, sampleRate: 22_050 });
      expect(clip.channels.length).toBe(2);
      for (const channel of clip.channels) expect(channel.every(Number.isFinite)).toBe(true);
      expect(peakOf(clip)).toBeLessThanOrEqual(0.8915);
      expect(peakOf(clip)).toBeGreaterThan(0.8);
      const all = STEM_NAMES.map((name) => stems![name]);
      let worst = 0;
      for (const [c, channel] of clip.channels.entries()) {
        for (const [i, sample] of channel.entries()) {
          const sum = all.reduce((s, stem) => s + stem.channels[c]![i]!, 0);
          worst = Math.max(worst, Math.abs(sum - sample));
        }
      }
      expect(worst).toBeLessThan(2e-6);
    }
  });

  it.each([44_100, 48_000])('puts every kick where the truth says, at %i Hz', (sampleRate) => {
    const spec: SongSpec = { ...SHORT, arrangement: [{ label: 'drop', bars: 2 }], swing: 1 };
    const { stems, truth } = composeSong(spec, { sampleRate, stems: true });
    const kicks = planPerformance(spec, sampleRate).score.drums.filter((hit) => hit.drum === 'kick');
    const beats = kicks.filter((hit) => Number.isInteger(hit.beat));
    expect(beats.length).toBeGreaterThanOrEqual(6);
    for (const { beat } of beats) {
      const time = truth.beats[beat]!;
      const before = energy(stems!.drums, time - 0.002, time - 0.5 / sampleRate);
      const after = energy(stems!.drums, time, time + 0.001);
      expect(after).toBeGreaterThan(20 * before + 0.1);
    }
  });

  it('is silent before the first beat and as long as its bars and their tail', () => {
    const { clip, truth } = composeSong(SHORT);
    expect(energy(clip, 0, SHORT.leadInSeconds - 0.0001)).toBe(0);
    expect(truth.beats[0]).toBe(SHORT.leadInSeconds);
    const lastBeatEnd = SHORT.leadInSeconds + (16 * 60) / SHORT.bpm;
    expect(clipFrames(clip)).toBe(Math.ceil((lastBeatEnd + 2) * 44_100));
  });

  it('refuses a spec out of range in a sentence', () => {
    expect(() => composeSong({ ...SHORT, bpm: 59 })).toThrow('bpm is 59; it must be between 60 and 200');
    expect(() => composeSong({ ...SHORT, bpm: Number.NaN })).toThrow('bpm is NaN');
    expect(() => composeSong({ ...SHORT, meter: 5 as 4 })).toThrow('meter is 5; it must be one of 3, 4');
    expect(() => composeSong({ ...SHORT, style: 'polka' as 'house' })).toThrow('style is "polka"');
    expect(() => composeSong({ ...SHORT, swing: 1.1 })).toThrow('swing is 1.1');
    expect(() => composeSong({ ...SHORT, arrangement: [] })).toThrow('the number of sections is 0');
    expect(() => composeSong({ ...SHORT, drift: { kind: 'ramp', endBpm: 300 } })).toThrow('drift.endBpm is 300');
    expect(() => composeSong(SHORT, { sampleRate: 44_100.5 })).toThrow('sampleRate is 44100.5');
  });
});

describe('the demo songs', () => {
  it('are at least eight, different, none longer than two minutes', () => {
    expect(DEMO_SONGS.length).toBeGreaterThanOrEqual(8);
    expect(new Set(DEMO_SONGS.map((spec) => spec.style)).size).toBe(DEMO_SONGS.length);
    for (const spec of DEMO_SONGS) {
      const { frames, truth } = planPerformance(spec, 44_100);
      expect(frames / 44_100).toBeLessThan(120);
      expect(frames / 44_100).toBeGreaterThan(60);
      for (const { start, end } of truth.sections) {
        expect(truth.downbeats.filter((time) => time >= start && time < end).length % 4).toBe(0);
      }
    }
  });
});
