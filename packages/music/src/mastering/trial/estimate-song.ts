import { integratedLoudness } from '@tutti/dsp';
import { estimateBehind, type SeenPart } from './estimate.ts';
import type { ExcerptFigures } from './excerpt-figures.ts';
import type { FilteredSong } from './filtered-song.ts';

/** The whole song behind stages. */
export interface SongFigures {
  readonly integratedLufs: number | null;
  /** dBFS; null for silence, as the next ones */
  readonly rmsDb: number | null;
  readonly samplePeakDb: number | null;
  readonly crestDb: number | null;
}

export interface TriedExcerpts {
  /** Evenly spread over the song; every one has its loudness when that is asked for. */
  readonly even: readonly ExcerptFigures[];
  /** Those that count for the peak alone. */
  readonly forPeak: readonly ExcerptFigures[];
  /** Seconds by which the stages look ahead, at most. */
  readonly latencySeconds: number;
}

/** Tenths of a second in which compressors forget that there was nothing before an excerpt. */
const WARM_UP_HOPS = 5;

/** What the meters would say of the whole song behind stages that were tried on excerpts. */
export function estimateSong(song: FilteredSong, { even, forPeak, latencySeconds }: TriedExcerpts): SongFigures {
  const peak = Math.max(0, ...[...even, ...forPeak].map((figures) => figures.peak));
  const seen = (values: (figures: ExcerptFigures) => Float64Array) =>
    even.map((figures): SeenPart => {
      const last = figures.startHop + figures.hops.length + 1 >= song.hops.length;
      return {
        start: figures.startHop,
        values: values(figures),
        skipStart: figures.startHop === 0 ? 0 : WARM_UP_HOPS,
        skipEnd: last ? 0 : 1 + Math.ceil(10 * latencySeconds),
      };
    });
  const hops = estimateBehind(
    song.hops,
    seen(({ hops }) => hops),
  );
  const rms = Math.sqrt(hops.reduce((sum, energy) => sum + energy, 0) / Math.max(1, hops.length));
  const decibels = (amplitude: number) => (amplitude > 0 ? 20 * Math.log10(amplitude) : null);
  return {
    integratedLufs: even.some(({ blocks }) => blocks.length > 0)
      ? integratedLoudness(
          estimateBehind(
            song.blocks,
            seen(({ blocks }) => blocks),
          ),
        )
      : null,
    rmsDb: decibels(rms),
    samplePeakDb: decibels(peak),
    crestDb: decibels(rms > 0 ? peak / rms : 0),
  };
}
