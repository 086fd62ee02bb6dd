import { describe, expect, it } from 'vitest';
import { stem, stemKernels } from '../../testing/stems.ts';
import type { StemKind } from '../stem-kinds.ts';
import { recogniseStem } from './recognise-stem.ts';
import { type StemSound, stemSound } from './stem-sound.ts';

type Name = Parameters<typeof stem>[0];
const soundOf = (name: Name, gainDb = 0): StemSound =>
  stemSound(stemKernels, 44_100, [{ start: 0, channels: stem(name, { gainDb }).channels }])!;

describe('recogniseStem', () => {
  it.each([
    ['drums', 'drums'],
    ['bass', 'bass'],
    ['chords', 'harmonic'],
    ['pad', 'harmonic'],
    ['voice', 'vocals'],
    ['hiss', 'other'],
  ] as const)('takes %s for %s by the sound alone', (name, kind) => {
    const told = recogniseStem(soundOf(name), { name: 'track 1' });
    expect(told).toMatchObject({ kind, followed: 'sound', byName: null, bySound: { kind } });
    expect(told.confidence).toBeGreaterThan(1 / 2);
    expect(told.reason).toMatch(/its name says nothing: \d+ % of it lies below 150 Hz/);
  });

  it('says the same at any level', () => {
    const loud = recogniseStem(soundOf('chords'), { name: '' });
    const soft = recogniseStem(soundOf('chords', -40), { name: '' });
    expect(soft.kind).toBe(loud.kind);
    expect(soft.confidence).toBeCloseTo(loud.confidence, 2);
  });

  it('is surer when the name agrees, and follows a sure sound against a wrong name', () => {
    const sound = soundOf('drums');
    const alone = recogniseStem(sound, { name: 'x' });
    const right = recogniseStem(sound, { name: 'drums' });
    expect(right).toMatchObject({ kind: 'drums', followed: 'both' });
    expect(right.confidence).toBeGreaterThan(alone.confidence);
    const wrong = recogniseStem(sound, { name: 'lead vocals' });
    expect(wrong).toMatchObject({ kind: 'drums', followed: 'sound', byName: 'vocals' });
    expect(wrong.confidence).toBeLessThan(alone.confidence);
    expect(wrong.reason).toMatch(/sounds like drums \(\d+ %\) and its name says vocals: the sound is followed/);
  });

  it('takes a stem for what a person says that it is', () => {
    const told = recogniseStem(soundOf('drums'), { name: 'bass', told: 'other' });
    expect(told).toMatchObject({
      kind: 'other',
      confidence: 1,
      followed: 'user',
      byName: 'bass',
      bySound: { kind: 'drums' },
    });
    expect(told.reason).toMatch(/said to be other; it sounds like drums \(\d+ %\)/);
  });

  it('follows the name where the sound is not sure', () => {
    const [a, b] = [soundOf('chords'), soundOf('bass')];
    const between = Object.fromEntries(
      Object.entries(a).map(([figure, value]) => [figure, (value + b[figure as keyof StemSound]) / 2]),
    ) as unknown as StemSound;
    const sure = recogniseStem(between, { name: '' }).bySound;
    const other: StemKind = sure.kind === 'bass' ? 'harmonic' : 'bass';
    const told = recogniseStem(between, { name: other === 'bass' ? 'bass' : 'piano' });
    expect(sure.confidence).toBeLessThan(0.95);
    expect(told).toMatchObject({ kind: other, followed: 'name' });
    expect(told.reason).toMatch(/the name is followed, since the sound is not sure enough/);
  });
});

describe('stemSound', () => {
  it('is nothing for silence', () => {
    const silence = new Float32Array(44_100);
    expect(stemSound(stemKernels, 44_100, [{ start: 0, channels: [silence, silence] }])).toBeNull();
    expect(stemSound(stemKernels, 44_100, [])).toBeNull();
  });

  it('has figures within their ranges, of the shortest sound too', () => {
    for (const frames of [1, 700, 44_100]) {
      const { channels } = stem('drums');
      const sound = stemSound(stemKernels, 44_100, [
        { start: 0, channels: channels.map((c) => c.subarray(5000, 5000 + frames)) },
      ]);
      if (sound === null) continue;
      for (const value of Object.values(sound)) expect(Number.isFinite(value) && value >= 0).toBe(true);
      for (const share of [sound.flatness, sound.lowShare, sound.singing]) expect(share).toBeLessThanOrEqual(1);
    }
  });
});
