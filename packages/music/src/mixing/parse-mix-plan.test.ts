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

const gater = { kind: 'gater', start: 10, end: 20, periodSeconds: 0.5, duty: 0.5, edgeSeconds: 0.005, depth: 1 };

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
    [
      'a key shift too far',
      (plan) => Object.assign(plan.tracks[1]!, { keyShift: 2 }),
      /tracks\[1\].keyShift is 2; it must be between -1 and 1/,
    ],
    [
      'a key shift that leaves no room for the speed',
      (plan) =>
        Object.assign(plan.tracks[0]!, {
          keyShift: 1,
          timeMap: [
            { mix: 0, source: 0 },
            { mix: 100, source: 51 },
          ],
        }),
      /tracks\[0\].timeMap\[1\].source is 51; it must be between 52.9\d+ and 200, .* plays at 0.5297\d+ to 2 times its speed/,
    ],
    [
      'an effect of no kind',
      (plan) => Object.assign(plan.tracks[0]!, { effects: [{ kind: 'wobble', start: 1, end: 2 }] }),
      /tracks\[0\].effects\[0\].kind is "wobble"; it must be one of low-pass, .* reverb/,
    ],
    [
      'an effect without a parameter',
      (plan) => Object.assign(plan.tracks[0]!, { effects: [{ kind: 'platter', start: 1, end: 2 }] }),
      /tracks\[0\].effects\[0\].seconds is missing/,
    ],
    [
      'an effect before its track',
      (plan) => Object.assign(plan.tracks[1]!, { effects: [{ ...gater, start: 1, end: 70 }] }),
      /tracks\[1\].effects\[0\].start is 1; it must be between the track's start, [\d.]+, and its end/,
    ],
    [
      'an effect after its track',
      (plan) => Object.assign(plan.tracks[0]!, { effects: [{ ...gater, end: 1000 }] }),
      /tracks\[0\].effects\[0\].end is 1000; it must be at most the track's end/,
    ],
    [
      'an effect that ends before it begins',
      (plan) => Object.assign(plan.tracks[0]!, { effects: [{ ...gater, end: 5 }] }),
      /tracks\[0\].effects\[0\].end is 5; it must be above its start, 10/,
    ],
    [
      'a constant out of the processor’s range',
      (plan) => Object.assign(plan.tracks[0]!, { effects: [{ ...gater, duty: 2 }] }),
      /tracks\[0\].effects\[0\].duty is 2; it must be between 0 and 1/,
    ],
    [
      'a point out of the processor’s range',
      (plan) => Object.assign(plan.tracks[0]!, { effects: [{ ...gater, depth: [{ at: 11, value: 3 }] }] }),
      /tracks\[0\].effects\[0\].depth\[0\].value is 3; it must be between 0 and 1/,
    ],
    [
      'a curve that does not rise',
      (plan) =>
        Object.assign(plan.tracks[0]!, {
          effects: [
            {
              ...gater,
              depth: [
                { at: 12, value: 1 },
                { at: 11, value: 0 },
              ],
            },
          ],
        }),
      /tracks\[0\].effects\[0\].depth\[1\].at is 11; it must be above 12, the point before it/,
    ],
    [
      'a stop and a backspin at the same time',
      (plan) =>
        Object.assign(plan.tracks[0]!, {
          effects: [
            { kind: 'platter', start: 10, end: 12, seconds: 1 },
            { kind: 'backspin', start: 11, end: 13, seconds: 1, speed: 2 },
          ],
        }),
      /tracks\[0\].effects\[1\].start is 11; it must not be while effects\[0\] lasts, from 10 to 12: a deck has one platter/,
    ],
    [
      'a backspin longer than the record',
      (plan) =>
        Object.assign(plan.tracks[0]!, { effects: [{ kind: 'backspin', start: 11, end: 16, seconds: 5, speed: 2 }] }),
      /tracks\[0\].effects\[0\].seconds is 5; it must be at most 3 at a speed of 2/,
    ],
    [
      'a phaser upside down',
      (plan) =>
        Object.assign(plan.tracks[0]!, {
          effects: [
            {
              ...{ kind: 'phaser', start: 11, end: 16, lowHz: 500, periodSeconds: 1, spread: 0, feedback: 0, mix: 0.5 },
              highHz: [
                { at: 11, value: 1000 },
                { at: 15, value: 250 },
              ],
            },
          ],
        }),
      /tracks\[0\].effects\[0\].lowHz is 500; it must be at most the highHz at 15 s, 250/,
    ],
    [
      'too many effects',
      (plan) =>
        Object.assign(plan.tracks[0]!, {
          effects: Array.from({ length: 33 }, (_, i) => ({ ...gater, start: i, end: i + 1 })),
        }),
      /tracks\[0\].effects is .*; it must have at most 32 effects/,
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
