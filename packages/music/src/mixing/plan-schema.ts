import { z } from 'zod';
import { between, text, words } from '../plans/fields.ts';
import { effectSchema, MOST_EFFECTS } from './effects/effect-schema.ts';
import { LONGEST_MIX_SECONDS } from './mix-limits.ts';
import { TECHNIQUES } from './transitions/technique.ts';

const mixSeconds = between(0, LONGEST_MIX_SECONDS);
const sourceSeconds = between(0, LONGEST_MIX_SECONDS);

const automation = (most: number, meaning: string) =>
  z
    .array(z.strictObject({ at: between(-1, LONGEST_MIX_SECONDS), gain: between(0, most) }))
    .max(10_000)
    .readonly()
    .describe(`${meaning}; linear factor, 1 leaves as it is; straight lines between points, [] is 1 throughout`);

const trackSchema = z.strictObject({
  id: text,
  title: words,
  path: text.describe('where the file is'),
  audioHash: text.describe('hash of the decoded sound: a file that sounds different is refused'),
  seconds: between(0.001, LONGEST_MIX_SECONDS).describe('length of the whole track'),
  bpm: between(1, 1000).nullable().describe('its own tempo; for reading only'),
  camelot: words.nullable().describe('its key; for reading only'),
  gainDb: between(-60, 30).describe('constant gain that brings it to the common loudness'),
  keyShift: between(-1, 1)
    .multipleOf(0.01, 'must be in hundredths of a semitone')
    .describe('semitones that its pitch is moved by; its time is not'),
  start: mixSeconds.describe('first moment in the mix'),
  end: mixSeconds.describe('last moment in the mix'),
  cueIn: sourceSeconds.describe('moment of the track that sounds at `start`'),
  cueOut: sourceSeconds.describe('moment of the track that sounds at `end`'),
  timeMap: z
    .array(
      z.strictObject({
        mix: between(-LONGEST_MIX_SECONDS, 2 * LONGEST_MIX_SECONDS),
        source: between(-LONGEST_MIX_SECONDS, 2 * LONGEST_MIX_SECONDS),
      }),
    )
    .min(2, 'must have at least 2 points')
    .max(100_000, 'must have at most 100000 points')
    .readonly()
    .describe('which moment of the track sounds when: straight lines between points, the outer ones go on'),
  level: automation(4, 'fader'),
  low: automation(2, 'low band'),
  mid: automation(2, 'middle band'),
  high: automation(2, 'high band'),
  effects: z
    .array(effectSchema)
    .max(MOST_EFFECTS, `must have at most ${MOST_EFFECTS} effects`)
    .readonly()
    .describe('one after the other; echo and reverb lie behind the fader, all others before it'),
  reason: words,
});

const technique = z.enum(TECHNIQUES, `must be one of ${TECHNIQUES.join(', ')}`);
const score = between(0, 1).describe('1 is effortless; about a flaw that is noticed halves it');
const bars = between(0, 1000).nullable();
const onPhrase = z.boolean().nullable();

const transitionSchema = z.strictObject({
  from: z.int().min(0).describe('index of the outgoing track'),
  to: z.int().min(1).describe('index of the incoming track'),
  kind: z.enum(['beat-matched', 'cut', 'fade']),
  technique: technique.describe('how it is done'),
  start: mixSeconds,
  end: mixSeconds,
  bars: bars.describe(
    'bars of the faster track that both play, or that the effect takes with which the outgoing one leaves; null without a grid',
  ),
  bpm: between(1, 1000).nullable().describe('tempo in the mix at its start; null without a shared grid'),
  stretch: between(0.25, 4).nullable().describe('speed of the incoming track at its start; null without a shared grid'),
  glideBars: between(0, 1000).nullable().describe('bars after which the incoming track plays at its own tempo again'),
  bassSwap: mixSeconds.nullable().describe('moment at which the bass changes hands; null when it does not'),
  phrases: z
    .strictObject({ out: onPhrase, incoming: onPhrase })
    .describe(
      'whether the outgoing track ends and the incoming one begins on a border of its phrases; null: not known',
    ),
  score,
  reason: words,
  alternatives: z
    .array(z.strictObject({ technique, bars, start: mixSeconds, score, reason: words }))
    .max(5, 'must have at most 5')
    .readonly()
    .describe('other ways to join the two, best first; for reading only'),
});

/**
 * What a mix is made of: each track with its place, its map of time, its gains, and each transition with its reason.
 * A render follows `tracks` and `master`; `transitions` tell people (and pictures) what was decided.
 */
export const mixPlanSchema = z.strictObject({
  schema: z.literal('tutti.mix-plan/1', 'must be "tutti.mix-plan/1"'),
  sampleRate: z.union([z.literal(44_100), z.literal(48_000)], 'must be 44100 or 48000'),
  seconds: between(0.001, LONGEST_MIX_SECONDS),
  tempo: z
    .union(
      [
        z.literal('follow'),
        between(20, 400),
        z
          .array(z.strictObject({ at: between(0, 1), value: between(20, 400) }))
          .min(1)
          .max(1000)
          .readonly(),
      ],
      'must be "follow", a number between 20 and 400, or points of place (0 to 1) and BPM',
    )
    .describe('what the tracks were laid by; for reading only'),
  master: z.strictObject({
    targetLufs: between(-60, 0).describe('loudness that each track was brought to'),
    ceilingDb: between(-24, 0).describe('true peak, dBTP'),
    lookaheadSeconds: between(0.001, 0.02),
    releaseSeconds: between(0.01, 2),
    lowHz: between(40, 1000).describe('between the low and the middle band'),
    highHz: between(1000, 12_000).describe('between the middle and the high band'),
    reason: words,
  }),
  tracks: z.array(trackSchema).min(1, 'must have at least 1 track').max(10_000, 'must have at most 10000').readonly(),
  transitions: z.array(transitionSchema).max(9_999).readonly(),
  warnings: z.array(words).readonly(),
  result: z.unknown().optional().describe('what a render of it measured; a render does not look at it'),
});

export type MixPlan = z.infer<typeof mixPlanSchema>;
export type MixPlanTrack = MixPlan['tracks'][number];
export type MixTransition = MixPlan['transitions'][number];

/** The published JSON Schema of a mix plan. */
export function mixPlanJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(mixPlanSchema, { io: 'input' });
}
