import { type Clip, Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../../testing/listening-signals.ts';
import { measured } from '../../testing/mastering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import type { MasterStage, StageOf } from '../stage-schemas.ts';
import { runStages } from '../trial/run-stages.ts';
import { bandHops, powerDb, quantile } from './band-hops.ts';
import { decideDeEsser } from './decide-de-esser.ts';

const RATE = 44_100;
const SECONDS = 20;
const FRAMES = SECONDS * RATE;
const kernels = new Kernels();

const sound = (value: (seconds: number, frame: number) => number) =>
  Float32Array.from({ length: FRAMES }, (_, i) => value(i / RATE, i));
const sum = (...parts: Float32Array[]) => parts[0]!.map((_, i) => parts.reduce((total, part) => total + part[i]!, 0));
const mono = (...parts: Float32Array[]): Clip => ({ sampleRate: RATE, channels: [sum(...parts)] });
const turns = (hertz: number, seconds: number) => Math.sin(2 * Math.PI * hertz * seconds);

async function decided(clip: Clip, before: readonly MasterStage[] = []): Promise<StageOf<'de-esser'> | null> {
  return decideDeEsser({ song: await measured(clip), filterRate: RATE }, before);
}

/** Noise between two frequencies: many tones of no common measure. */
function hiss(lowHz: number, highHz: number): Float32Array {
  const tones = Array.from({ length: 40 }, (_, k) => lowHz + (highHz - lowHz) * ((k * 0.618034) % 1));
  return sound(
    (seconds) => tones.reduce((total, hertz, k) => total + Math.sin(2 * Math.PI * hertz * seconds + k * k), 0) / 6,
  );
}

const SIBILANT = hiss(5500, 8500);

/** Where somebody sings an s: not in time, a fifth of a second each. */
const ESSES = [1.9, 4.4, 6.3, 9.9, 12.2, 15.6, 18.3];
const isIn = (times: readonly number[], length: number) => (seconds: number) =>
  times.some((start) => seconds >= start && seconds < start + length);
const isEss = isIn(ESSES, 0.2);

/** A voice: partials of a tone that moves, dull as vowels are, and an s instead of them now and then. */
function voice(ess: number): Float32Array {
  return sound((seconds, i) => {
    if (isEss(seconds)) return ess * SIBILANT[i]!;
    const hertz = 180 + 20 * Math.sin(seconds);
    let vowel = 0;
    for (let k = 1; k < 16; k++)
      vowel += Math.sin(2 * Math.PI * k * 180 * seconds + 20 * k * (1 - Math.cos(seconds))) / k ** 1.5;
    return (0.1 * hertz * vowel) / 180;
  });
}

const bass = sound((seconds) => 0.6 * turns(55, seconds));
const pad = sound(
  (seconds) => 0.03 * (turns(440, seconds) + turns(554, seconds) + turns(659, seconds) + turns(1319, seconds)),
);
/** Struck noise that dies away. */
const struck = (noise: Float32Array, times: readonly number[], decaySeconds: number) =>
  sound((seconds, i) => {
    const last = times.findLast((time) => time <= seconds);
    return last === undefined ? 0 : noise[i]! * Math.exp(-(seconds - last) / decaySeconds);
  });
const every = (step: number, from = 0) =>
  Array.from({ length: Math.ceil((SECONDS - from) / step) }, (_, i) => from + i * step);
const white = whiteNoise(FRAMES + 1, 5);
/** Rising to the top, as a cymbal. */
const bright = sound((_, i) => 0.3 * (white[i + 1]! - white[i]!));

describe('decideDeEsser', () => {
  it('lowers a strong s by what the plan says, and nothing else of a voice, alone and in a mix', async () => {
    for (const mix of [[], [bass, pad]]) {
      const clip = mono(voice(0.3), ...mix);
      const stage = (await decided(clip))!;
      expect(stage).toMatchObject({ kind: 'de-esser', lowHz: 5000, highHz: 10_000, wholeFromHz: 1000 });
      const said = /(\d+) times, .* % of the sound, .* less than (\d+\.\d) dB under .* lowered by about (\d\.\d) dB$/;
      const [, times, under, planned] = said.exec(stage.reason)!.map(Number);
      expect(times).toBe(ESSES.length);
      expect(under).toBeCloseTo(-stage.thresholdDb - 2, 6);
      const format = { sampleRate: RATE, channels: 1 };
      const [before, after] = await Promise.all(
        [[{ ...stage, rangeDb: 0 }], [stage]].map(async (stages) => {
          const [excerpt] = runStages(kernels, format, stages, [{ start: 0, channels: clip.channels }]);
          return bandHops((await measured({ ...clip, channels: excerpt!.channels })).bands, 5000, 10_000);
        }),
      );
      const change = Array.from(before!, (power, hop) => powerDb(power) - powerDb(after![hop]!));
      const within = ESSES.map((start) => change[Math.round(10 * start) + 1]!);
      expect(Math.abs(quantile(within, 0.5) - planned!)).toBeLessThan(0.7);
      expect(Math.min(...within)).toBeGreaterThan(2);
      // Frames of the measurement reach into the neighbours of an s.
      const others = change.filter((_, hop) =>
        [-3, -2, -1, 0, 1, 2, 3].every((step) => !isEss((hop + step) / 10 + 0.05)),
      );
      expect(others.length).toBeGreaterThan(80);
      expect(Math.max(...others.map(Math.abs))).toBeLessThan(0.15);
    }
  });

  it('has nothing to do in a voice without sibilants, or with soft ones, or with one', async () => {
    expect(await decided(mono(voice(0)))).toBeNull();
    expect(await decided(mono(voice(0.003), bass, pad))).toBeNull();
    const one = voice(0);
    one.set(voice(0.3).subarray(RATE, 3 * RATE), RATE);
    expect(await decided(mono(one))).toBeNull();
    expect(await decided(mono(sound(() => 0)))).toBeNull();
    expect(await decided(mixdown({ seconds: 8 }))).toBeNull();
  });

  it.each<[string, () => Float32Array[]]>([
    ['hi-hats on every half beat', () => [struck(bright, every(0.25), 0.04)]],
    ['hi-hats with accents', () => [struck(bright, every(0.25), 0.04), struck(bright, every(1.75, 0.25), 0.1)]],
    ['dull hi-hats now and then', () => [struck(SIBILANT, every(1.6, 0.2), 0.05)]],
    ['a crash on the first beat of four bars', () => [struck(bright, every(5), 0.5)]],
    ['a dull crash on the first beat of four bars', () => [struck(SIBILANT, every(5), 0.5)]],
    ['a bright mix', () => [sound((_, i) => 0.2 * bright[i]!)]],
    ['a bright mix with hi-hats', () => [sound((_, i) => 0.1 * bright[i]!), struck(bright, every(0.3), 0.05)]],
  ])('leaves %s alone, over chords and a bass', async (_, cymbals) => {
    expect(await decided(mono(bass, pad, ...cymbals()))).toBeNull();
  });

  it('does not mind hi-hats under a voice: its threshold is over theirs', async () => {
    const hats = struck(bright, every(0.25), 0.04).map((value) => 0.6 * value);
    const dry = (await decided(mono(voice(0.4), bass, pad)))!;
    const stage = (await decided(mono(voice(0.4), bass, pad, hats)))!;
    expect(stage.thresholdDb).toBeGreaterThan(dry.thresholdDb);
    expect(stage.reason).toMatch(/^7 times/);
  });

  it('is the same at any level, and knows what the equaliser before it does', async () => {
    const clip = mono(voice(0.2), bass, pad);
    const stage = (await decided(clip))!;
    const soft = { ...clip, channels: clip.channels.map((samples) => samples.map((value) => value / 16)) };
    expect(await decided(soft)).toEqual(stage);
    const hats = {
      ...clip,
      channels: [
        sum(
          clip.channels[0]!,
          struck(bright, every(0.25), 0.04).map((v) => 0.6 * v),
        ),
      ],
    };
    const shelf = { shape: 'high-shelf', frequencyHz: 3000, q: 0.7, gainDb: -6 } as const;
    const equaliser: MasterStage = { kind: 'equaliser', phase: 'minimum', bands: [shelf], reason: '' };
    const [plain, duller] = [(await decided(hats))!, (await decided(hats, [equaliser]))!];
    expect(duller.thresholdDb).toBeLessThan(plain.thresholdDb - 1);
  });
});
