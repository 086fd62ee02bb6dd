import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import {
  expectBlockSizeNotToMatter,
  expectChannelsApart,
  itIsAnEffect,
  roughness,
  toneRoughness,
} from '../testing/effects.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { impulse, noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { Echo, type EchoOptions, type EchoSettings } from './echo.ts';
import { echoTwin } from './echo.twin.ts';

const kernels = new Kernels();
const usual: EchoOptions = {
  sampleRate: 48_000,
  channels: 2,
  timeSeconds: 0.02,
  feedback: 0.5,
  lowCutHz: 100,
  highCutHz: 6000,
  send: 1,
  wet: 1,
  dry: 1,
  maximumSeconds: 1,
};

function apply(channels: readonly Float32Array[], options: Partial<EchoOptions> = {}): Float32Array[] {
  const mark = kernels.mark();
  const echo = new Echo(kernels, { ...usual, channels: channels.length, ...options });
  const output = stream(kernels, channels, [4096], (block) => echo.process(block));
  kernels.release(mark);
  return output;
}

/** What comes of a tone while settings change at frame 20,000. */
function applyChange(tone: Float32Array, options: Partial<EchoOptions>, settings: Partial<EchoSettings>): Float32Array {
  const make = () => new Echo(kernels, { ...usual, channels: 1, ...options });
  return streamWithChanges(kernels, [tone], [1000], make, { 20000: (echo) => echo.set(settings) })[0]!;
}

const rules = {
  make: (instance: Kernels) => new Echo(instance, { ...usual, timeSeconds: 0.011 }),
  channels: 2,
  changes: [
    (echo: Echo) => echo.set({ timeSeconds: 0.03, feedback: 0.95, highCutHz: 2000 }),
    (echo: Echo) => echo.set({ timeSeconds: 0.01, send: 0.2, dry: 0.5, lowCutHz: 500 }),
  ],
} as const;

describe('Echo', () => {
  it('repeats to the frame: the first echo is the sound itself, bit by bit', () => {
    const burst = noise(700);
    const samples = new Float32Array(2000);
    samples.set(burst);
    for (const [timeSeconds, delay] of [
      [0.0200001, 960],
      [0.025, 1200],
    ] as const) {
      const [output] = apply([samples], { timeSeconds });
      expect(output!.subarray(0, 700)).toEqual(burst);
      expect(output!.subarray(700, delay).every((value) => value === 0)).toBe(true);
      expect(output!.subarray(delay, delay + 700)).toEqual(burst);
    }
  });

  it('multiplies each next echo with the feedback times the response of both Butterworth filters', () => {
    const [output] = apply([impulse(48_000)], { timeSeconds: 0.2, feedback: 0.5, lowCutHz: 200, highCutHz: 5000 });
    const echo = (number: number) => output!.subarray(9600 * number, 9600 * (number + 1));
    const warp = (frequencyHz: number) => Math.tan((Math.PI * frequencyHz) / 48_000);
    for (const frequencyHz of [50, 200, 1000, 5000, 9000]) {
      const lowCut = 1 + (warp(200) / warp(frequencyHz)) ** 4;
      const highCut = 1 + (warp(frequencyHz) / warp(5000)) ** 4;
      const onceDb = 20 * Math.log10(0.5) - 10 * Math.log10(lowCut * highCut);
      for (const number of [2, 3]) {
        expect(gainDb(echo(number), 48_000, frequencyHz)).toBeCloseTo((number - 1) * onceDb, 1);
      }
    }
  });

  it.each([8000, 44_100, 192_000])('agrees with its float64 twin at %i Hz, ping-pong too', (sampleRate) => {
    const channels = [songLike(20_000, sampleRate, 1), noise(20_000, 2, 0.5)];
    for (const pingPong of [false, true]) {
      const options = { ...usual, sampleRate, feedback: 0.9, highCutHz: 3000, wet: 0.7, dry: 0.4, send: 0.8, pingPong };
      const truth = echoTwin(channels, options);
      apply(channels, options).forEach((samples, channel) => {
        expect(residualDb(samples, truth[channel]!)).toBeLessThan(-110);
      });
    }
  });

  it('plays left and right in turn with ping-pong', () => {
    const [left, right] = apply([impulse(4800), new Float32Array(4800)], { pingPong: true, dry: 0 });
    const energy = (samples: Float32Array, number: number) =>
      samples.subarray(960 * number, 960 * (number + 1)).reduce((sum, value) => sum + value * value, 0);
    for (const number of [1, 2, 3, 4]) {
      const [with_, without] = number % 2 === 1 ? [left!, right!] : [right!, left!];
      expect(energy(with_, number)).toBeGreaterThan(1e-4);
      // All there is on the other side is how the filters ring on of the echo before.
      expect(energy(without, number)).toBeLessThan(0.02 * energy(with_, number));
    }
    expect(left![960]).toBe(0.5);
  });

  it('rings on when the sound is cut, and comes to exact silence', () => {
    const tone = sine(200_000, 48_000, 1000, 0.5);
    const output = applyChange(tone, { feedback: 0.9 }, { send: 0, dry: 0 });
    const energy = (from: number) => output.subarray(from, from + 960).reduce((sum, value) => sum + value * value, 0);
    // The ramp is over at 20,960; from the next echo on, the tail is all there is, and falls with each echo.
    expect(10 * Math.log10(energy(22_000) / energy(22_960))).toBeCloseTo(-20 * Math.log10(0.9), 0);
    expect(energy(30_000)).toBeGreaterThan(0);
    expect(
      applyChange(tone, { feedback: 0.5 }, { send: 0, dry: 0 })
        .subarray(100_000)
        .every((v) => v === 0),
    ).toBe(true);
  });

  it('glides to a new time evenly, at most by half a frame a frame, and is exact when it has arrived', () => {
    const tone = sine(60_000, 48_000, 100, 0.25);
    const options = { feedback: 0, dry: 0, timeSeconds: 0.1 };
    for (const [timeSeconds, pitch] of [
      [0.2, 0.5],
      [0.05, 1.5],
      [0.1001, 1.006],
    ] as const) {
      const output = applyChange(tone, options, { timeSeconds });
      // The tone at another pitch, and where the pitch changes, a bend by half of the tone's steepest step.
      const bend = Math.abs(pitch - 1) * 0.25 * ((2 * Math.PI * 100) / 48_000);
      expect(roughness(output.subarray(5000))).toBeLessThan(
        1.05 * (toneRoughness(48_000, 100 * Math.max(1, pitch), 0.25) + bend),
      );
      const delay = Math.round(timeSeconds * 48_000);
      expect(output.subarray(40_000)).toEqual(tone.subarray(40_000 - delay, 60_000 - delay));
    }
    // Halfway through a glide from 4800 to 9600 frames, which takes 9600: the delay is 7200.
    const ramp = Float32Array.from({ length: 60_000 }, (_, i) => i / 60_000);
    const output = applyChange(ramp, options, { timeSeconds: 0.2 });
    expect(output[20_000 + 4799]! * 60_000).toBeCloseTo(20_000 + 4799 - 7200, 1);
  });

  it('follows a tempo that glides, set anew with every block of 128 frames', () => {
    const tone = sine(96_000, 48_000, 100, 0.25);
    const echo = new Echo(kernels, { ...usual, channels: 1, timeSeconds: 0.25, feedback: 0, dry: 0 });
    let frame = 0;
    const [output] = stream(kernels, [tone], [128], (block) => {
      // Half a beat, from 120 to 128 bpm within two seconds.
      echo.set({ timeSeconds: 30 / (120 + (8 * frame) / 96_000) });
      echo.process(block);
      frame += block.frames;
    });
    const heard = output!.subarray(13_000);
    // The delay shrinks by 0.0078 frames a frame on average; each block's whole frame is spread over the ramp.
    expect(roughness(heard)).toBeLessThan(
      1.05 * toneRoughness(48_000, 100, 0.25) + 0.02 * 0.25 * ((200 * Math.PI) / 48_000),
    );
    expect(heard.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(0.2501);
  });

  it('changes gains and filters without a click', () => {
    const tone = sine(60_000, 48_000, 100, 0.25);
    for (const settings of [
      { wet: 0 },
      { dry: 0 },
      { send: 0 },
      { feedback: 0.95 },
      { lowCutHz: 2000 },
      { highCutHz: 1000 },
    ]) {
      const output = applyChange(tone, {}, settings).subarray(1000);
      const height = output.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      // The tone's own, and the bend where a gain begins and ends its way of 960 frames.
      expect(roughness(output)).toBeLessThan(1.05 * (toneRoughness(48_000, 100, height) + height / 960));
    }
  });

  it('stays bounded while everything is changed all the time', () => {
    const echo = new Echo(kernels, { ...usual, channels: 1, feedback: 0.95, rampSeconds: 0.001 });
    let turn = 0;
    const [output] = stream(kernels, [noise(300_000, 3, 0.1)], [97], (block) => {
      turn += 1;
      const timeSeconds = 0.01 + 0.05 * Math.abs(Math.sin(turn * turn));
      echo.set({
        timeSeconds,
        highCutHz: 1000 + 15_000 * Math.abs(Math.cos(turn)),
        lowCutHz: turn % 3 === 0 ? 20 : 900,
      });
      echo.process(block);
    });
    expect(output!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(3);
  });

  it('keeps channels apart without ping-pong', () => {
    expectChannelsApart((instance) => new Echo(instance, usual));
    const song = songLike(6000, 48_000);
    expect(apply([song])[0]).toEqual(apply([song, noise(6000)])[0]);
  });

  it('does so with ping-pong, too: the same bits for any split into blocks', () => {
    expectBlockSizeNotToMatter({ ...rules, make: (instance) => new Echo(instance, { ...usual, pingPong: true }) });
  });

  itIsAnEffect(rules);

  it('refuses what is out of range, naming it and the range', () => {
    const make = (options: Partial<EchoOptions>) => () => new Echo(kernels, { ...usual, ...options });
    expect(make({ timeSeconds: 1.5 })).toThrow('timeSeconds is 1.5; it must be between 0.01 and 1');
    expect(make({ feedback: 1 })).toThrow('feedback is 1; it must be between 0 and 0.95');
    expect(make({ highCutHz: 30_000 })).toThrow(/highCutHz is 30000/);
    expect(make({ lowCutHz: Number.NaN })).toThrow(/lowCutHz is NaN/);
    expect(make({ pingPong: true, channels: 1 })).toThrow(/channels is 1/);
    const echo = new Echo(kernels, usual);
    expect(() => echo.set({ wet: 2 })).toThrow(/wet is 2/);
    expect(() => echo.set({ dry: -1 })).toThrow(/dry is -1/);
    expect(() => echo.set({ send: -1 })).toThrow(/send is -1/);
  });
});
