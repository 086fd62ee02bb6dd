import { describe, expect, it } from 'vitest';
import type { Signal } from '../../mastering/signal.ts';
import { gaussianNoise } from '../../mastering/signals/noise.ts';
import { attackChange } from './attacks.ts';
import { crestLossDb } from './crest.ts';
import { spectralChange } from './spectral-distance.ts';
import { stereoChange } from './stereo-image.ts';
import { toneModulation } from './tone-modulation.ts';

const RATE = 44_100;
const stereo = (frames: number, value: (i: number) => readonly [number, number]): Signal => {
  const pairs = Array.from({ length: frames }, (_, i) => value(i));
  return { sampleRate: RATE, channels: [0, 1].map((c) => Float64Array.from(pairs, (pair) => pair[c]!)) };
};
const angle = (i: number, hz: number) => (2 * Math.PI * hz * i) / RATE;
const noise = gaussianNoise(RATE, 3);

/** A stroke of noise at a frame, after a low hum. */
const stroke = (at: number) =>
  stereo(RATE, (i) => {
    const value = 0.02 * noise[i]! + (i < at ? 0 : 0.5 * Math.exp((at - i) / 900) * noise[i - at]!);
    return [value, 0.8 * value];
  });
/** Each sample the mean of copies up to 10 ms before and after it: what a stretch without care does to an attack. */
const smeared = ({ channels, sampleRate }: Signal): Signal => ({
  sampleRate,
  channels: channels.map((samples) =>
    samples.map((_, i) => [-441, -200, 0, 170, 441].reduce((sum, lag) => sum + 0.4 * (samples[i + lag] ?? 0), 0)),
  ),
});

describe('attackChange', () => {
  it('finds nothing where nothing changed, and a shift to a hundredth of a millisecond', () => {
    const original = stroke(20_000);
    expect(attackChange(original, 20_000 / RATE, original, 20_000 / RATE)).toEqual({
      lagSeconds: expect.closeTo(0, 5),
      ...{ shapeLoss: expect.closeTo(0, 9), riseSeconds: 0, peakLossDb: 0, preEcho: 0 },
    });
    for (const shift of [-300, 7, 441]) {
      const change = attackChange(stroke(20_000), 20_000 / RATE, stroke(20_000 + shift), 20_000 / RATE)!;
      expect(Math.abs(change.lagSeconds - shift / RATE)).toBeLessThan(3e-5);
      expect(change.shapeLoss).toBeLessThan(0.05);
    }
  });

  it('says of a smeared attack that it is another, lower, slower one with sound before it', () => {
    const original = stroke(20_000);
    const change = attackChange(original, 20_000 / RATE, smeared(original), 20_000 / RATE)!;
    expect(change.shapeLoss).toBeGreaterThan(0.1);
    expect(change.peakLossDb).toBeGreaterThan(3);
    expect(change.riseSeconds).toBeGreaterThan(1e-3);
    expect(change.preEcho).toBeGreaterThan(0.1);
  });

  it('is not known of silence', () => {
    expect(
      attackChange(
        stereo(RATE, () => [0, 0]),
        0.5,
        stroke(20_000),
        0.5,
      ),
    ).toBeNull();
  });
});

describe('spectralChange', () => {
  const chord = (slow: number) =>
    stereo(Math.round(2 * RATE * slow), (i) => {
      const value =
        0.3 * Math.sin(angle(i, 220)) + (0.3 + 0.2 * Math.sin(angle(i / slow, 0.7))) * Math.sin(angle(i, 1330));
      return [value, value];
    });

  it('finds nothing where nothing changed, and little beside the original where only the pace did', () => {
    for (const value of Object.values(spectralChange(chord(1), chord(1), 1, 4096))) expect(value).toBeCloseTo(0, 9);
    const { distanceDb, flux, centroid } = spectralChange(chord(1), chord(1.1), 1.1, 4096);
    expect(distanceDb).toBeLessThan(0.3);
    expect(Math.abs(flux)).toBeLessThan(0.03);
    expect(centroid).toBeLessThan(1e-3);
  });

  it('reads the level of what was added or taken, within what is heard', () => {
    const louder = { ...chord(1), channels: chord(1).channels.map((samples) => samples.map((value) => 2 * value)) };
    // All but the bins that were under what is heard: they have come up by less.
    const { distanceDb } = spectralChange(chord(1), louder, 1, 4096);
    expect(distanceDb).toBeGreaterThan(5.4);
    expect(distanceDb).toBeLessThan(6.03);
    const channels = chord(1).channels.map((samples) =>
      samples.map((value, i) => (1 + 0.3 * Math.sin(angle(i, 15))) * value),
    );
    const trembling = { sampleRate: RATE, channels };
    expect(spectralChange(chord(1), trembling, 1, 4096).distanceDb).toBeGreaterThan(3);
  });
});

describe('toneModulation', () => {
  const samples = (depth: number, cents: number) =>
    Float64Array.from({ length: 4 * RATE }, (_, i) => {
      // Frequency 997 Hz (1 + r sin(2 pi 4 t)).
      const swing = (997 * (2 ** (cents / 1200) - 1) * (1 - Math.cos(angle(i, 4)))) / (2 * Math.PI * 4);
      return (1 + depth * Math.sin(angle(i, 3))) * Math.sin(angle(i, 997) + 2 * Math.PI * swing);
    });

  it('finds a steady sine steady', () => {
    const { amplitude, cents, offCents, largestCents } = toneModulation(samples(0, 0), RATE, 997);
    for (const value of [amplitude, cents, Math.abs(offCents), largestCents]) expect(value).toBeLessThan(1e-3);
  });

  it('reads tremolo, vibrato and a wrong pitch', () => {
    expect(toneModulation(samples(0.1, 0), RATE, 997).amplitude).toBeCloseTo(0.1 / Math.SQRT2, 2);
    const vibrato = toneModulation(samples(0, 10), RATE, 997);
    expect(vibrato.cents).toBeGreaterThan(6.5);
    expect(vibrato.cents).toBeLessThan(7.2);
    expect(vibrato.largestCents).toBeGreaterThan(9);
    expect(toneModulation(samples(0, 0), RATE, 997 * 2 ** (-3 / 1200)).offCents).toBeCloseTo(3, 2);
  });
});

describe('crestLossDb', () => {
  const pulses = (phase: (k: number) => number) =>
    stereo(RATE, (i) => {
      let value = 0;
      for (let k = 1; k <= 30; k++) value += 0.02 * Math.cos(angle(i, 110 * k) + phase(k));
      return [value, value];
    });

  it('finds nothing where nothing changed, and lower peaks where partials are out of phase', () => {
    expect(
      crestLossDb(
        pulses(() => 0),
        pulses(() => 0),
      ),
    ).toBe(0);
    expect(
      crestLossDb(
        pulses(() => 0),
        pulses((k) => k * k),
      ),
    ).toBeGreaterThan(5);
  });
});

describe('stereoChange', () => {
  const image = (share: number, apart: number) =>
    stereo(2 * RATE, (i) => [
      (1 - share) * noise[i % RATE]! + 0.5 * Math.sin(angle(i, 500)),
      share * noise[i % RATE]! + 0.5 * Math.sin(angle(i, 500) + apart),
    ]);

  it('finds nothing where nothing changed, and nothing to say of one channel twice', () => {
    const same = { levelDb: 0, phaseDegrees: expect.closeTo(0, 9), coherence: 0, sideLossDb: 0 };
    expect(stereoChange(image(0.3, 1), image(0.3, 1), 1)).toEqual(same);
    const mono = stereo(RATE, (i) => [noise[i]!, noise[i]!]);
    expect(stereoChange(mono, mono, 1)).toBeNull();
  });

  it('finds what moved, what turned, and what grew narrow or unlike', () => {
    expect(stereoChange(image(0.3, 1), image(0.4, 1), 1)!.levelDb).toBeGreaterThan(2);
    const turned = stereoChange(image(0.5, 1), image(0.5, 2), 1)!;
    expect(turned.phaseDegrees).toBeGreaterThan(2);
    expect(turned.phaseDegrees).toBeLessThan(10);
    expect(stereoChange(image(0.3, 1), image(0.45, 0.2), 1)!.sideLossDb).toBeGreaterThan(6);
    const late = image(0.5, 0);
    late.channels[1]!.set(late.channels[1]!.slice(0, -700), 700);
    expect(stereoChange(image(0.5, 0.1), late, 1)!.coherence).toBeGreaterThan(0.1);
  });
});
