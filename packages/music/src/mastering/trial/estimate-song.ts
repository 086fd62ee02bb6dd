import { integratedLoudness, lufsToEnergy, predictBlockEnergies } from '@tutti/dsp';
import type { MeasuredSong } from '../measure/measured-song.ts';
import { estimateBehind, type SeenPart } from './estimate.ts';
import type { ExcerptFigures } from './excerpt-figures.ts';

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

/** Energies of the whole song behind linear filters, which are known from its band levels. */
export interface FilteredSong {
  /** Of 400 ms, K-weighted, moved by 100 ms. */
  readonly blocks: Float64Array;
  /** Mean squares of tenths of a second. */
  readonly hops: Float64Array;
}

/** @param responseDb of the linear filters among the stages that are to be tried */
export function filteredSong(song: MeasuredSong, responseDb: (frequencyHz: number) => number): FilteredSong {
  return { blocks: filteredBlocks(song, responseDb), hops: filteredHops(song, responseDb) };
}

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

/** Energies of the gating blocks behind linear filters. */
function filteredBlocks({ loudness, bands }: MeasuredSong, responseDb: (frequencyHz: number) => number): Float64Array {
  const plain = predictBlockEnergies(bands);
  const filtered = predictBlockEnergies(bands, responseDb);
  return Float64Array.from(loudness.momentary, (lufs, i) => {
    const share = (plain[i] ?? 0) > 0 ? filtered[i]! / plain[i]! : 1;
    return lufsToEnergy(lufs) * share;
  });
}

/** Mean squares of tenths of a second behind linear filters. */
function filteredHops({ bands }: MeasuredSong, responseDb: (frequencyHz: number) => number): Float64Array {
  const { bands: octaves, columns, perHop, hops } = bands;
  const middles = [...octaves.map(({ middleHz }) => middleHz), octaves[0]!.lowHz / 2, octaves.at(-1)!.highHz];
  const gains = middles.map((hertz) => 10 ** (responseDb(hertz) / 10));
  return Float64Array.from({ length: hops }, (_, hop) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const at = hop * columns + column;
      sum += (gains[column]! * (perHop.left[at]! + perHop.right[at]!)) / 2;
    }
    return sum;
  });
}
