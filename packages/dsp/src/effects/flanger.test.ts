import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { expectChannelsApart, itIsAnEffect, roughness, toneRoughness } from '../testing/effects.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { impulse, noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { Flanger, type FlangerOptions, type FlangerSettings } from './flanger.ts';
import { flangerDelayTwin, flangerTwin } from './flanger.twin.ts';

const kernels = new Kernels();
const usual: FlangerOptions = {
  sampleRate: 48_000,
  channels: 2,
  delaySeconds: 0.001,
  sweepSeconds: 0.004,
  periodSeconds: 0.5,
  spread: 0,
  feedback: 0,
  mix: 0.5,
};

function apply(channels: readonly Float32Array[], options: Partial<FlangerOptions> = {}): Float32Array[] {
  const mark = kernels.mark();
  const flanger = new Flanger(kernels, { ...usual, channels: channels.length, ...options });
  const output = stream(kernels, channels, [4096], (block) => flanger.process(block));
  kernels.release(mark);
  return output;
}

const rules = {
  make: (instance: Kernels) => new Flanger(instance, { ...usual, feedback: 0.7, spread: 0.25 }),
  channels: 2,
  changes: [
    (flanger: Flanger) => flanger.set({ delaySeconds: 0.005, feedback: -0.95, periodSeconds: 0.1 }),
    (flanger: Flanger) => flanger.set({ sweepSeconds: 0.01, mix: 0.9, spread: 0.5 }),
  ],
} as const;

describe('Flanger', () => {
  it('is a comb when the delay stands still: |cos(pi f delay)|, and with a way back its closed form', () => {
    const still = { sweepSeconds: 0, delaySeconds: 0.001 };
    const [plain] = apply([impulse(4096)], still);
    for (const frequencyHz of [0, 100, 250, 400, 1250, 3333]) {
      const gain = Math.abs(Math.cos(Math.PI * frequencyHz * 0.001));
      expect(gainDb(plain!, 48_000, frequencyHz)).toBeCloseTo(20 * Math.log10(gain), 2);
    }
    expect(gainDb(plain!, 48_000, 500)).toBeLessThan(-100);
    // (1 - mix) + mix z / (1 - feedback z)
    const [fed] = apply([impulse(2 ** 14)], { ...still, feedback: 0.8, mix: 0.7 });
    for (const frequencyHz of [0, 100, 250, 500, 1250]) {
      const angle = 2 * Math.PI * frequencyHz * 0.001;
      const [re, im] = [1 - 0.8 * Math.cos(angle), 0.8 * Math.sin(angle)];
      const norm = re * re + im * im;
      const real = 0.3 + (0.7 * (Math.cos(angle) * re - Math.sin(angle) * im)) / norm;
      const imaginary = (-0.7 * (Math.sin(angle) * re + Math.cos(angle) * im)) / norm;
      expect(gainDb(fed!, 48_000, frequencyHz)).toBeCloseTo(10 * Math.log10(real ** 2 + imaginary ** 2), 2);
    }
  });

  it('delays by what the sine says, to a hundredth of a frame', () => {
    const ramp = Float32Array.from({ length: 48_000 }, (_, i) => i / 48_000);
    const options = { mix: 1, phase: 0.25, spread: 0.3 };
    apply([ramp, ramp], options).forEach((samples, channel) => {
      for (let i = 1000; i < 48_000; i += 777) {
        const delay = flangerDelayTwin(i, channel * 0.3, { ...usual, ...options });
        expect(Math.abs(i - samples[i]! * 48_000 - delay)).toBeLessThan(0.01);
        expect(delay).toBeGreaterThanOrEqual(48);
        expect(delay).toBeLessThanOrEqual(240);
      }
    });
    // Half a period after the longest delay comes the shortest one.
    expect(flangerDelayTwin(12_000, 0, { ...usual, phase: 0.25 })).toBeCloseTo(48, 6);
  });

  it.each([8000, 44_100, 192_000])('agrees with its float64 twin at %i Hz', (sampleRate) => {
    const channels = [songLike(20_000, sampleRate), songLike(20_000, sampleRate, 2)];
    const options = { ...usual, sampleRate, feedback: -0.7, spread: 0.25, mix: 0.6, periodSeconds: 2 };
    const truth = flangerTwin(channels, options);
    apply(channels, options).forEach((samples, channel) => {
      expect(residualDb(samples, truth[channel]!)).toBeLessThan(-90);
    });
  });

  it('is the input, bit by bit, with mix 0', () => {
    const song = songLike(5000, 48_000);
    expect(apply([song, song], { mix: 0, feedback: 0.5 })).toEqual([song, song]);
  });

  it('changes settings without a click', () => {
    const tone = sine(60_000, 48_000, 100, 0.25);
    const changes: Partial<FlangerSettings>[] = [
      { mix: 1 },
      { feedback: 0.9 },
      { delaySeconds: 0.01 },
      { sweepSeconds: 0 },
      { periodSeconds: 0.05 },
    ];
    for (const settings of changes) {
      const make = () => new Flanger(kernels, { ...usual, channels: 1, sweepSeconds: 0.001 });
      const change = { 30000: (flanger: Flanger) => flanger.set(settings) };
      const output = streamWithChanges(kernels, [tone], [1000], make, change)[0]!.subarray(5000);
      const height = output.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      // The tone's own, at the pitch that a delay on its way makes of it, and the bends where settings begin and end theirs.
      const bend = (2 * height) / 960;
      expect(roughness(output)).toBeLessThan(2 * toneRoughness(48_000, 100, height) + bend);
    }
  });

  it('stays bounded with the most feedback and the fastest sweep', () => {
    for (const feedback of [-0.95, 0.95]) {
      const options = { feedback, periodSeconds: 0.05, sweepSeconds: 0.01, delaySeconds: 0.0005, mix: 1 };
      const [output] = apply([noise(200_000, 3, 0.1)], options);
      expect(output!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(2);
    }
  });

  it('comes to exact silence', () => {
    const [output] = apply([noise(200_000).fill(0, 1000)], { feedback: 0.9 });
    expect(output!.subarray(150_000)).toEqual(new Float32Array(50_000));
  });

  it('keeps channels apart', () => {
    expectChannelsApart(rules.make);
    const song = songLike(6000, 48_000);
    expect(apply([song], { spread: 0.25 })[0]).toEqual(apply([song, song], { spread: 0.25 })[0]);
  });

  itIsAnEffect(rules);

  it('refuses what is out of range, naming it and the range', () => {
    const make = (options: Partial<FlangerOptions>) => () => new Flanger(kernels, { ...usual, ...options });
    expect(make({ delaySeconds: 0.02 })).toThrow('delaySeconds is 0.02; it must be between 0.0005 and 0.01');
    expect(make({ sweepSeconds: -1 })).toThrow(/sweepSeconds is -1/);
    expect(make({ periodSeconds: 0 })).toThrow(/periodSeconds is 0/);
    expect(make({ phase: 2 })).toThrow(/phase is 2/);
    expect(make({ channels: 3 })).toThrow(/channels is 3/);
    const flanger = new Flanger(kernels, usual);
    expect(() => flanger.set({ feedback: 1 })).toThrow(/feedback is 1/);
    expect(() => flanger.set({ spread: 1 })).toThrow(/spread is 1/);
    expect(() => flanger.set({ mix: Number.NaN })).toThrow(/mix is NaN/);
  });
});
