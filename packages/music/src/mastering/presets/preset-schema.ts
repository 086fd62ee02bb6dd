import { z } from 'zod';
import { between, text, words } from '../../plans/fields.ts';
import { outputSchema, targetSchema } from '../plan-schema.ts';
import { STAGE_ORDER, stageSchema } from '../stage-schemas.ts';

/** What a preset may decide: each stage but the level, which follows from the target. */
const DECIDABLE = STAGE_ORDER.filter((kind) => kind !== 'gain' && kind !== 'limiter');

/** The version that is written; older ones are migrated. */
export const PRESET_VERSION = 1;

/**
 * A partial plan: what is to be decided the same way for every song. What it does not say is planned as ever.
 */
export const presetSchema = z.strictObject({
  schema: z.literal(`tutti.master-preset/${PRESET_VERSION}`, `must be "tutti.master-preset/${PRESET_VERSION}"`),
  name: text.max(200, 'must be at most 200 characters'),
  description: words,
  target: targetSchema.partial().optional().describe('the name of a target, and what of it is to be otherwise'),
  style: text.optional().describe('the name of a style'),
  phase: z.enum(['minimum', 'linear'], 'must be minimum or linear').optional().describe('of the equaliser'),
  tolerance: between(0, 4)
    .optional()
    .describe('factor of how far a band may be from the wanted balance: 1 as songs differ, 0 not at all'),
  amount: between(0, 1.5).optional().describe('how strongly dynamics are changed; 1 is usual'),
  without: z
    .array(z.enum(DECIDABLE, `must be one of ${DECIDABLE.join(', ')}`))
    .max(DECIDABLE.length)
    .readonly()
    .optional()
    .describe('stages that are left out'),
  stages: z
    .array(stageSchema)
    .max(DECIDABLE.length)
    .readonly()
    .optional()
    .describe('stages that are set as they are, in the order of the chain; gain and limiter follow from the target'),
  output: outputSchema.partial().optional(),
});

export type MasterPreset = z.infer<typeof presetSchema>;

/** The published JSON Schema of a preset. */
export function masterPresetJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(presetSchema, { io: 'input' });
}
