import { z } from 'zod';
import { outputSchema } from '../mastering/plan-schema.ts';
import {
  deEsserSchema,
  dynamicsSchema,
  equaliserSchema,
  gainSchema,
  limiterSchema,
  rumbleFilterSchema,
} from '../mastering/stage-schemas.ts';
import { between, text, words } from '../plans/fields.ts';
import { STEM_KINDS } from './stem-kinds.ts';

/** A mix is at most two days long. */
const LONGEST_SECONDS = 172_800;
/** Stems of one mix. */
export const MOST_STEMS = 256;

const decibels = (meaning: string) =>
  between(-1000, 200).nullable().describe(`${meaning}; null where nothing can be said`);
const kind = z.enum(STEM_KINDS, `must be one of ${STEM_KINDS.join(', ')}`);
const share = between(0, 1);
const reason = words.describe('what was measured, what was decided and why');

/** One stage of a stem. The chain runs them in this order. */
const stemStageSchema = z.discriminatedUnion(
  'kind',
  [rumbleFilterSchema, equaliserSchema, dynamicsSchema, deEsserSchema],
  'must be a stage of a stem: its kind is rumble-filter, equaliser, dynamics or de-esser',
);
const busStageSchema = z.discriminatedUnion(
  'kind',
  [equaliserSchema, dynamicsSchema, gainSchema, limiterSchema],
  'must be a stage of the bus: its kind is equaliser, dynamics, gain or limiter',
);

const stemSchema = z.strictObject({
  name: text,
  source: z.strictObject({
    path: text.describe('where the file is'),
    audioHash: text.describe('hash of the decoded sound: a file that sounds different is refused'),
    sampleRate: between(8000, 192_000).describe('Hz'),
    channels: z.int('must be a whole number').min(1, 'must be at least 1').max(8, 'must be at most 8'),
    seconds: between(0, LONGEST_SECONDS),
  }),
  recognised: z.strictObject({
    kind: kind.describe('what it was planned as; a render does not look at it'),
    confidence: share.nullable().describe('of sound and name together; null for silence'),
    bySound: z.strictObject({ kind, confidence: share }).nullable().describe('what the sound alone says'),
    byName: kind.nullable().describe('what the name alone says'),
    followed: z
      .enum(['sound', 'name', 'both', 'user', 'neither'], 'must be sound, name, both, user or neither')
      .describe('which of them decided; user: a person said so'),
    reason,
  }),
  measured: z.strictObject({
    integratedLufs: decibels('loudness, EBU R 128'),
    momentaryMaxLufs: decibels('loudest 0.4 s'),
    truePeakDb: decibels('largest peak between the samples, dBTP'),
    crestDb: decibels('largest sample over RMS'),
  }),
  startSeconds: between(-LONGEST_SECONDS, LONGEST_SECONDS).describe(
    'where its first sample lies in the mix; of a negative one the beginning is not heard',
  ),
  muted: z.boolean('must be true or false').describe('left out of the mix'),
  stages: z
    .array(stemStageSchema)
    .max(4, 'must have at most 4 stages')
    .readonly()
    .describe('before the fader, in this order'),
  gain: z.strictObject({ gainDb: between(-80, 60).describe('dB'), reason }),
  pan: z.strictObject({
    position: between(-1, 1).describe('-1 left, 0 as it is, 1 right; power stays as it is'),
    reason,
  }),
  send: z.strictObject({
    levelDb: between(-60, 0).nullable().describe('gain from behind the fader into the room, dB; null: none'),
    reason,
  }),
  expectedLu: decibels('loudness in the mix against all stems together, LU'),
});

/** The reverb that stems are sent to. */
const roomSchema = z.strictObject({
  decaySeconds: between(0.2, 20).describe('in which low tones decay by 60 dB'),
  highDecay: between(0.1, 1).describe('share of it in which the highest tones do'),
  dampingHz: between(500, 40_000).describe('where the decay is between the two, Hz'),
  lowCutHz: between(20, 2000).describe('what is lower is not sent, Hz'),
  reason,
});

/** Where a mix, or the sum of stems as they came, is beside a reference. */
const distanceSchema = z.strictObject({
  spectrumDb: between(0, 1000).describe('root of the mean square over third octaves, dB'),
  sharesLu: between(0, 1000)
    .nullable()
    .describe(
      'root of the mean square over stems of how far their loudness is from that in the reference; null for other music',
    ),
});

/**
 * What a mix of stems is made of: what was measured, what each stem was taken for, what was decided, and why. A render follows
 * `seconds`, `stems`, `room`, `bus` and `output`; the rest tells people what was meant.
 */
export const balancePlanSchema = z.strictObject({
  schema: z.literal('tutti.balance-plan/1', 'must be "tutti.balance-plan/1"'),
  seconds: between(0, LONGEST_SECONDS),
  stems: z
    .array(stemSchema)
    .min(1, 'must have at least 1 stem')
    .max(MOST_STEMS, `must have at most ${MOST_STEMS} stems`)
    .readonly(),
  room: roomSchema.nullable().describe('null: none is heard'),
  bus: z.strictObject({
    stages: z
      .array(busStageSchema)
      .max(4, 'must have at most 4 stages')
      .readonly()
      .describe('on the sum, in this order'),
  }),
  target: z.strictObject({
    loudnessLufs: between(-60, -4).describe('integrated'),
    ceilingDb: between(-24, 0).describe('true peak, dBTP'),
  }),
  output: outputSchema,
  reference: z
    .strictObject({
      path: text,
      sameMusic: z.boolean('must be true or false').describe('it is a mix of these stems'),
      before: distanceSchema.describe('the stems added up as they came'),
      planned: distanceSchema,
      reason,
    })
    .nullable(),
  expected: z.strictObject({
    integratedLufs: decibels('of the mix'),
    truePeakDb: decibels('at most, dBTP'),
  }),
  warnings: z.array(words).max(1000).readonly(),
  result: z.unknown().optional().describe('what a render of it measured; a render does not look at it'),
});

export type BalancePlan = z.infer<typeof balancePlanSchema>;
export type PlannedStem = BalancePlan['stems'][number];
export type StemStage = z.infer<typeof stemStageSchema>;
export type ReferenceDistance = z.infer<typeof distanceSchema>;

/** The published JSON Schema of a balance plan. */
export function balancePlanJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(balancePlanSchema, { io: 'input' });
}
