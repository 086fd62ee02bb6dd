import { clock } from '../../plans/reason-words.ts';
import type { MeasuredSong } from '../measure/measured-song.ts';

/** Part of a song, seconds. */
export interface PreviewSpan {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly reason: string;
}

/** The frames of a span at a sample rate. */
export function spanFrames(
  { startSeconds, endSeconds }: Pick<PreviewSpan, 'startSeconds' | 'endSeconds'>,
  sampleRate: number,
): { readonly start: number; readonly end: number } {
  return { start: Math.round(startSeconds * sampleRate), end: Math.round(endSeconds * sampleRate) };
}

/** A section of a track's structure, as the analysis has them. */
export interface KnownSection {
  readonly start: number;
  readonly end: number;
  /** 0 to 1 */
  readonly energy: number;
}

const PREVIEW_SECONDS = 30;
/** How much of it leads up to the loudest part: the step in level is what a master has to get right. */
const APPROACH_SECONDS = 8;
const METER_RATE = 10;
const WINDOW_SECONDS = 3;

/**
 * The 30 s of a song that tell most of its master: the loudest part, and how it is reached.
 * @param sections where known: the loudest of them is taken from its beginning; else the loudest stretch of 22 s
 */
export function choosePreview(
  { loudness, frames, sampleRate }: MeasuredSong,
  sections: readonly KnownSection[] = [],
): PreviewSpan {
  const seconds = frames / sampleRate;
  if (seconds <= PREVIEW_SECONDS)
    return { startSeconds: 0, endSeconds: seconds, reason: 'the whole song: it is short' };
  const main = PREVIEW_SECONDS - APPROACH_SECONDS;
  const energies = Float64Array.from(loudness.shortTerm, (lufs) => 10 ** (lufs / 10));
  const meanOf = (from: number, to: number) => {
    const part = energies.subarray(
      Math.round(METER_RATE * from),
      Math.max(1, Math.round(METER_RATE * (to - WINDOW_SECONDS))),
    );
    return part.reduce((sum, energy) => sum + energy, 0) / Math.max(1, part.length);
  };
  const long = sections.filter(({ start, end }) => end - start >= APPROACH_SECONDS && start < seconds);
  const loudest = long.reduce<KnownSection | null>(
    (a, b) => (a !== null && meanOf(a.start, a.end) >= meanOf(b.start, b.end) ? a : b),
    null,
  );
  let peak = loudest?.start ?? 0;
  if (loudest === null) {
    let most = -1;
    for (let from = 0; from + main <= seconds; from += 0.5) {
      const energy = meanOf(from, from + main);
      if (energy > most) [most, peak] = [energy, from];
    }
  }
  const startSeconds = Math.min(Math.max(0, peak - APPROACH_SECONDS), seconds - PREVIEW_SECONDS);
  const lufs = 10 * Math.log10(Math.max(1e-12, meanOf(peak, Math.min(seconds, loudest?.end ?? peak + main))));
  return {
    startSeconds,
    endSeconds: startSeconds + PREVIEW_SECONDS,
    reason:
      loudest === null
        ? `from ${clock(peak)} on 22 s are the loudest of the song, ${lufs.toFixed(1)} LUFS, with what leads up to them`
        : `the section from ${clock(loudest.start)} to ${clock(loudest.end)} is the loudest, ${lufs.toFixed(1)} LUFS, with what leads up to it`,
  };
}
