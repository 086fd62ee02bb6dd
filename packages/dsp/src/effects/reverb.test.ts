import { describe, expect, it } from 'vitest';
import { cascadeResponseDb } from '../filter/band-response.ts';
import { equaliserTwin } from '../filter/equaliser.twin.ts';
import { Kernels } from '../kernels.ts';
import { itIsAnEffect, roughness, toneRoughness } from '../testing/effects.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { Reverb, type ReverbOptions, type ReverbSettings } from './reverb.ts';
import { reverbDecaySeconds, reverbLengths, reverbTwin } from './reverb.twin.ts';

const kernels = new Kernels();
const usual: ReverbOptions = {
  sampleRate: 44_100,
  channels: 2,
  decaySeconds: 2,
  highDecay: 0.4,
  dampingHz: 4000,
  lowCutHz: 20,
  send: 1,
  wet: 1,
  dry: 0,
};

function apply(channels: readonly Float32Array[], options: Partial<ReverbOptions> = {}): Float32Array[] {
  const mark = kernels.mark();
  const reverb = new Reverb(kernels, { ...usual, ...options });
  const output = stream(kernels, channels, [4096], (block) => reverb.process(block));
  kernels.release(mark);
  return output;
}

/** What both outputs give when the left or the right input is an impulse. */
function impulseResponses(options: Partial<ReverbOptions>, seconds: number): Float32Array[] {
  const silence = new Float32Array(Math.round(seconds * usual.sampleRate));
  const impulse = silence.slice();
  impulse[0] = 1;
  return [...apply([impulse, silence], options), ...apply([silence, impulse], options)];
}

/** Seconds for 60 dB, by a line through a decay curve (energy that is still to come) from -5 to -35 dB: T30 of ISO 3382-1. */
function decaySeconds(energyToCome: ArrayLike<number>, stepSeconds: number): number {
  let [n, x, y, xx, xy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < energyToCome.length; i++) {
    const level = 10 * Math.log10(energyToCome[i]! / energyToCome[0]!);
    if (level > -5 || !(level > -35)) continue;
    const time = i * stepSeconds;
    n += 1;
    x += time;
    y += level;
    xx += time * time;
    xy += time * level;
  }
  return -60 / ((n * xy - x * y) / (n * xx - x * x));
}

/** The octave band, two band-passes in a row. */
const octave = (frequencyHz: number) => ({ shape: 'band-pass', frequencyHz, q: Math.SQRT2 }) as const;

/** By Schroeder's backward integration of the band in all responses. */
function measuredDecay(responses: readonly Float32Array[], frequencyHz: number): number {
  const toCome = new Float64Array(responses[0]!.length);
  for (const response of responses) {
    const band = equaliserTwin(response, [octave(frequencyHz), octave(frequencyHz)], usual.sampleRate);
    let sum = 0;
    for (let i = band.length - 1; i >= 0; i--) {
      sum += band[i]! ** 2;
      toCome[i]! += sum;
    }
  }
  return decaySeconds(toCome, 1 / usual.sampleRate);
}

/** That of a band whose frequencies all begin alike and each decay as the shelves say. */
function expectedDecay(options: ReverbOptions, frequencyHz: number): number {
  const frequencies = Array.from({ length: 400 }, (_, i) => (i + 0.5) * (usual.sampleRate / 800));
  const band = cascadeResponseDb([octave(frequencyHz), octave(frequencyHz)], usual.sampleRate);
  const shares = frequencies.map((hz) => ({
    seconds: reverbDecaySeconds(options, hz),
    weight: 10 ** (band(hz) / 10),
  }));
  const toCome = Array.from({ length: 3000 }, (_, i) =>
    shares.reduce((sum, { seconds, weight }) => sum + weight * seconds * 10 ** ((-6 * i * 0.002) / seconds), 0),
  );
  return decaySeconds(toCome, 0.002);
}

/** Level in dB of the mean square. */
function levelDb(samples: Float32Array): number {
  return 10 * Math.log10(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}

const rules = {
  make: (instance: Kernels) => new Reverb(instance, { ...usual, dry: 1 }),
  channels: 2,
  changes: [
    (reverb: Reverb) => reverb.set({ decaySeconds: 10, dampingHz: 800, lowCutHz: 400 }),
    (reverb: Reverb) => reverb.set({ decaySeconds: 0.3, send: 0.3, dry: 0.2 }),
  ],
} as const;

describe('Reverb', () => {
  it.each([
    { decaySeconds: 2, highDecay: 0.4, dampingHz: 4000 },
    { decaySeconds: 2, highDecay: 1, dampingHz: 4000 },
    { decaySeconds: 1.2, highDecay: 0.5, dampingHz: 2000 },
    { decaySeconds: 4, highDecay: 0.25, dampingHz: 3000, size: 1.5 },
    { decaySeconds: 3, highDecay: 0.3, dampingHz: 6000, size: 0.5 },
  ])('decays as it is set to, within 5 %% in octave bands: $decaySeconds s, $highDecay', (settings) => {
    const options = { ...usual, ...settings };
    const responses = impulseResponses(settings, 1.3 * settings.decaySeconds);
    for (const frequencyHz of [250, 500, 1000, 2000, 4000, 8000]) {
      const ratio = measuredDecay(responses, frequencyHz) / expectedDecay(options, frequencyHz);
      expect(Math.abs(ratio - 1), `${frequencyHz} Hz`).toBeLessThan(0.05);
    }
    // The definition of the settings: far below and far above the damping's corner.
    expect(reverbDecaySeconds(options, 20) / settings.decaySeconds).toBeCloseTo(1, 2);
    expect(reverbDecaySeconds(options, 22_000) / (settings.decaySeconds * settings.highDecay)).toBeCloseTo(1, 2);
  });

  it.each([8000, 44_100, 192_000])('agrees with its float64 twin at %i Hz', (sampleRate) => {
    const frames = Math.min(40_000, 0.5 * sampleRate);
    const channels = [songLike(frames, sampleRate), noise(frames, 2, 0.5)] as const;
    const options = { ...usual, sampleRate, dampingHz: 3000, lowCutHz: 150, send: 0.8, wet: 0.6, dry: 0.4, size: 0.7 };
    const truth = reverbTwin(channels, options);
    apply(channels, options).forEach((samples, channel) => {
      expect(residualDb(samples, truth[channel]!)).toBeLessThan(-110);
    });
  });

  it('is silent until the shortest line has been passed, whose length is a prime like all others', () => {
    const lengths = reverbLengths(usual);
    for (const length of lengths) for (let d = 2; d * d <= length; d++) expect(length % d).toBeGreaterThan(0);
    expect(new Set(lengths).size).toBe(16);
    const [left, right] = impulseResponses({}, 0.1);
    for (const samples of [left!, right!]) {
      expect(samples.findIndex((value) => value !== 0)).toBe(lengths[0]!);
    }
  });

  it('rings without a pitch: echoes soon as dense as noise, and no period', () => {
    const responses = impulseResponses({ highDecay: 1 }, 1);
    // Share of samples beyond the standard deviation, in 20 ms, against that of noise: Abel and Huang's echo density.
    const density = (samples: Float32Array, seconds: number) => {
      const window = samples.subarray((seconds - 0.01) * 44_100, (seconds + 0.01) * 44_100);
      const deviation = Math.sqrt(window.reduce((sum, value) => sum + value * value, 0) / window.length);
      return window.filter((value) => Math.abs(value) > deviation).length / window.length / 0.3173;
    };
    const dense = (seconds: number) =>
      responses.reduce((sum, samples) => sum + density(samples, seconds), 0) / responses.length;
    for (const seconds of [0.07, 0.1]) expect(dense(seconds)).toBeGreaterThan(0.8);
    for (const seconds of [0.15, 0.2, 0.3, 0.5, 0.7]) expect(dense(seconds)).toBeGreaterThan(0.95);
    for (const samples of responses) {
      // The decay taken off again.
      const late = samples.subarray(8820).map((value, i) => value * 10 ** ((3 * i) / 44_100 / 2));
      const energy = late.reduce((sum, value) => sum + value * value, 0);
      let largest = 0;
      for (const lag of [...reverbLengths(usual), ...Array.from({ length: 60 }, (_, i) => 45 + 31 * i)]) {
        let sum = 0;
        for (let i = lag; i < late.length; i++) sum += late[i]! * late[i - lag]!;
        largest = Math.max(largest, Math.abs(sum) / energy);
      }
      expect(largest).toBeLessThan(0.22);
    }
  });

  it('gives left and right that do not correlate, of the left, the right and a mono input', () => {
    const responses = impulseResponses({ highDecay: 1 }, 2);
    const mono = [0, 1].map((side) => responses[side]!.map((value, i) => value + responses[side + 2]![i]!));
    for (const [a, b] of [
      [responses[0]!, responses[1]!],
      [responses[2]!, responses[3]!],
      [mono[0]!, mono[1]!],
    ] as const) {
      const product = (p: Float32Array, q: Float32Array) => p.reduce((sum, value, i) => sum + value * q[i]!, 0);
      expect(Math.abs(product(a, b)) / Math.sqrt(product(a, a) * product(b, b))).toBeLessThan(0.1);
    }
  });

  it('is as loud as steady noise that comes in, whatever the decay', () => {
    for (const seconds of [0.3, 2, 6]) {
      const frames = Math.round((seconds + 2) * 44_100);
      const channels = [noise(frames, 1, 0.3), noise(frames, 77, 0.3)];
      apply(channels, { decaySeconds: seconds, highDecay: 1 }).forEach((samples, channel) => {
        const from = frames - 80_000;
        expect(Math.abs(levelDb(samples.subarray(from)) - levelDb(channels[channel]!))).toBeLessThan(1);
      });
    }
  });

  it('is the input, bit by bit, when it is dry, and hears a single channel as both', () => {
    const song = songLike(20_000, 44_100);
    expect(apply([song, song], { wet: 0, dry: 1 })).toEqual([song, song]);
    expect(apply([song], { channels: 1 })[0]).toEqual(apply([song, song])[0]);
  });

  it('rings on when the sound is cut, and comes to exact silence', () => {
    const channels = [noise(200_000, 1, 0.5), noise(200_000, 2, 0.5)];
    const make = () => new Reverb(kernels, { ...usual, decaySeconds: 0.4, highDecay: 1, dry: 1 });
    const cut = { 44100: (reverb: Reverb) => reverb.set({ send: 0, dry: 0 }) };
    const [left] = streamWithChanges(kernels, channels, [4410], make, cut);
    // The cut is over after 882 frames; from there 60 dB in 0.4 s.
    const fall = levelDb(left!.subarray(46_000, 48_000)) - levelDb(left!.subarray(54_820, 56_820));
    expect(fall).toBeGreaterThan(27);
    expect(fall).toBeLessThan(33);
    expect(left!.subarray(190_000).every((value) => value === 0)).toBe(true);
  });

  it('changes settings without a click', () => {
    const tone = sine(60_000, 44_100, 100, 0.25);
    const changes: Partial<ReverbSettings>[] = [
      { wet: 0 },
      { dry: 0 },
      { send: 0 },
      { decaySeconds: 0.2 },
      { decaySeconds: 20 },
      { highDecay: 1 },
      { dampingHz: 500 },
      { lowCutHz: 2000 },
    ];
    for (const settings of changes) {
      const make = () => new Reverb(kernels, { ...usual, dry: 1 });
      const change = { 40000: (reverb: Reverb) => reverb.set(settings) };
      for (const output of streamWithChanges(kernels, [tone, tone], [1000], make, change)) {
        const around = output.subarray(39_000);
        const height = around.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        // The tone's own, and the bend where a gain begins and ends its way of 882 frames.
        expect(roughness(around)).toBeLessThan(2 * toneRoughness(44_100, 100, height) + (2 * height) / 882);
      }
    }
  });

  itIsAnEffect(rules);

  it('refuses what is out of range, naming it and the range', () => {
    const make = (options: Partial<ReverbOptions>) => () => new Reverb(kernels, { ...usual, ...options });
    expect(make({ decaySeconds: 30 })).toThrow('decaySeconds is 30; it must be between 0.2 and 20');
    expect(make({ highDecay: 1.2 })).toThrow('highDecay is 1.2; it must be between 0.1 and 1');
    expect(make({ dampingHz: 22_000 })).toThrow(/dampingHz is 22000/);
    expect(make({ lowCutHz: 5 })).toThrow(/lowCutHz is 5/);
    expect(make({ channels: 3 })).toThrow(/channels is 3/);
    expect(make({ size: 3 })).toThrow(/size is 3/);
    const reverb = new Reverb(kernels, usual);
    for (const name of ['send', 'wet', 'dry'] as const) {
      expect(() => reverb.set({ [name]: Number.NaN })).toThrow(`${name} is NaN`);
    }
  });
});
