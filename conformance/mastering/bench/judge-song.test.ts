import { describe, expect, it } from 'vitest';
import { partOf, type Signal } from '../signal.ts';
import { composedSignals } from '../signals/composed.ts';
import { judgeSong } from './judge-song.ts';

const song = partOf(composedSignals().find(({ name }) => name.startsWith('snare'))!.signal, 0, 8 * 44_100);
const facts = { inputLufs: -20, outputLufs: -14, targetLufs: -14, ceilingDb: 6 };
const later = (gain: (i: number) => number, lag: number): Signal => ({
  sampleRate: song.sampleRate,
  channels: song.channels.map((samples) => Float64Array.from(samples, (_, i) => gain(i) * (samples[i - lag] ?? 0))),
});

describe('judgeSong', () => {
  it('finds no fault with a gain, early or late', () => {
    for (const lag of [0, 512, -333]) {
      const figures = judgeSong(
        song,
        later(() => 10 ** (6 / 20), lag),
        facts,
      );
      expect(figures).toMatchObject({ loudnessErrorLu: 0, needlessLossDb: expect.closeTo(0, 9) });
      expect(figures.gainModulationDb).toBeLessThan(1e-6);
      expect(figures.incoherenceDb).toBeLessThan(-100);
      expect(Math.abs(figures.peakLossDb)).toBeLessThan(1e-9);
      expect(Math.abs(figures.contrastLossDb)).toBeLessThan(1e-9);
      expect(figures.preEchoDb).toBeLessThan(1e-9);
    }
  });

  it('finds a gain that moves, and says where the output went over its ceiling', () => {
    const pumping = later((i) => 10 ** ((6 + 2 * Math.sin((2 * Math.PI * 3 * i) / 44_100)) / 20), 0);
    const figures = judgeSong(song, pumping, { ...facts, ceilingDb: -20, outputLufs: -13.5 });
    expect(figures.gainModulationDb).toBeGreaterThan(1.2);
    expect(figures.gainModulationDb).toBeLessThan(1.5);
    expect(figures.peakOverDb).toBeGreaterThan(10);
    expect(figures.loudnessErrorLu).toBeCloseTo(0.5, 9);
  });

  it('refuses to compare what has another rate', () => {
    expect(() => judgeSong(song, { ...song, sampleRate: 48_000 }, facts)).toThrow(/48000 Hz, the input 1 at 44100 Hz/);
  });
});
