import { z } from 'zod';
import { between, text, words } from '../plans/fields.ts';
import { measurementSchema } from './measurement-schema.ts';
import { stageSchema } from './stage-schemas.ts';

/** A master is at most two days long. */
const LONGEST_SECONDS = 172_800;

const sampleRate = z
  .int('must be a whole number')
  .min(8000, 'must be at least 8000')
  .max(192_000, 'must be at most 192000');

/** What is asked of a master. */
export const targetSchema = z.strictObject({
  name: text,
  loudnessLufs: between(-60, -4).nullable().describe('integrated; null: as loud as it comes, never over the ceiling'),
  toleranceLu: between(0.05, 5).describe('how far the master may be from it without a remark'),
  ceilingDb: between(-24, 0).describe('true peak, dBTP'),
  mostLimitingDb: between(0, 24).describe('the limiter is never asked for more: the master stays softer instead'),
});

/** What the file of a master is like. */
export const outputSchema = z.strictObject({
  sampleRate: sampleRate.describe('Hz; the chain runs at this rate'),
  sampleFormat: z.enum(['int16', 'int24', 'float32'], 'must be int16, int24 or float32'),
  dither: z.enum(['none', 'triangular', 'shaped'], 'must be none, triangular or shaped'),
});

/** Why a song is treated as it is. */
export const BEHAVIOURS = ['preserve', 'expand', 'compress-light', 'compress-heavy'] as const;

/**
 * What a master is made of: what was measured, what was decided, and what is expected of it. A render follows `source`,
 * `stages` and `output`; the rest tells people, and the check of the finished master, what was meant.
 */
export const masterPlanSchema = z.strictObject({
  schema: z.literal('tutti.master-plan/1', 'must be "tutti.master-plan/1"'),
  source: z.strictObject({
    path: text.describe('where the file is'),
    audioHash: text.describe('hash of the decoded sound: a file that sounds different is refused'),
    sampleRate: sampleRate.describe('Hz'),
    channels: z.union([z.literal(1), z.literal(2)], 'must be 1 or 2'),
    seconds: between(0, LONGEST_SECONDS),
  }),
  target: targetSchema,
  style: z.strictObject({ name: text }),
  behaviour: z.strictObject({
    kind: z.enum(BEHAVIOURS, `must be one of ${BEHAVIOURS.join(', ')}`),
    reason: words,
  }),
  measured: measurementSchema,
  stages: z
    .array(stageSchema)
    .max(9)
    .readonly()
    .describe('in the order of the chain, each kind at most once; a stage that would do nothing is absent'),
  output: outputSchema,
  expected: z
    .strictObject({
      integratedLufs: between(-200, 100).nullable(),
      toleranceLu: between(0.01, 5).describe('how far the reached loudness may be from the expected one'),
      truePeakDb: between(-1000, 200).nullable().describe('at most, dBTP'),
      crestDb: between(0, 1000).nullable(),
      limitingDb: between(0, 100)
        .nullable()
        .describe('what the limiter takes at most, but for a hundredth of the time'),
      workedOutFor: text
        .optional()
        .describe(
          'tells the stages and the output that this was worked out for: of a plan changed since, it is another',
        ),
    })
    .describe(
      'what the finished master is compared with; what is null is not promised, as where a plan was changed by hand',
    ),
  warnings: z.array(words).max(1000).readonly(),
  result: z.unknown().optional().describe('what a render of it measured; a render does not look at it'),
});

export type MasterPlan = z.infer<typeof masterPlanSchema>;
export type MasterTarget = z.infer<typeof targetSchema>;
export type Behaviour = MasterPlan['behaviour']['kind'];

/** The published JSON Schema of a master plan. */
export function masterPlanJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(masterPlanSchema, { io: 'input' });
}
