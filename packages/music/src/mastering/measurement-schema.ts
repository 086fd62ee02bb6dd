import { z } from 'zod';
import { between } from '../plans/fields.ts';

const decibels = between(-1000, 200);
const known = (meaning: string) => decibels.nullable().describe(`${meaning}; null where nothing can be said`);
const share = (meaning: string) => between(0, 1).nullable().describe(meaning);
const correlation = (meaning: string) => between(-1, 1).nullable().describe(meaning);

/** One third of an octave, over the whole song. */
const bandSchema = z.strictObject({
  frequencyHz: between(10, 100_000).describe('nominal middle, IEC 61260'),
  levelDb: known('power of all channels in the band, dB over that of a full-scale sine in one channel'),
  crestDb: known('loudest tenth of a second over the mean, dB'),
  width: share(
    'share of side in the power of mid and side: 0 mono, 0.5 unrelated channels, 1 opposites; null for mono',
  ),
  correlation: correlation('of left and right: 1 mono, 0 unrelated, -1 opposites; null for mono'),
});

/** What listening to a mixdown finds before anything is decided. */
export const measurementSchema = z.strictObject({
  integratedLufs: known('loudness of the whole, EBU R 128'),
  shortTermMaxLufs: known('loudest 3 s'),
  momentaryMaxLufs: known('loudest 0.4 s'),
  rangeLu: known('loudness range, EBU Tech 3342'),
  truePeakDb: known('largest peak between the samples, dBTP'),
  samplePeakDb: known('largest sample, dBFS'),
  rmsDb: known('root of the mean square of all channels, dBFS'),
  crestDb: known('largest sample over RMS'),
  peakToLoudnessDb: known('true peak over integrated loudness'),
  peakToShortTermDb: known('true peak over short-term loudness where that is smallest'),
  bands: z.array(bandSchema).max(40).readonly().describe('third octaves from low to high, up to half the sample rate'),
  width: share('of the whole, as of a band'),
  correlation: correlation('of the whole, as of a band'),
  monoLossDb: known('by how much mid alone is softer than mid and side'),
  transientsPerSecond: between(0, 1000).nullable().describe('peaks of the onset curve in a second'),
  noiseFloorDb: known('level of the softest twentieth of what sounds, dBFS'),
  clippedSamples: between(0, 1e12).describe('samples cut off at full scale, in runs of four and more, all channels'),
  dcOffset: z.array(between(-2, 2)).max(2).readonly().describe('mean of the samples of each channel'),
  silence: z
    .strictObject({ startSeconds: between(0, 1e6), endSeconds: between(0, 1e6) })
    .describe('digital or nearly digital silence at both ends'),
});

export type MasterMeasurement = z.infer<typeof measurementSchema>;
