// Every program on every signal. Files lie in a folder of their own; nothing of one program is seen by another.
import { join } from 'node:path';
import { integratedLufs, measureWithFfmpeg } from '../../loudness/ffmpeg-loudness.ts';
import { standardTruePeak } from '../../loudness/standard-true-peak.ts';
import { differenceDistortionDb, modulationDistortionDb, toneDistortion } from '../measures/distortion.ts';
import { finePeakDb } from '../measures/fine-peak.ts';
import type { Order, Program } from '../programs/program.ts';
import { amplitudeOf, type NamedSignal, type Signal } from '../signal.ts';
import { READ_FROM_SECONDS, synthesiseTone, type Tone } from '../signals/tones.ts';
import { readWave, writeWave } from '../wave-file.ts';
import type { Failure, PeakResult, SongResult, ToneResult } from './figures.ts';
import { judgeSong } from './judge-song.ts';

export interface Bench {
  readonly folder: string;
  readonly programs: readonly Program[];
  readonly failures: Failure[];
  readonly progress: (line: string) => void;
}

/**
 * Runs every program on one signal and hands what came out to `judge`; a program that fails is noted and passed over.
 * @param about of the signal, for a failure
 */
async function runAll<Result>(
  { folder, programs, failures, progress }: Bench,
  about: string,
  signal: Signal,
  asked: Pick<Order, 'gain' | 'ceilingDb'> & { readonly targetFrom: (inputLufs: number) => number },
  judge: (program: Program, order: Order, way: string | null) => Promise<Result>,
): Promise<Result[]> {
  const inputPath = join(folder, 'input.wav');
  await writeWave(inputPath, signal);
  const inputLufs = await integratedLufs(inputPath);
  const results: Result[] = [];
  for (const [index, program] of programs.entries()) {
    const order: Order = {
      inputPath,
      outputPath: join(folder, `output-${index}.wav`),
      sampleRate: signal.sampleRate,
      inputLufs,
      targetLufs: asked.targetFrom(inputLufs),
      ceilingDb: asked.ceilingDb,
      gain: asked.gain,
    };
    progress(`${about}: ${program.name}`);
    try {
      const way = await program.master(order);
      results.push(await judge(program, order, way));
    } catch (error) {
      const [first] = String(error instanceof Error ? error.message : error).split('\n');
      failures.push({ program: program.name, what: about, message: first ?? '' });
    }
  }
  return results;
}

export function runSong(
  bench: Bench,
  { name, signal }: NamedSignal,
  targetLufs: number,
  ceilingDb: number,
): Promise<SongResult[]> {
  const about = `${name} at ${targetLufs} LUFS`;
  const asked = { gain: 'reach', ceilingDb, targetFrom: () => targetLufs } as const;
  return runAll(bench, about, signal, asked, async (program, { inputLufs, outputPath }, way) => {
    const outputLufs = await integratedLufs(outputPath);
    const figures = judgeSong(signal, await readWave(outputPath), { inputLufs, outputLufs, targetLufs, ceilingDb });
    return { song: name, program: program.name, targetLufs, way, figures };
  });
}

/** Of the ceiling of the tones: so low that a driven tone is not louder than loudnorm takes as a target. */
const TONE_CEILING_DB = -9;

/** @param driveDb by which the tone is driven over the ceiling */
export function runTone(bench: Bench, tone: Tone, driveDb: number): Promise<ToneResult[]> {
  const signal = synthesiseTone(tone, amplitudeOf(TONE_CEILING_DB));
  const asked = { gain: 'drive', ceilingDb: TONE_CEILING_DB, targetFrom: (lufs: number) => lufs + driveDb } as const;
  const [low, high] = tone.sines.map(({ frequencyHz }) => frequencyHz) as [number, number?];
  return runAll(bench, `${tone.name}, ${driveDb} dB over`, signal, asked, async (program, { outputPath }) => {
    const { channels, sampleRate } = await readWave(outputPath);
    const from = READ_FROM_SECONDS * sampleRate;
    const second = channels[0]!.subarray(from, from + sampleRate);
    const result = { tone: tone.name, driveDb, program: program.name };
    if (tone.kind === 'modulation' && high !== undefined) {
      return { ...result, distortionDb: modulationDistortionDb(second, low, high), residualDb: null };
    }
    if (tone.kind === 'difference' && high !== undefined) {
      return { ...result, distortionDb: differenceDistortionDb(second, low, high), residualDb: null };
    }
    const { harmonicDb, residualDb } = toneDistortion(second, low);
    return { ...result, distortionDb: harmonicDb, residualDb };
  });
}

export function runPeak(bench: Bench, { name, signal }: NamedSignal, ceilingDb: number): Promise<PeakResult[]> {
  const asked = { gain: 'drive', ceilingDb, targetFrom: (lufs: number) => lufs } as const;
  return runAll(bench, name, signal, asked, async (program, { outputPath }) => {
    const { channels } = await readWave(outputPath);
    const fine = Math.max(...channels.map(finePeakDb));
    const standard = Math.max(...channels.map((samples) => standardTruePeak(Float32Array.from(samples))));
    return {
      signal: name,
      program: program.name,
      fineDb: fine - ceilingDb,
      standardDb: 20 * Math.log10(standard) - ceilingDb,
      ffmpegDb: (await measureWithFfmpeg(outputPath)).truePeakDb - ceilingDb,
    };
  });
}
