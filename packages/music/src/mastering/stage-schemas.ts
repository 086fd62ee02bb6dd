import { BAND_SHAPES } from '@tutti/dsp';
import { z } from 'zod';
import { between, words } from '../plans/fields.ts';

/** Most bands of an equaliser. */
const MOST_EQUALISER_BANDS = 16;

const hertz = (minimum: number, maximum: number) => between(minimum, maximum).describe('Hz');
const decibels = (minimum: number, maximum: number) => between(minimum, maximum).describe('dB');
const seconds = (minimum: number, maximum: number) => between(minimum, maximum).describe('seconds');
const reason = words.describe('what was measured, what was decided and why');

/** One filter of an equaliser. */
const equaliserBandSchema = z.strictObject({
  shape: z.enum(BAND_SHAPES, `must be one of ${BAND_SHAPES.join(', ')}`),
  frequencyHz: hertz(5, 90_000),
  q: between(0.05, 50).describe(
    'resonance: middle over bandwidth; 0.7071 is Butterworth for a low-pass and a high-pass',
  ),
  gainDb: decibels(-24, 24).optional().describe('dB; of peaks and shelves only'),
});

export const rumbleFilterSchema = z.strictObject({
  kind: z.literal('rumble-filter'),
  cutoffHz: hertz(10, 200),
  slopeDbPerOctave: z.union([z.literal(12), z.literal(24)], 'must be 12 or 24'),
  removeDc: z.literal(true, 'must be true: a high-pass takes the constant part away'),
  offset: z
    .array(between(-2, 2))
    .min(1, 'must have a number for each channel')
    .max(2, 'must have a number for each channel')
    .readonly()
    .optional()
    .describe('of each channel, taken off every sample before the filter, which would hear it begin'),
  reason,
});

export const equaliserSchema = z.strictObject({
  kind: z.literal('equaliser'),
  phase: z
    .enum(['minimum', 'linear'], 'must be minimum or linear')
    .describe('minimum: no delay; linear: the same magnitude with every frequency delayed alike'),
  bands: z
    .array(equaliserBandSchema)
    .min(1, 'must have at least 1 band')
    .max(MOST_EQUALISER_BANDS, `must have at most ${MOST_EQUALISER_BANDS} bands`)
    .readonly(),
  reason,
});

/** What a compressor of one band does. */
const bandCompressorSchema = z.strictObject({
  thresholdDb: decibels(-80, 0),
  ratio: between(1, 20),
  kneeDb: decibels(0, 24),
  attackSeconds: seconds(0.0005, 0.5),
  releaseSeconds: seconds(0.005, 5),
  gainDb: decibels(-12, 12),
});

const multiband = z.strictObject({
  kind: z.literal('multiband'),
  crossoverHz: z
    .array(hertz(30, 20_000))
    .min(1, 'must have at least 1 frequency')
    .max(3, 'must have at most 3 frequencies')
    .readonly()
    .describe('Hz, ascending: the borders of the bands'),
  bands: z
    .array(bandCompressorSchema.nullable())
    .min(2, 'must have at least 2 bands')
    .max(4, 'must have at most 4 bands')
    .readonly()
    .describe('from low to high, one more than borders; null leaves a band as it is'),
  reason,
});

export const dynamicsSchema = z.strictObject({
  kind: z.literal('dynamics'),
  mode: z.enum(['compress', 'expand'], 'must be compress or expand'),
  thresholdDb: decibels(-80, 0),
  ratio: between(0.1, 20).describe(
    'dB in for a dB out beyond the threshold: 1 and more to compress, 1 and less to expand',
  ),
  kneeDb: decibels(0, 24),
  attackSeconds: seconds(0.0005, 0.5),
  releaseSeconds: seconds(0.005, 5),
  rangeDb: decibels(0, 24).describe('dB; the most that the level is changed by'),
  gainDb: decibels(-12, 12).describe('dB; behind the gain computer'),
  reason,
});

export const deEsserSchema = z.strictObject({
  kind: z.literal('de-esser'),
  lowHz: hertz(2000, 12_000),
  highHz: hertz(3000, 20_000),
  wholeFromHz: hertz(20, 2000).optional().describe('Hz; what lies above it counts as the whole, all when it is absent'),
  thresholdDb: decibels(-40, 0).describe('dB; the band against the whole'),
  ratio: between(1, 20),
  rangeDb: decibels(0, 24).describe('dB; the most that the band is lowered by'),
  reason,
});

const width = z.strictObject({
  kind: z.literal('width'),
  width: between(0, 2).describe('factor of side against mid: 0 mono, 1 as it is'),
  monoBelowHz: hertz(20, 500).nullable().describe('Hz; below it the sound is mono; null leaves the bass as it is'),
  reason,
});

const saturation = z.strictObject({
  kind: z.literal('saturation'),
  driveDb: decibels(0, 24),
  mix: between(0, 1).describe('share of the saturated sound'),
  oversampling: z.union([z.literal(2), z.literal(4), z.literal(8)], 'must be 2, 4 or 8'),
  reason,
});

/** How far a song may be lowered and raised, dB. */
export const GAIN_DB = { least: -60, most: 40 } as const;
export const gainSchema = z.strictObject({
  kind: z.literal('gain'),
  gainDb: decibels(GAIN_DB.least, GAIN_DB.most),
  reason,
});

export const limiterSchema = z.strictObject({
  kind: z.literal('limiter'),
  ceilingDb: between(-24, 0).describe('true peak, dBTP'),
  lookaheadSeconds: seconds(0.001, 0.02),
  releaseSeconds: seconds(0.01, 5),
  reason,
});

/** One stage of the chain. The chain runs them in this order. */
export const stageSchema = z.discriminatedUnion(
  'kind',
  [
    rumbleFilterSchema,
    equaliserSchema,
    multiband,
    dynamicsSchema,
    deEsserSchema,
    width,
    saturation,
    gainSchema,
    limiterSchema,
  ],
  'must be a stage: its kind is rumble-filter, equaliser, multiband, dynamics, de-esser, width, saturation, gain or limiter',
);

/** The kinds of stages in the order of the chain. */
export const STAGE_ORDER = stageSchema.options.map((option) => option.shape.kind.value);

export type MasterStage = z.infer<typeof stageSchema>;
export type StageKind = MasterStage['kind'];
export type StageOf<K extends StageKind> = Extract<MasterStage, { readonly kind: K }>;
