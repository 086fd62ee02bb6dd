import { describe, expect, it } from 'vitest';
import type { Signal } from '../signal.ts';
import { gaussianNoise } from '../signals/noise.ts';
import { bandGains } from './band-gains.ts';
import { gainModulation } from './gain-modulation.ts';

const sampleRate = 44_100;
const seconds = 12;
const left = gaussianNoise(seconds * sampleRate, 1);
const right = gaussianNoise(seconds * sampleRate, 2);
const input: Signal = { sampleRate, channels: [left, right] };
const after = (process: (value: number, i: number) => number): Signal => ({
  sampleRate,
  channels: input.channels.map((samples) => samples.map(process)),
});

describe('bandGains', () => {
  it('reads a constant gain in every third octave', () => {
    const { bands, framesPerSecond } = bandGains(
      input,
      after((value) => -0.5 * value),
    );
    expect(framesPerSecond).toBeCloseTo(86.1, 1);
    expect(bands[0]!.centreHz).toBeLessThan(320);
    expect(bands.at(-1)!.centreHz).toBeGreaterThan(15_000);
    for (const { gainsDb, incoherence, known } of bands) {
      for (const gain of gainsDb) expect(gain).toBeCloseTo(20 * Math.log10(0.5), 6);
      expect(incoherence).toBeLessThan(1e-12);
      expect(known).toBe(gainsDb.length);
    }
  });

  it('follows a gain that moves 4 times a second', () => {
    const moved = after((value, i) => value * 10 ** (0.05 * Math.sin((2 * Math.PI * 4 * i) / sampleRate)));
    const { bands, framesPerSecond } = bandGains(input, moved);
    for (const { gainsDb } of bands) {
      const { rmsDb, rateHz } = gainModulation(gainsDb, framesPerSecond);
      expect(rmsDb).toBeGreaterThan(0.67);
      expect(rmsDb).toBeLessThan(0.72);
      expect(rateHz).toBeCloseTo(4, 0);
    }
  });

  it('reads what is added as incoherent, and the gain beside it all the same', () => {
    const other = gaussianNoise(seconds * sampleRate, 3);
    const { bands } = bandGains(
      input,
      after((value, i) => value + 0.1 * other[i]!),
    );
    for (const { centreHz, incoherence, gainsDb } of bands) {
      // What was added is 0.01 of the input's power. A fit over n coefficients explains 1 / n of it by chance: wide bands
      // have many, the lowest no more than two in each channel.
      expect(incoherence).toBeGreaterThan(centreHz > 2000 ? 0.009 : 0.0045);
      expect(incoherence).toBeLessThan(0.0105);
      expect(Math.abs(gainsDb.toSorted()[gainsDb.length >> 1]!)).toBeLessThan(0.1);
    }
  });

  it('keeps the gain where the input is silent', () => {
    const silentFrom = 5 * sampleRate;
    const pausing: Signal = { sampleRate, channels: [left.map((value, i) => (i < silentFrom ? value : 0))] };
    const half: Signal = { sampleRate, channels: [pausing.channels[0]!.map((value) => value / 2 + 1e-9)] };
    for (const { gainsDb, known } of bandGains(pausing, half).bands) {
      expect(known).toBeLessThan(5.2 * 86.2);
      expect(gainsDb.at(-1)).toBeCloseTo(-6.02, 1);
    }
  });
});
