import { describe, expect, it } from 'vitest';
import type { Signal } from '../signal.ts';
import { onsetTimes, transientChange } from './transients.ts';

const sampleRate = 44_100;
const seconds = 8;
const hits = Array.from({ length: 14 }, (_, i) => 0.5 + 0.5 * i);

/** Hits over a quiet tone: `attack` is the amplitude of the first 12 ms, `body` of what rings on. */
function drums(attack: number, body: number, tone = 0.01, gain = 1): Signal {
  const samples = Float64Array.from({ length: seconds * sampleRate }, (_, i) => {
    let value = tone * Math.sin((2 * Math.PI * 300 * i) / sampleRate);
    for (const at of hits) {
      const since = i / sampleRate - at;
      if (since < 0 || since >= 0.15) continue;
      value += (since < 0.012 ? attack : body) * Math.sin(2 * Math.PI * 1000 * since);
    }
    return gain * value;
  });
  return { sampleRate, channels: [samples] };
}

describe('onsetTimes', () => {
  it('finds every hit within 4 ms', () => {
    const found = onsetTimes(drums(0.8, 0.2));
    expect(found).toHaveLength(hits.length);
    found.forEach((at, i) => {
      expect(Math.abs(at - hits[i]!)).toBeLessThan(0.004);
    });
  });

  it('finds none in silence', () => {
    expect(onsetTimes({ sampleRate, channels: [new Float64Array(sampleRate)] })).toEqual([]);
  });
});

describe('transientChange', () => {
  const input = drums(0.8, 0.2);

  it('finds nothing where only the gain changed', () => {
    const change = transientChange(input, drums(0.8, 0.2, 0.01, 0.5), 20 * Math.log10(0.5), 0);
    expect(change.onsets).toBe(hits.length);
    for (const figure of ['peakLossDb', 'needlessLossDb', 'contrastLossDb', 'preEchoDb'] as const) {
      expect(change[figure]).toBeCloseTo(0, 9);
    }
  });

  it('reads an attack that was halved', () => {
    const { peakLossDb, contrastLossDb, needlessLossDb } = transientChange(input, drums(0.4, 0.2, 0.01), 0, 0);
    expect(peakLossDb).toBeCloseTo(6, 0);
    expect(needlessLossDb).toBeCloseTo(6, 0);
    expect(contrastLossDb).toBeGreaterThan(5);
    expect(contrastLossDb).toBeLessThan(6.5);
  });

  it('counts as needless only what the ceiling did not ask for', () => {
    // Raised by 6 dB to a ceiling that its attacks would exceed by 5 dB.
    const ceilingDb = 20 * Math.log10(1.6) - 5;
    const kept = transientChange(input, drums(1.6 * 10 ** (-5 / 20), 0.4, 0.02), 20 * Math.log10(2), ceilingDb);
    expect(kept.peakLossDb).toBeCloseTo(5, 0);
    expect(kept.needlessLossDb).toBeLessThan(0.15);
    const low = transientChange(input, drums(1.6 * 10 ** (-8 / 20), 0.4, 0.02), 20 * Math.log10(2), ceilingDb);
    expect(low.needlessLossDb).toBeCloseTo(3, 0);
  });

  it('hears what was moved before the attack', () => {
    const early = input.channels[0]!.map((value, i) => value + 0.1 * (input.channels[0]![i + 441] ?? 0));
    const { preEchoDb } = transientChange(input, { sampleRate, channels: [early] }, 0, 0);
    expect(preEchoDb).toBeGreaterThan(6);
    expect(transientChange(input, drums(0.8, 0.2, 0.005), 0, 0).preEchoDb).toBeCloseTo(0, 9);
  });
});
