import { z } from 'zod';
import type { Expectation, LoudnessSignal, ToneSegment } from './signal.ts';

const level = z.number().nullable();

const segmentSchema = z
  .object({
    seconds: z.number(),
    freq: z.number(),
    level: z.union([level, z.array(z.number())]),
    amplitude: z.number().positive().optional(),
    phase: z.number().default(0),
    fade: z.number().default(0),
  })
  .transform(
    ({ seconds, freq, level: db, amplitude, phase, fade }): ToneSegment => ({
      seconds,
      frequencyHz: freq,
      levelDb: amplitude === undefined ? db : 20 * Math.log10(amplitude),
      phase,
      fadeSeconds: fade,
    }),
  );

const expectedSchema = z.object({ value: z.number(), tol: z.number().optional() }).extend({
  tolUp: z.number().optional(),
  tolDown: z.number().optional(),
  seconds: z.number().optional(),
});

/** The corpus's names of what is read. */
const FIGURES = {
  integrated: 'integratedLufs',
  shortTermMax: 'shortTermMaxLufs',
  momentaryMax: 'momentaryMaxLufs',
  loudnessRange: 'rangeLu',
  truePeak: 'truePeakDb',
  shortTermConstantAfter: 'everyShortTermLufs',
  momentaryConstantAfter: 'everyMomentaryLufs',
} as const satisfies Record<string, Expectation['figure']>;
const figureSchema = z.enum(Object.keys(FIGURES) as [keyof typeof FIGURES, ...(keyof typeof FIGURES)[]]);

const pulseSchema = z.object({
  seconds: z.number(),
  amplitude: z.number(),
  bandwidth: z.number(),
  offset: z.number(),
  halfwidth: z.number(),
});

const vectorSchema = z.object({
  id: z.string(),
  title: z.string(),
  rate: z.number(),
  channels: z.number().int(),
  segments: z.array(segmentSchema).optional(),
  pulse: pulseSchema.optional(),
  repeat: z.number().int().default(1),
  expect: z.partialRecord(figureSchema, expectedSchema),
});

/**
 * Reads a list of loudness signals as a corpus describes them.
 * @throws ZodError when it is none
 */
export function parseVectors(json: string): LoudnessSignal[] {
  const { vectors } = z.object({ vectors: z.array(vectorSchema) }).parse(JSON.parse(json));
  return vectors.map(({ id, title, rate, channels, segments = [], pulse, repeat, expect }) => ({
    id,
    about: title,
    sampleRate: rate,
    channels,
    sound: pulse ? { pulse: { ...pulse, halfWidth: pulse.halfwidth } } : { segments, repeat },
    expected: Object.entries(expect).map(([name, { value, tol = 0, tolUp = tol, tolDown = tol }]): Expectation => {
      return { figure: FIGURES[figureSchema.parse(name)], value, above: tolUp, below: tolDown };
    }),
  }));
}
