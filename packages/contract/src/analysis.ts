import type { TrackAnalysis } from '@tutti/music/analysis';
import { z } from 'zod';
import { ANALYSIS_SCHEMA } from './analysis-parts.ts';
import { failureSchema } from './failure.ts';

const seconds = z.number().min(0).describe('seconds from the first real sample');
const share = z.number().min(0).max(1);
const decibels = z.number().nullable().describe('null where nothing is loud enough to be measured');
const pitchName = z.enum(['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B']);
const mode = z.enum(['major', 'minor']);
/** Places of loudspeakers by the names of the WAVE channel mask. */
const speaker = z.enum([
  ...(['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'FLC', 'FRC', 'BC', 'SL', 'SR'] as const),
  ...(['TC', 'TFL', 'TFC', 'TFR', 'TBL', 'TBC', 'TBR'] as const),
]);

const formatSchema = z.strictObject({
  container: z.string(),
  codec: z.string(),
  sampleRate: z.number().positive().describe('Hz'),
  channels: z.int().positive(),
  speakers: z
    .array(speaker)
    .readonly()
    .optional()
    .describe('where each channel belongs, of more than two and where the file says so'),
  seconds,
  bitsPerSample: z.int().positive().optional(),
  lossless: z.boolean(),
});

/** What the file's tags claim, kept beside what was heard: neither overwrites the other. */
const tagsSchema = z.strictObject({
  title: z.string().nullable(),
  artist: z.string().nullable(),
  album: z.string().nullable(),
  bpm: z.number().positive().nullable(),
  key: z.strictObject({ tonic: pitchName, mode }).nullable(),
});

const tempoSchema = z.strictObject({
  bpm: z.number().positive().nullable(),
  confidence: share,
  kind: z.enum(['constant', 'drifting', 'none']),
  candidates: z.array(z.strictObject({ bpm: z.number().positive(), weight: share })).readonly(),
  beats: z.array(seconds).readonly(),
  downbeats: z.array(seconds).readonly(),
  meter: z.int().positive().nullable(),
});

const keySchema = z.strictObject({
  tonic: pitchName.nullable(),
  mode: mode.nullable(),
  camelot: z.string().nullable(),
  openKey: z.string().nullable(),
  confidence: share,
  tuningHz: z.number().positive().nullable(),
  candidates: z.array(z.strictObject({ tonic: pitchName, mode, weight: share })).readonly(),
  sections: z
    .array(z.strictObject({ start: seconds, end: seconds, tonic: pitchName, mode, confidence: share }))
    .readonly()
    .optional()
    .describe('the keys that the track goes through, one a stretch; absent where there is no key'),
});

const loudnessSchema = z.strictObject({
  integratedLufs: decibels,
  shortTermMaxLufs: decibels,
  momentaryMaxLufs: decibels,
  rangeLu: decibels,
  truePeakDb: decibels,
  samplePeakDb: decibels,
  crestDb: decibels,
  peakToLoudnessDb: decibels,
  peakToShortTermDb: decibels.describe('true peak over short-term loudness, the smallest of any 3 s'),
  replayGainDb: decibels,
  curve: z
    .strictObject({
      hopSeconds: z.number().positive(),
      shortTermLufs: z.array(z.number().nullable()).readonly(),
      hopLufs: z.array(z.number().nullable()).readonly().describe('loudness of each hop by itself'),
      lowShares: z.array(share).readonly().describe('share of each hop, as power, that goes with the bass'),
      step: z
        .strictObject({ seconds: z.number().positive(), lufs: z.array(z.number().nullable()).readonly() })
        .optional()
        .describe('loudness of steps that are shorter than a beat'),
      spectrum: z
        .strictObject({ hopSeconds: z.number().positive(), shares: z.array(z.array(share).readonly()).readonly() })
        .optional()
        .describe('share of each octave from 200 Hz up in the loudness that is not bass, as power'),
    })
    .optional(),
});

const structureSchema = z.strictObject({
  sections: z
    .array(
      z.strictObject({
        start: seconds,
        end: seconds,
        label: z.string().describe('intro, build, drop, break or outro where that is clear, else the part'),
        energy: share,
        part: z
          .string()
          .optional()
          .describe(
            'A, B, ...: sections of the same part are the same music; far apart in hours of sound it may have two letters',
          ),
        confidence: share.optional().describe('that it begins where it is said to'),
      }),
    )
    .readonly(),
  phrases: z.array(seconds).readonly(),
  introEnd: seconds.nullable(),
  outroStart: seconds.nullable(),
  cues: z
    .array(
      z.strictObject({
        time: seconds,
        kind: z.string().describe('first-downbeat, mix-in, intro-end, break, drop, outro-start or mix-out'),
        label: z.string(),
        confidence: share.optional(),
      }),
    )
    .readonly(),
  vocals: z
    .strictObject({
      hopSeconds: z.number().positive(),
      values: z.array(share).readonly().describe('how likely somebody sings, one value for each hop'),
      confidence: share,
    })
    .optional(),
});

const energySchema = z.strictObject({
  level: z.number().min(1).max(10).nullable(),
  curve: z.strictObject({ hopSeconds: z.number().positive(), values: z.array(share).readonly() }),
});

const statistic = z
  .strictObject({ mean: z.number(), deviation: z.number().min(0) })
  .nullable()
  .describe('mean and standard deviation over what is heard; null for silence');
const statisticSeries = z
  .strictObject({ mean: z.array(z.number()).readonly(), deviation: z.array(z.number().min(0)).readonly() })
  .nullable();

/** A figure for each band: below 150 Hz, from there to 4 kHz, above, and all together. */
function bands(figure: z.ZodNumber) {
  const known = figure.nullable().describe('null where nothing is heard');
  return z.strictObject({ low: known, mid: known, high: known, all: known });
}

const timbreSchema = z.strictObject({
  centroidHz: statistic,
  spreadHz: statistic,
  rolloffHz: statistic,
  flatness: statistic,
  contrastDb: statisticSeries.describe('peaks over valleys below 200 Hz and in the six octaves from there'),
  mfcc: statisticSeries.describe('cepstral coefficients 0 to 12 of 40 mel bands in dB'),
  zeroCrossingsPerSecond: statistic,
  onsetsPerSecond: z.number().min(0).nullable(),
  dissonance: statistic,
  stereo: z.strictObject({
    width: bands(share).describe('share of side in the power of mid and side'),
    correlation: bands(z.number().min(-1).max(1)).describe('of left and right'),
  }),
  danceability: share.nullable(),
  curve: z.strictObject({
    hopSeconds: z.number().positive(),
    centroidHz: z.array(z.number().nullable()).readonly(),
  }),
});

const embeddingSchema = z
  .strictObject({
    model: z.string().describe('vectors of different models are not to be compared'),
    values: z.array(z.number()).min(1).max(128).readonly().describe('near in Euclidean distance: sounds alike'),
  })
  .nullable()
  .describe('null for silence and what is too short');

const fingerprintSchema = z
  .strictObject({
    model: z.string().describe('fingerprints of different models are not to be compared'),
    words: z
      .base64()
      .min(4)
      .max(1_000_000)
      .describe('16-bit words, the lower byte first, one for every 0.08 s; 0 where nothing is heard'),
  })
  .nullable()
  .describe('what copies of a recording have in common; null for silence, what is too short, and hours of sound');

const listened = {
  tempo: tempoSchema,
  key: keySchema,
  loudness: loudnessSchema,
  structure: structureSchema,
  energy: energySchema,
  timbre: timbreSchema,
  embedding: embeddingSchema,
  fingerprint: fingerprintSchema,
  warnings: z.array(z.string()).readonly().describe('what is odd about the file or its sound'),
  notes: z
    .array(z.string())
    .readonly()
    .describe(
      'what cannot be said of a sound with nothing odd about it, or is said by stretches of a long one, and why',
    ),
} satisfies Record<keyof TrackAnalysis, z.ZodType>;

/** One analysed file: a line of `tutti analyse --json`. With `--only`, the parts that were not asked for are absent. */
export const analysisLineSchema = z.strictObject({
  schema: z.literal(ANALYSIS_SCHEMA),
  path: z.string(),
  audioHash: z.string(),
  analyser: z.strictObject({ version: z.string(), kernels: z.string() }),
  format: formatSchema,
  tags: tagsSchema,
  ...listened,
  tempo: tempoSchema.optional(),
  key: keySchema.optional(),
  loudness: loudnessSchema.optional(),
  structure: structureSchema.optional(),
  energy: energySchema.optional(),
  timbre: timbreSchema.optional(),
  embedding: embeddingSchema.optional(),
  fingerprint: fingerprintSchema.optional(),
});
export type AnalysisLine = z.infer<typeof analysisLineSchema>;

/** One file that could not be analysed. */
export const analysisFailureSchema = z.strictObject({
  schema: z.literal(ANALYSIS_SCHEMA),
  path: z.string(),
  error: failureSchema,
});
export type AnalysisFailure = z.infer<typeof analysisFailureSchema>;
