import type { MixableTrack } from './mix-track.ts';

/** The loudness a mix has when its tracks allow it: what streaming services play at. */
const USUAL_TARGET_LUFS = -14;
/** Below this no mix is made for the sake of one very dynamic track. */
const LOWEST_TARGET_LUFS = -20;
/** How far a single track's peaks may be driven into the limiter. */
const LIMITING_DB = 3;
const MOST_GAIN_DB = 18;
const LEAST_GAIN_DB = -30;

export interface LoudnessTarget {
  readonly lufs: number;
  readonly reason: string;
}

/**
 * The loudness all tracks of a mix are brought to: -14 LUFS, or less when a track's peaks would then be pushed more
 * than 3 dB into the limiter, but not under -20 LUFS.
 */
export function loudnessTarget(tracks: readonly MixableTrack[], ceilingDb: number): LoudnessTarget {
  let lufs = USUAL_TARGET_LUFS;
  let limitedBy: string | undefined;
  for (const { title, analysis } of tracks) {
    const { integratedLufs, truePeakDb } = analysis.loudness;
    if (integratedLufs === null || truePeakDb === null) continue;
    const possible = ceilingDb + LIMITING_DB - (truePeakDb - integratedLufs);
    if (possible < lufs) {
      lufs = Math.max(LOWEST_TARGET_LUFS, possible);
      limitedBy = title;
    }
  }
  lufs = Math.round(lufs * 10) / 10;
  const reason =
    limitedBy === undefined
      ? `${lufs.toFixed(1)} LUFS: every track reaches it with at most ${LIMITING_DB} dB of limiting`
      : `${lufs.toFixed(1)} LUFS instead of ${USUAL_TARGET_LUFS.toFixed(1)}: more would press the peaks of "${limitedBy}" more than ${LIMITING_DB} dB into the limiter`;
  return { lufs, reason };
}

/** Gain in dB that brings a track to a loudness; 0 for one that has none. */
export function gainTo(lufs: number, integratedLufs: number | null): number {
  if (integratedLufs === null) return 0;
  const gain = Math.min(MOST_GAIN_DB, Math.max(LEAST_GAIN_DB, lufs - integratedLufs));
  return Math.round(gain * 100) / 100;
}
