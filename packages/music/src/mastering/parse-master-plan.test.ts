import { describe, expect, it } from 'vitest';
import { masterPlan } from '../testing/master-plan.ts';
import { parseMasterPlan } from './parse-master-plan.ts';
import { masterPlanJsonSchema } from './plan-schema.ts';
import { STAGE_ORDER } from './stage-schemas.ts';

/** A plan with a field, given by its path, set to something else. */
function edited(path: string, value: unknown): unknown {
  const plan: unknown = JSON.parse(JSON.stringify(masterPlan()));
  const parts = path.match(/\w+/g)!;
  const last = parts.pop()!;
  const owner = parts.reduce((object, part) => (object as Record<string, unknown>)[part], plan);
  (owner as Record<string, unknown>)[last] = value;
  return plan;
}

describe('parseMasterPlan', () => {
  it('takes a plan with every stage, and one with none', () => {
    const plan = masterPlan();
    expect(plan.stages.map(({ kind }) => kind)).toEqual(STAGE_ORDER);
    expect(parseMasterPlan(plan)).toEqual(plan);
    expect(parseMasterPlan({ ...plan, stages: [] }).stages).toEqual([]);
  });

  it('takes what was changed by hand within the ranges', () => {
    const plan = edited('stages[7].gainDb', -3.25);
    expect(parseMasterPlan(plan)).toEqual(plan);
    expect(parseMasterPlan({ ...masterPlan(), result: { whatever: 1 } }).result).toEqual({ whatever: 1 });
  });

  it.each<[string, string, unknown, RegExp]>([
    [
      'another schema',
      'schema',
      'tutti.mix-plan/1',
      /schema is "tutti.mix-plan\/1"; it must be "tutti.master-plan\/1"/,
    ],
    ['a gain out of range', 'stages[7].gainDb', 99, /stages\[7\].gainDb is 99; it must be between -60 and 40/],
    ['a gain that is text', 'stages[7].gainDb', 'loud', /stages\[7\].gainDb is "loud"; it must be a number between/],
    ['a field too many', 'stages[0].colour', 'red', /stages\[0\] has a field "colour"; there is none of that name/],
    ['a field missing', 'stages[8].ceilingDb', undefined, /stages\[8\].ceilingDb is missing; it must be a number/],
    ['a ceiling over full scale', 'stages[8].ceilingDb', 0.5, /ceilingDb is 0.5; it must be between -24 and 0/],
    [
      'a stage that there is not',
      'stages[3].kind',
      'reverb',
      /stages\[3\].kind is "reverb"; it must be a stage: its kind/,
    ],
    ['an equaliser without bands', 'stages[1].bands', [], /stages\[1\].bands is \[\]; it must have at least 1 band/],
    ['an unknown shape', 'stages[1].bands[0].shape', 'bell', /bands\[0\].shape is "bell"; it must be one of low-pass/],
    [
      'a filter over half the rate',
      'stages[1].bands[0].frequencyHz',
      30_000,
      /frequencyHz is 30000; it must be at most 21609, 0.49 times/,
    ],
    [
      'an offset for another number of channels',
      'stages[0].offset',
      [0.1],
      /offset is \[0.1\]; it must have 2 numbers/,
    ],
    ['borders out of order', 'stages[2].crossoverHz[1]', 100, /crossoverHz\[1\] is 100; it must be above 120/],
    ['a band too few', 'stages[2].bands', [null, null], /stages\[2\].bands has 2 bands; it must have 3/],
    ['a mode that there is not', 'stages[3].mode', 'gate', /stages\[3\].mode is "gate"; it must be compress or expand/],
    [
      'an expander that compresses',
      'stages[3].mode',
      'expand',
      /stages\[3\].ratio is 2; it must be 1 or less to expand/,
    ],
    ['a compressor that expands', 'stages[3].ratio', 0.5, /ratio is 0.5; it must be 1 or more to compress/],
    ['a band upside down', 'stages[4].highHz', 4000, /stages\[4\].highHz is 4000; it must be above its lowHz, 5000/],
    ['oversampling by 3', 'stages[6].oversampling', 3, /oversampling is 3; it must be 2, 4 or 8/],
    [
      'width of one channel',
      'source.channels',
      1,
      /stages\[5\].kind is "width"; it must not be there: the source has one/,
    ],
    ['six channels', 'source.channels', 6, /source.channels is 6; it must be 1 or 2/],
    ['a rate of 1 Hz', 'output.sampleRate', 1, /output.sampleRate is 1; it must be at least 8000/],
    ['a target that is too loud', 'target.loudnessLufs', 0, /target.loudnessLufs is 0; it must be between -60 and -4/],
    [
      'a behaviour that there is not',
      'behaviour.kind',
      'squash',
      /behaviour.kind is "squash"; it must be one of preserve/,
    ],
    ['a number that is none', 'source.seconds', Number.NaN, /source.seconds is null; it must be a number between/],
    ['no stages', 'stages', null, /stages is null/],
  ])('refuses %s', (_, path, value, message) => {
    expect(() => parseMasterPlan(edited(path, value))).toThrow(message);
  });

  it('refuses stages out of order and twice', () => {
    const { stages, ...plan } = masterPlan();
    const [rumble, equaliser] = stages;
    expect(() => parseMasterPlan({ ...plan, stages: [equaliser, rumble] })).toThrow(
      /stages\[1\].kind is "rumble-filter"; it must be one of multiband, .* which come behind equaliser/,
    );
    expect(() => parseMasterPlan({ ...plan, stages: [stages.at(-1), stages.at(-1)] })).toThrow(
      /stages\[1\].kind is "limiter"; it must not follow limiter/,
    );
  });

  it.each([null, 7, 'plan', [], {}])('refuses %o', (json) => {
    expect(() => parseMasterPlan(json)).toThrow(/master plan: /);
  });
});

describe('masterPlanJsonSchema', () => {
  it('says what the reader checks', () => {
    const schema = masterPlanJsonSchema() as { properties: Record<string, unknown>; required: string[] };
    expect(schema.properties['schema']).toMatchObject({ const: 'tutti.master-plan/1' });
    expect(schema.required).toContain('stages');
    for (const kind of STAGE_ORDER) expect(JSON.stringify(schema)).toContain(`"const":"${kind}"`);
  });
});
