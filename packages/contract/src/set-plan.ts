import type { PairCost } from '@tutti/music/set-planning';
import { z } from 'zod';
import { failureSchema } from './failure.ts';

export const SET_PLAN_SCHEMA = 'tutti.set-plan/1';

const points = z.number().min(0);
const seconds = z.number().min(0);

const costSchema = z.strictObject({
  key: points.describe('distance on the Camelot wheel, relative and parallel keys, energy boosts'),
  tempo: points.describe('the stretch needed, half and double tempo, another meter'),
  glide: points.describe('how far the tempo glides after the join'),
  energy: points.describe('step of energy'),
  timbre: points.describe('how different they sound'),
  vocals: points.describe('singing over singing'),
  loudness: points,
  ends: points.describe('how little outro and intro offer to mix over'),
  artist: points.describe('the same artist again at once'),
  total: points,
} satisfies Record<keyof PairCost, z.ZodType>);

/** One planned set: a line of `tutti plan --json`. */
export const setPlanSchema = z.strictObject({
  schema: z.literal(SET_PLAN_SCHEMA),
  candidate: z.int().min(1).describe('1 is the best'),
  candidates: z.int().min(1).describe('how many were found'),
  method: z.enum(['exact', 'search', 'given order']).describe('exact: proven best by the costs'),
  seed: z.int(),
  seconds: seconds.describe('about how long the set is, transitions overlapped'),
  wantedSeconds: z.number().positive().nullable().describe('null when all tracks were asked for'),
  tempoPath: z
    .array(z.strictObject({ at: z.number().min(0).max(1), value: z.number().min(20).max(400) }))
    .min(1)
    .nullable()
    .describe('the tempo asked for, BPM by place in the set from 0 to 1; null without one'),
  cost: points.describe('of all pairs, of missing the curves and of artists that come again; lower is better'),
  artistCost: points,
  score: points.describe('what sets are compared by: cost, or, for a length, that a track and what missing it costs'),
  difference: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe(
      'from the nearest of the candidates before it: share of chosen tracks, or of steps where all are played, that it does not have',
    ),
  reason: z.string(),
  tracks: z
    .array(
      z.strictObject({
        path: z.string(),
        audioHash: z.string(),
        title: z.string(),
        start: seconds.describe('about where it begins in the set'),
        seconds: z.number().positive().describe('length of the whole track'),
        bpm: z.number().positive().nullable(),
        camelot: z.string().nullable(),
        energy: z.number().min(1).max(10).nullable(),
        targetEnergy: z.number().min(1).max(10).nullable().describe('what the curve asks for; null without one'),
        curveCost: points.describe('for missing the energy curve and the tempo path'),
        reason: z.string(),
      }),
    )
    .min(1),
  pairs: z.array(
    z.strictObject({
      from: z.int().min(0).describe('index of the outgoing track'),
      to: z.int().min(1).describe('index of the incoming track'),
      cost: costSchema,
      reason: z.string(),
    }),
  ),
  leftOut: z.int().min(0).describe('how many of the tracks are not in it'),
  warnings: z.array(z.string()),
});
export type SetPlanDocument = z.infer<typeof setPlanSchema>;

/** A set that could not be planned as asked. */
export const setPlanFailureSchema = z.strictObject({ schema: z.literal(SET_PLAN_SCHEMA), error: failureSchema });
export type SetPlanFailure = z.infer<typeof setPlanFailureSchema>;
