import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { expectChannelsApart, itIsAnEffect, roughness, toneRoughness } from '../testing/effects.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { impulse, noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { Phaser, type PhaserOptions, type PhaserSettings } from './phaser.ts';
import { phaserTwin } from './phaser.twin.ts';

const kernels = new Kernels();
const usual: PhaserOptions = {
  sampleRate: 48_000,
  channels: 2,
  stages: 4,
  lowHz: 200,
  highHz: 4000,
  periodSeconds: 0.5,
  spread: 0,
  feedback: 0,
  mix: 0.5,
};

function apply(channels: readonly Float32Array[], options: Partial<PhaserOptions> = {}): Float32Array[] {
  const mark = kernels.mark();
  const phaser = new Phaser(kernels, { ...usual, channels: channels.length, ...options });
  const output = stream(kernels, channels, [4096], (block) => phaser.process(block));
  kernels.release(mark);
  return output;
}

const rules = {
  make: (instance: Kernels) => new Phaser(instance, { ...usual, feedback: 0.7, spread: 0.25 }),
  channels: 2,
  changes: [
    (phaser: Phaser) => phaser.set({ lowHz: 50, feedback: -0.9, periodSeconds: 0.1 }),
    (phaser: Phaser) => phaser.set({ highHz: 12_000, mix: 0.9, spread: 0.5 }),
  ],
} as const;

describe('Phaser', () => {
  it.each([2, 4, 6, 7, 12])('turns tones as %i all-passes do, and has its notches where the turns say', (stages) => {
    const [response] = apply([impulse(2 ** 14)], { stages, lowHz: 1000, highHz: 1000 });
    const corner = Math.tan((Math.PI * 1000) / 48_000);
    for (const frequencyHz of [50, 300, 1000, 2500, 9000]) {
      const turn = 2 * stages * Math.atan(Math.tan((Math.PI * frequencyHz) / 48_000) / corner);
      const gain = Math.max(1e-9, Math.abs(Math.cos(turn / 2)));
      if (gain > 1e-3) expect(gainDb(response!, 48_000, frequencyHz)).toBeCloseTo(20 * Math.log10(gain), 2);
    }
    for (let odd = 1; odd < stages; odd += 2) {
      const notchHz = (48_000 / Math.PI) * Math.atan(corner * Math.tan((odd * Math.PI) / (2 * stages)));
      expect(gainDb(response!, 48_000, notchHz)).toBeLessThan(-80);
    }
  });

  it('has the gain of its way back, one frame late', () => {
    // Alone, all-passes z with a way back have the gain 1 / |1 - feedback z|, where z turns by a frame more.
    const [response] = apply([impulse(2 ** 14)], { lowHz: 1000, highHz: 1000, feedback: 0.8, mix: 1 });
    const corner = Math.tan((Math.PI * 1000) / 48_000);
    for (const frequencyHz of [100, 500, 1000, 3000]) {
      const angle = (Math.PI * frequencyHz) / 48_000;
      const turn = 8 * Math.atan(Math.tan(angle) / corner) + 2 * angle;
      const gain = 1 / Math.hypot(1 - 0.8 * Math.cos(turn), 0.8 * Math.sin(turn));
      expect(gainDb(response!, 48_000, frequencyHz)).toBeCloseTo(20 * Math.log10(gain), 2);
    }
  });

  it('moves its corner evenly in octaves: a quarter into its period it is the highest, half-way the middle', () => {
    // A burst at that time meets a notch where a corner that stands still has it.
    const bursts = (options: Partial<PhaserOptions>) => {
      const samples = new Float32Array(48_000);
      samples[24_000] = 1;
      return apply([samples], { periodSeconds: 60, ...options })[0]!.subarray(24_000, 26_000);
    };
    const half = 24_000 / (60 * 48_000);
    for (const [phase, cornerHz] of [
      [0.25, 4000],
      [0.75, 200],
      [0, Math.sqrt(800_000)],
    ] as const) {
      const moving = bursts({ phase: (phase - half + 1) % 1 });
      const still = bursts({ lowHz: cornerHz, highHz: cornerHz });
      expect(residualDb(moving, still)).toBeLessThan(-35);
    }
  });

  it.each([8000, 44_100, 192_000])('agrees with its float64 twin at %i Hz', (sampleRate) => {
    const channels = [songLike(20_000, sampleRate), songLike(20_000, sampleRate, 2)];
    const options = { ...usual, sampleRate, highHz: 2000, feedback: 0.7, spread: 0.25, mix: 0.6, stages: 6 };
    const truth = phaserTwin(channels, options);
    apply(channels, options).forEach((samples, channel) => {
      expect(residualDb(samples, truth[channel]!)).toBeLessThan(-85);
    });
  });

  it('is the input, bit by bit, with mix 0', () => {
    const song = songLike(5000, 48_000);
    expect(apply([song, song], { mix: 0, feedback: 0.5 })).toEqual([song, song]);
  });

  it('changes settings without a click', () => {
    const tone = sine(60_000, 48_000, 100, 0.25);
    const changes: Partial<PhaserSettings>[] = [
      { mix: 1 },
      { feedback: 0.9 },
      { lowHz: 4000 },
      { highHz: 300 },
      { periodSeconds: 5 },
    ];
    for (const settings of changes) {
      const make = () => new Phaser(kernels, { ...usual, channels: 1 });
      const change = { 30000: (phaser: Phaser) => phaser.set(settings) };
      const output = streamWithChanges(kernels, [tone], [1000], make, change)[0]!.subarray(5000);
      const height = output.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      // The tone's own, and the bends where settings begin and end their way of 960 frames.
      expect(roughness(output)).toBeLessThan(2 * toneRoughness(48_000, 100, height) + (2 * height) / 960);
    }
  });

  it('stays bounded with the most feedback and the fastest sweep', () => {
    for (const feedback of [-0.9, 0.9]) {
      const options = { feedback, periodSeconds: 0.05, lowHz: 20, highHz: 12_000, mix: 1, stages: 12 };
      const [output] = apply([noise(200_000, 3, 0.1)], options);
      expect(output!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(2);
    }
  });

  it('comes to exact silence', () => {
    const [output] = apply([noise(100_000).fill(0, 1000)], { feedback: 0.9 });
    expect(output!.subarray(80_000)).toEqual(new Float32Array(20_000));
  });

  it('keeps channels apart', () => {
    expectChannelsApart(rules.make);
    const song = songLike(6000, 48_000);
    expect(apply([song], { spread: 0.25 })[0]).toEqual(apply([song, song], { spread: 0.25 })[0]);
  });

  itIsAnEffect(rules);

  it('refuses what is out of range, naming it and the range', () => {
    const make = (options: Partial<PhaserOptions>) => () => new Phaser(kernels, { ...usual, ...options });
    expect(make({ lowHz: 5000 })).toThrow('lowHz is 5000; it must be between 20 and 4000');
    expect(make({ highHz: 13_000 })).toThrow('highHz is 13000; it must be between 20 and 12000');
    expect(make({ stages: 1 })).toThrow(/stages is 1/);
    expect(make({ periodSeconds: 0 })).toThrow(/periodSeconds is 0/);
    expect(make({ phase: -1 })).toThrow(/phase is -1/);
    const phaser = new Phaser(kernels, usual);
    expect(() => phaser.set({ feedback: 1 })).toThrow(/feedback is 1/);
    expect(() => phaser.set({ spread: 1 })).toThrow(/spread is 1/);
    expect(() => phaser.set({ mix: Number.NaN })).toThrow(/mix is NaN/);
  });
});
