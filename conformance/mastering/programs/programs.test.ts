import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from '@tutti/media';
import { afterAll, describe, expect, it } from 'vitest';
import { integratedLufs, measureWithFfmpeg } from '../../loudness/ffmpeg-loudness.ts';
import { partOf } from '../signal.ts';
import { adversarialSignals } from '../signals/adversarial.ts';
import { composedSignals } from '../signals/composed.ts';
import { writeWave } from '../wave-file.ts';
import { parseCommandProgram } from './command-program.ts';
import { FFMPEG_PROGRAMS } from './ffmpeg-programs.ts';
import type { Order, Program } from './program.ts';
import { limitSignal, tuttiLimiter } from './tutti-limiter.ts';

const hasFfmpeg = (await findFfmpeg()) !== undefined;
if (!hasFfmpeg) process.stderr.write('these tests did not run: no ffmpeg on PATH\n');
const folder = await mkdtemp(join(tmpdir(), 'tutti-programs-'));
afterAll(() => rm(folder, { recursive: true }));

const inputPath = join(folder, 'in.wav');
const outputPath = join(folder, 'out.wav');
const [drumOverChord] = composedSignals();

async function master(program: Program, targetLufs: number): Promise<string | null> {
  const song = partOf(drumOverChord!.signal, 0, 6 * 44_100);
  await writeWave(inputPath, song);
  const inputLufs = await integratedLufs(inputPath);
  const order: Order = {
    ...{ inputPath, outputPath, sampleRate: song.sampleRate, inputLufs, targetLufs, ceilingDb: -1, gain: 'reach' },
  };
  return program.master(order);
}

describe.runIf(hasFfmpeg)('the programs that are compared', () => {
  it.each([tuttiLimiter, ...FFMPEG_PROGRAMS.slice(1)].map((program) => [program.name, program] as const))(
    '%s becomes as loud as ordered, where it has to limit too',
    async (_, program) => {
      await master(program, -11);
      expect(Math.abs((await integratedLufs(outputPath)) + 11)).toBeLessThan(0.05);
    },
  );

  it('loudnorm says whether it stayed linear', async () => {
    expect(await master(FFMPEG_PROGRAMS[0]!, -30)).toBe('linear');
    expect(await master(FFMPEG_PROGRAMS[0]!, -9)).toBe('dynamic');
  });

  it('any command can be one', async () => {
    const program = parseCommandProgram('copy=ffmpeg -nostdin -i {in} -af volume=-6dB -c:a pcm_s24le {out}');
    await master(program, -9);
    expect((await integratedLufs(outputPath)) - (await integratedLufs(inputPath))).toBeCloseTo(-6, 1);
  });
});

describe.runIf(hasFfmpeg)("Tutti's limiter, by ffmpeg's meter", () => {
  it.each(adversarialSignals().map(({ name, signal }) => [name, signal] as const))(
    'keeps under its ceiling: %s',
    async (_, signal) => {
      await writeWave(outputPath, limitSignal(signal, 0, { ceilingDb: -1 }));
      expect((await measureWithFfmpeg(outputPath)).truePeakDb).toBeLessThanOrEqual(-1);
    },
  );
});
