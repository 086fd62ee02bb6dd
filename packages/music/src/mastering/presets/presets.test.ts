import { describe, expect, it } from 'vitest';
import { planned } from '../../testing/mastering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { migrated, parseMasterPreset } from './parse-preset.ts';
import { type MasterPreset, masterPresetJsonSchema } from './preset-schema.ts';
import { presetOf, withPreset } from './with-preset.ts';

const equaliser = {
  kind: 'equaliser',
  phase: 'minimum',
  bands: [{ shape: 'peak', frequencyHz: 300, q: 1, gainDb: -2 }],
  reason: 'less mud',
} as const;
const preset: MasterPreset = {
  schema: 'tutti.master-preset/1',
  name: 'my sound',
  description: 'what I like',
  target: { name: 'club', loudnessLufs: -10 },
  style: 'gentle',
  amount: 0.2,
  without: ['dynamics'],
  stages: [equaliser],
  output: { sampleFormat: 'int16', dither: 'shaped' },
};
const source = { path: 'a.wav', audioHash: 'a' };

describe('parseMasterPreset', () => {
  it('takes what is right, as it is', () => {
    expect(parseMasterPreset(JSON.parse(JSON.stringify(preset)))).toEqual(preset);
    const least = { schema: 'tutti.master-preset/1', name: 'nothing', description: '' };
    expect(parseMasterPreset(least)).toEqual(least);
  });

  it.each<[string, object, RegExp]>([
    ['a newer one', { schema: 'tutti.master-preset/7' }, /it is of version 7, and this program knows versions up to 1/],
    [
      'another thing',
      { schema: 'tutti.master-plan/1' },
      /schema is "tutti.master-plan\/1"; .* it is no preset, or damaged/,
    ],
    ['a version that is none', { schema: 'tutti.master-preset/x' }, /no preset, or damaged/],
    ['a number out of range', { amount: 9 }, /amount is 9; it must be between 0 and 1.5/],
    ['a field too many', { colour: 'red' }, /has a field "colour"; there is none of that name/],
    ['a target that there is not', { target: { name: 'tape' } }, /no target "tape"; there are streaming/],
    ['a style that there is not', { style: 'loud' }, /no style "loud"; there are balanced/],
    ['a gain', { stages: [{ kind: 'gain', gainDb: 1, reason: '' }] }, /stages\[0\].kind is "gain"; it must be neither/],
    [
      'a stage twice',
      { stages: [equaliser, equaliser] },
      /stages\[1\].kind is "equaliser"; it must come behind equaliser/,
    ],
    ['with and without', { without: ['equaliser'] }, /must not be in "without" as well/],
    ['without a level', { without: ['limiter'] }, /without\[0\] is "limiter"; it must be one of rumble-filter/],
  ])('refuses %s', (_, change, message) => {
    expect(() => parseMasterPreset({ ...preset, ...change })).toThrow(message);
  });

  it.each([null, 7, 'preset', [], {}])('refuses %o', (json) => {
    expect(() => parseMasterPreset(json)).toThrow(/master preset: .*damaged/);
  });

  it('migrates older versions step by step', () => {
    const rename = (from: string, to: string) => (json: Record<string, unknown>) => {
      const { [from]: value, ...rest } = json;
      return { ...rest, [to]: value };
    };
    const migrations = [rename('title', 'label'), rename('label', 'name')];
    expect(migrated({ schema: 'tutti.master-preset/1', title: 'x' }, migrations)).toEqual({
      schema: 'tutti.master-preset/3',
      name: 'x',
    });
    expect(migrated({ schema: 'tutti.master-preset/2', label: 'x' }, migrations)).toMatchObject({ name: 'x' });
    expect(() => migrated({ schema: 'tutti.master-preset/4' }, migrations)).toThrow(/of version 4/);
  });

  it('has a schema that says the same', () => {
    expect(JSON.stringify(masterPresetJsonSchema())).toContain('"const":"tutti.master-preset/1"');
  });
});

describe('withPreset', () => {
  it('decides what it says, and leaves the rest to the song', async () => {
    const clip = mixdown({ seconds: 6, gain: 0.1 });
    const plan = await planned(clip, withPreset({ source }, preset));
    expect(plan.target).toMatchObject({ name: 'club', loudnessLufs: -10, ceilingDb: -1 });
    expect(plan.style.name).toBe('gentle');
    expect(plan.stages.find(({ kind }) => kind === 'equaliser')).toMatchObject({ bands: equaliser.bands });
    expect(plan.stages.some(({ kind }) => kind === 'dynamics')).toBe(false);
    expect(plan.output).toEqual({ sampleRate: 44_100, sampleFormat: 'int16', dither: 'shaped' });
  });

  it('gives way to what is asked for in words', async () => {
    const asked = withPreset({ source, phase: 'linear' }, { ...preset, phase: 'minimum' });
    expect(asked.phase).toBe('linear');
  });

  it('comes back from a plan', async () => {
    const clip = mixdown({ seconds: 6, gain: 0.1 });
    const plan = await planned(clip);
    const saved = parseMasterPreset(JSON.parse(JSON.stringify(presetOf(plan, 'kept', 'as that song'))));
    const again = await planned(clip, withPreset({ source: plan.source }, saved));
    const shapes = (stages: typeof plan.stages) => stages.map(({ reason: _, ...stage }) => stage);
    expect(shapes(again.stages)).toEqual(shapes(plan.stages));
  });
});
