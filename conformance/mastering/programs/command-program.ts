import { execFile } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Program } from './program.ts';
import { runFfmpeg, waveArguments } from './run-ffmpeg.ts';

const PLACES = ['{in}', '{out}'] as const;

/**
 * Any program, from `name=command {in} {out} {lufs} {ceiling}`. The words are taken apart at spaces and given to the
 * program as they are, without a shell. It reads and writes WAV; what it writes may have any sample format and rate.
 * @throws Error when a part is missing
 */
export function parseCommandProgram(text: string): Program {
  const [, name, command] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || command === undefined) throw new Error(`"${text}" is not name=command`);
  const missing = PLACES.filter((place) => !command.includes(place));
  if (missing.length > 0) throw new Error(`the command of "${name}" does not say where ${missing.join(' and ')} goes`);
  const words = command.trim().split(/\s+/);
  return {
    name,
    about: command,
    async master({ inputPath, outputPath, sampleRate, targetLufs, ceilingDb }) {
      const made = `${outputPath}.made.wav`;
      await rm(made, { force: true });
      const filled = words.map((word) =>
        word
          .replaceAll('{in}', inputPath)
          .replaceAll('{out}', made)
          .replaceAll('{lufs}', targetLufs.toFixed(2))
          .replaceAll('{ceiling}', ceilingDb.toFixed(2)),
      );
      await promisify(execFile)(filled[0]!, filled.slice(1), { maxBuffer: 2 ** 28 });
      await runFfmpeg(['-i', made, ...waveArguments(sampleRate, `${outputPath}.part`)]);
      await rename(`${outputPath}.part`, outputPath);
      await rm(made);
      return null;
    },
  };
}
