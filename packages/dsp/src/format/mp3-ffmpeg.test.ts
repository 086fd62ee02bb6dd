import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { decodeWithTwin } from '../testing/mp3-compare.ts';
import { monoFrame } from '../testing/mp3-plain-frame.ts';
import { planStream } from '../testing/mp3-plans.ts';
import { writeMp3 } from '../testing/mp3-writer.ts';

const program = process.env['TUTTI_FFMPEG'] ?? 'ffmpeg';
const hasFfmpeg = spawnSync(program, ['-version']).status === 0;
if (!hasFfmpeg) process.stderr.write('these tests did not run: no ffmpeg on PATH or in TUTTI_FFMPEG\n');

/** Largest difference between the formulas and ffmpeg over a stream. */
function largestError(frames: readonly Uint8Array[]): number {
  const truth = decodeWithTwin(frames);
  // Without its vector code, whose cosines have six digits.
  const args = ['-v', 'error', '-cpuflags', '0', '-f', 'mp3', '-i', 'pipe:0', '-f', 'f32le', 'pipe:1'];
  const { stdout } = spawnSync(program, args, { input: Buffer.concat(frames) });
  const other = new Float32Array(new Uint8Array(stdout).buffer);
  expect(other.length).toBe(truth.length * truth[0]!.length);
  const at = (i: number) => truth[i % truth.length]![Math.floor(i / truth.length)]!;
  return other.reduce((most, value, i) => Math.max(most, Math.abs(value - at(i))), 0);
}

describe.runIf(hasFfmpeg)('the formulas beside the user’s ffmpeg', () => {
  // Without 24 kHz, where ffmpeg has other bands than the standard's table.
  it.each([44_100, 48_000, 32_000, 22_050, 16_000, 11_025, 12_000, 8000])('at %i Hz', (sampleRate) => {
    for (const mono of [true, false]) {
      const plans = planStream(sampleRate, 16, { sampleRate, mono, agreed: true });
      expect(largestError(writeMp3(plans, sampleRate, true))).toBeLessThan(2 ** -18);
    }
  });

  it('down to the last digit of the synthesis window, which a loud tone in each subband shows', () => {
    // A line of 13^(4/3) times 2^((188 - 210) / 4): a tone of 0.68.
    const tone = (subband: number) => ({
      pairs: Array.from({ length: 18 * subband + 18 }, (_, i) => (i === 18 * subband + 9 ? 13 : 0)),
      globalGain: 188,
    });
    const tones = Array.from({ length: 32 }, (_, i) => monoFrame([tone(i), tone(i)]));
    expect(largestError(writeMp3(tones, 44_100))).toBeLessThan(2 ** -18);
  });
});
