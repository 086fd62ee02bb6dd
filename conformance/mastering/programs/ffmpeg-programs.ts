import { z } from 'zod';
import { amplitudeOf } from '../signal.ts';
import type { Order, Program } from './program.ts';
import { reachLoudness } from './reach-loudness.ts';
import { runFfmpeg, waveArguments } from './run-ffmpeg.ts';

const figure = z.string().transform(Number);
const loudnormSchema = z.object({
  input_i: figure,
  input_tp: figure,
  input_lra: figure,
  input_thresh: figure,
  target_offset: figure,
  normalization_type: z.string(),
});

/** The JSON that loudnorm prints last. */
function parseLoudnorm(words: string): z.infer<typeof loudnormSchema> {
  return loudnormSchema.parse(JSON.parse(words.slice(words.lastIndexOf('{'), words.lastIndexOf('}') + 1)));
}

/** Ranges that loudnorm takes. */
const LUFS_RANGE = [-70, -5] as const;
const CEILING_RANGE = [-9, 0] as const;
const LRA_RANGE = [1, 50] as const;
/** A range of 0 reads as one that was not measured, and forbids the linear mode. */
const MEASURED_LRA_RANGE = [0.01, 99] as const;
const clamp = (value: number, [low, high]: readonly [number, number]) => Math.min(high, Math.max(low, value));

/**
 * EBU R 128 normalisation in two passes. Its range target is that of the song, so that it stays linear wherever the true
 * peak allows it; else it falls back to its dynamic mode, which rides the gain and limits at 192 kHz.
 */
const loudnorm: Program = {
  name: 'loudnorm',
  about: 'ffmpeg loudnorm, two passes, linear=true, range as measured',
  async master({ inputPath, outputPath, sampleRate, targetLufs, ceilingDb }) {
    const target = `I=${clamp(targetLufs, LUFS_RANGE).toFixed(2)}:TP=${clamp(ceilingDb, CEILING_RANGE).toFixed(2)}`;
    const pass = (more: string) => `loudnorm=${target}:${more}:print_format=json`;
    const first = ['-i', inputPath, '-af', pass('LRA=20'), '-f', 'null', '-'];
    const measured = parseLoudnorm(await runFfmpeg(first));
    const known = [
      `LRA=${clamp(measured.input_lra + 0.1, LRA_RANGE).toFixed(2)}`,
      `measured_I=${clamp(measured.input_i, [-99, 0])}:measured_TP=${clamp(measured.input_tp, [-99, 99])}`,
      `measured_LRA=${clamp(measured.input_lra, MEASURED_LRA_RANGE)}:measured_thresh=${clamp(measured.input_thresh, [-99, 0])}`,
      `offset=${clamp(measured.target_offset, [-99, 99])}:linear=true`,
    ].join(':');
    const second = ['-i', inputPath, '-af', pass(known), ...waveArguments(sampleRate, outputPath)];
    return parseLoudnorm(await runFfmpeg(second)).normalization_type;
  },
};

/** Gains of the volume filter and the limiter's own, whose limits are 0 dB and 36 dB. */
function limiterFilters(gainDb: number, ceilingDb: number): string {
  const limit = `limit=${clamp(amplitudeOf(ceilingDb), [0.0625, 1])}`;
  return `volume=${gainDb.toFixed(4)}dB:precision=double,alimiter=${limit}:level=disabled:latency=1`;
}

async function limit(order: Order, around: (filters: string) => string): Promise<null> {
  await reachLoudness(order, async (gainDb) => {
    const filters = around(limiterFilters(gainDb, order.ceilingDb));
    await runFfmpeg(['-i', order.inputPath, '-af', filters, ...waveArguments(order.sampleRate, order.outputPath)]);
  });
  return null;
}

const alimiter: Program = {
  name: 'alimiter',
  about: 'ffmpeg volume and alimiter (attack 5 ms, release 50 ms, level=disabled), at the rate of the file',
  master: (order) => limit(order, (filters) => filters),
};

const OVERSAMPLED_RATE = 192_000;
const alimiterOversampled: Program = {
  name: 'alimiter 192k',
  about: 'the same at 192 kHz, between two aresample: sees peaks between the samples',
  master: (order) =>
    limit(order, (filters) => `aresample=${OVERSAMPLED_RATE},${filters},aresample=${order.sampleRate}`),
};

export const FFMPEG_PROGRAMS: readonly Program[] = [loudnorm, alimiter, alimiterOversampled];
