import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface FfmpegLoudness {
  readonly integratedLufs: number;
  readonly rangeLu: number;
  readonly truePeakDb: number;
  /** Short-term loudness: value i covers the 3 s that end at (i + 1) / 10 s. */
  readonly shortTermLufs: readonly number[];
}

/** What ffmpeg's ebur128 filter measures: a program that shares no code with ours. @throws Error when ffmpeg fails */
export async function measureWithFfmpeg(path: string): Promise<FfmpegLoudness> {
  const filter = 'ebur128=peak=true:metadata=1,ametadata=print:key=lavfi.r128.S:file=-';
  const args = ['-nostdin', '-hide_banner', '-i', path, '-af', filter, '-f', 'null', '-'];
  const { stdout, stderr } = await promisify(execFile)('ffmpeg', args, { maxBuffer: 2 ** 30 });
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  const number = (pattern: RegExp) => Number(pattern.exec(summary)?.[1] ?? Number.NaN);
  return {
    integratedLufs: number(/I:\s+(-?[\d.]+|-inf) LUFS/),
    rangeLu: number(/LRA:\s+(-?[\d.]+) LU/),
    truePeakDb: number(/Peak:\s+(-?[\d.]+|-inf) dBFS/),
    shortTermLufs: Array.from(stdout.matchAll(/lavfi\.r128\.S=(-?[\d.]+|-inf|nan)/g), (match) => Number(match[1])),
  };
}
