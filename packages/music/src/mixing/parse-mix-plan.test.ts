import { describe, expect, it } from 'vitest';
import { clickTrack } from '../testing/click-track.ts';
import { parseMixPlan } from './parse-mix-plan.ts';
import { planMix } from './plan-mix.ts';
import { type MixPlan, mixPlanJsonSchema } from './plan-schema.ts';

type Editable<T> = { -readonly [K in keyof T]: Editable<T[K]> };

function edited(edit: (plan: Editable<MixPlan>) => void): unknown {
  const tracks = [120, 122, 124].map((bpm) => clickTrack({ bpm, seconds: 90 }).track);
  const plan = JSON.parse(JSON.stringify(planMix(tracks))) as Editable<MixPlan>;
  edit(plan);
  return plan;
}

describe('parseMixPlan', () => {
  it('takes a plan with gains and reasons changed by hand', () => {
    const plan = edited((json) => {
      json.tracks[1]!.gainDb = -3;
      json.tracks[1]!.reason = 'because I like it quiet';
      json.result = { truePeakDb: -1.05 };
      json.tracks[0]!.high = [
        { at: 60, gain: 1 },
        { at: 70, gain: 0.2 },
      ];
    });
    expect(parseMixPlan(plan)).toEqual(plan);
  });

  it.each<[string, (plan: Editable<MixPlan>) => void, RegExp]>([
    [
      'another schema',
      (plan) => Object.assign(plan, { schema: 'tutti.mix-plan/9' }),
      /schema is "tutti.mix-plan\/9"; it must be "tutti.mix-plan\/1"/,
    ],
    [
      'a gain out of range',
      (plan) => Object.assign(plan.tracks[1]!, { gainDb: 99 }),
      /tracks\[1\].gainDb is 99; it must be between -60 and 30/,
    ],
    [
      'a gain that is text',
      (plan) => Object.assign(plan.tracks[1]!, { gainDb: 'loud' }),
      /tracks\[1\].gainDb is "loud"; it must be a number between -60 and 30/,
    ],
    [
      'a field too many',
      (plan) => Object.assign(plan.tracks[0]!, { colour: 'red' }),
      /tracks\[0\] has a field "colour"; there is none of that name/,
    ],
    ['a field missing', (plan) => Object.assign(plan.master, { ceilingDb: undefined }), /master.ceilingDb is missing/],
    [
      'another rate',
      (plan) => Object.assign(plan, { sampleRate: 22_050 }),
      /sampleRate is 22050; it must be 44100 or 48000/,
    ],
    [
      'a level that is too high',
      (plan) => plan.tracks[1]!.level.splice(0, 9, { at: 1, gain: 5 }),
      /tracks\[1\].level\[0\].gain is 5; it must be between 0 and 4/,
    ],
    ['points out of order', (plan) => plan.tracks[1]!.low.reverse(), /tracks\[1\].low\[1\].at is .*; it must be above/],
    [
      'time that stands still',
      (plan) => Object.assign(plan.tracks[1]!.timeMap[1]!, { mix: 0 }),
      /tracks\[1\].timeMap\[1\].mix is 0; it must be above/,
    ],
    [
      'a speed out of range',
      (plan) => Object.assign(plan.tracks[1]!.timeMap[1]!, { source: 1000 }),
      /tracks\[1\].timeMap\[1\].source is 1000; it must be between .* 0.5 to 2 times/,
    ],
    [
      'an end before the start',
      (plan) => Object.assign(plan.tracks[0]!, { end: 0 }),
      /tracks\[0\].end is 0; it must be above its start/,
    ],
    [
      'an end after the mix',
      (plan) => Object.assign(plan, { seconds: 100 }),
      /end is .*; it must be at most the mix's seconds, 100/,
    ],
    [
      'more of a track than there is',
      (plan) => Object.assign(plan.tracks[0]!, { cueOut: 91 }),
      /tracks\[0\].cueOut is 91; it must be at most the track's seconds, 90/,
    ],
    [
      'a transition to nowhere',
      (plan) => Object.assign(plan.transitions[1]!, { to: 3 }),
      /transitions\[1\].to is 3; it must be at most 2/,
    ],
    ['no tracks', (plan) => plan.tracks.splice(0), /tracks is \[\]; it must have at least 1 track/],
    [
      'not a number',
      (plan) => Object.assign(plan, { seconds: Number.NaN }),
      /seconds is null; it must be a number between/,
    ],
  ])('refuses %s', (_, edit, message) => {
    expect(() => parseMixPlan(edited(edit))).toThrow(message);
  });

  it('refuses more tracks at once than there are decks', () => {
    const crowd = edited((plan) => {
      for (let copy = 0; copy < 3; copy++) plan.tracks.push(plan.tracks[2]!);
    });
    expect(() => parseMixPlan(crowd)).toThrow(
      /tracks\[\d\].start is .*; it must not be while 3 other tracks are heard/,
    );
  });

  it.each([null, 7, 'plan', [], {}])('refuses %o', (json) => {
    expect(() => parseMixPlan(json)).toThrow(/mix plan: /);
  });
});

describe('mixPlanJsonSchema', () => {
  it('says what the reader checks', () => {
    const schema = mixPlanJsonSchema() as { properties: Record<string, unknown>; required: string[] };
    expect(schema.properties['schema']).toMatchObject({ const: 'tutti.mix-plan/1' });
    expect(schema.required).toContain('tracks');
    expect(JSON.stringify(schema)).toContain('"maximum":30');
  });
});
