import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs ffmpeg with plain arguments and returns what it says. @throws Error when it fails */
export async function runFfmpeg(args: readonly string[]): Promise<string> {
  const { stderr } = await promisify(execFile)('ffmpeg', ['-nostdin', '-hide_banner', '-y', ...args], {
    maxBuffer: 2 ** 28,
  });
  return stderr;
}

/** Arguments that make a WAV file of 32-bit floats at a rate. */
export function waveArguments(sampleRate: number, path: string): string[] {
  return ['-ar', String(sampleRate), '-c:a', 'pcm_f32le', '-f', 'wav', path];
}
