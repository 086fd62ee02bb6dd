import { describe, expect, it } from 'vitest';
import { plainPlan, stem } from '../testing/stems.ts';
import { parseBalancePlan } from './parse-balance-plan.ts';

const plan = plainPlan({ drums: stem('drums', { seconds: 2 }), bass: stem('bass', { seconds: 2 }) });

/** The plan with another value at a place. */
function edited(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(plan);
  const steps = path.split('.');
  const last = steps.pop()!;
  const place = steps.reduce<Record<string, unknown>>(
    (at, step) => at[step] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

const equaliser = {
  kind: 'equaliser',
  phase: 'minimum',
  bands: [{ shape: 'peak', frequencyHz: 30_000, q: 1, gainDb: 2 }],
  reason: '',
};
const gain = { kind: 'gain', gainDb: 1, reason: '' };
const limiter = { kind: 'limiter', ceilingDb: -1, lookaheadSeconds: 0.005, releaseSeconds: 0.1, reason: '' };
const room = { decaySeconds: 1, highDecay: 0.5, dampingHz: 5000, lowCutHz: 200, reason: '' };

describe('parseBalancePlan', () => {
  it('takes a plan as it is', () => {
    expect(parseBalancePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it.each([
    ['schema', 'tutti.balance-plan/2', /schema is "tutti.balance-plan\/2"; it must be "tutti.balance-plan\/1"/],
    ['stems.1.gain.gainDb', 99, /stems\[1\]\.gain\.gainDb is 99; it must be between -80 and 60/],
    ['stems.0.pan.position', 'left', /stems\[0\]\.pan\.position is "left"; it must be a number between -1 and 1/],
    ['stems.0.recognised.kind', 'tuba', /stems\[0\]\.recognised\.kind is "tuba"; it must be one of drums, bass/],
    ['stems.0.muted', 1, /stems\[0\]\.muted is 1; it must be true or false/],
    ['stems.0.startSeconds', 2, /stems\[0\]\.startSeconds is 2; it must be below the length of the mix, 2/],
    ['stems.1.source.path', '/stems/drums.wav', /stems\[1\]\.source\.path is .* it must not be that of stems\[0\]/],
    ['stems.1.source.channels', 9, /stems\[1\]\.source\.channels is 9; it must be at most 8/],
    [
      'stems.0.stages',
      [gain],
      /stems\[0\]\.stages\[0\].*must be a stage of a stem: its kind is rumble-filter, equaliser/,
    ],
    [
      'stems.0.stages',
      [equaliser],
      /stems\[0\]\.stages\[0\]\.bands\[0\]\.frequencyHz is 30000; it must be at most 21609/,
    ],
    ['bus.stages', [limiter, gain], /bus\.stages\[1\]\.kind is "gain"; it must not follow limiter/],
    ['target.ceilingDb', 1, /target\.ceilingDb is 1; it must be between -24 and 0/],
    ['output.sampleRate', 44_100.5, /output\.sampleRate is 44100\.5; it must be a whole number/],
    ['stems', [], /stems is \[\]; it must have at least 1 stem/],
    ['stems.0.gain', undefined, /stems\[0\]\.gain is missing/],
    ['stems.0.send.levelDb', -12, /stems\[0\]\.send\.levelDb is -12; it must be null, since room is null/],
    ['room', { ...room, dampingHz: 20_000 }, /room\.dampingHz is 20000; it must be at most 19845/],
    ['volume', 11, /the plan has a field "volume"; there is none of that name/],
  ])('refuses %s = %j by its name', (path, value, message) => {
    expect(() => parseBalancePlan(edited(path, value))).toThrow(message);
    expect(() => parseBalancePlan(edited(path, value))).toThrow(expect.objectContaining({ kind: 'invalid-plan' }));
  });
});
