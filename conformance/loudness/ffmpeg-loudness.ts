import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface FfmpegLoudness {
  readonly integratedLufs: number;
  readonly rangeLu: number;
  readonly truePeakDb: number;
  /** Short-term loudness: value i covers the 3 s that end at (i + 1) / 10 s. */
  readonly shortTermLufs: readonly number[];
}

/** What the filter says of silence: the absolute gate of ITU-R BS.1770. */
const SILENT_LUFS = -70;

/**
 * Integrated loudness to a thousandth of a LU, by ffmpeg's ebur128 filter; -Infinity for silence.
 * @throws Error when ffmpeg fails
 */
export async function integratedLufs(path: string): Promise<number> {
  const filter = 'ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=-';
  const args = ['-nostdin', '-hide_banner', '-i', path, '-af', filter, '-f', 'null', '-'];
  const { stdout } = await promisify(execFile)('ffmpeg', args, { maxBuffer: 2 ** 28 });
  const last = /.*lavfi\.r128\.I=(-?[\d.]+)/s.exec(stdout)?.[1];
  const lufs = last === undefined ? Number.NEGATIVE_INFINITY : Number(last);
  return lufs <= SILENT_LUFS ? Number.NEGATIVE_INFINITY : lufs;
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
