import type { BandLevelsResult } from './band-levels.ts';
import { kWeightingPower } from './k-weighting.ts';
import { integratedLoudness } from './loudness-gate.ts';

/** Points of a band at which gains are taken, evenly spread over its logarithmic width. */
const POINTS = 8;
/** Of what is below the lowest band, so many octaves count. */
const OCTAVES_BELOW = 2;
/** Hops in a gating block of 400 ms. */
const BLOCK_HOPS = 4;

/**
 * Integrated loudness that a signal would have after a linear filter, from its band levels: no samples needed. Within
 * 0.1 LU of a meter behind the filter for music and filters that are smooth within a third of an octave; a lone tone on the
 * flank of a steep filter is not.
 * @param gainDb of the filter at a frequency in Hz; none when left out
 * @returns LUFS; null when no block is above the absolute gate
 * Source: ITU-R BS.1770-5, Annex 1.
 */
export function predictLoudness(levels: BandLevelsResult, gainDb?: (frequencyHz: number) => number): number | null {
  return integratedLoudness(predictBlockEnergies(levels, gainDb));
}

/**
 * Energies of the gating blocks that a signal would have after a linear filter: K-weighted mean squares of 400 ms, moved by
 * 100 ms.
 * Stages: power gain of filter and K-weighting, averaged over each band as for pink noise -> weighted sum of the bands of
 * all channels, a hop at a time -> blocks of 400 ms.
 * @param gainDb as of `predictLoudness`
 */
export function predictBlockEnergies(
  { sampleRate, channels, frames, bands, columns, hopSeconds, perHop }: BandLevelsResult,
  gainDb: (frequencyHz: number) => number = () => 0,
): Float64Array {
  const mean = (lowHz: number, highHz: number) => {
    let sum = 0;
    for (let i = 0; i < POINTS; i++) {
      const frequencyHz = lowHz * (highHz / lowHz) ** ((i + 0.5) / POINTS);
      sum += kWeightingPower(frequencyHz) * 10 ** (gainDb(frequencyHz) / 10);
    }
    return sum / POINTS;
  };
  const lowestHz = bands[0]!.lowHz;
  const weights = [
    ...bands.map(({ lowHz, highHz }) => mean(lowHz, highHz)),
    mean(lowestHz / 2 ** OCTAVES_BELOW, lowestHz),
    mean(bands.at(-1)!.highHz, sampleRate / 2),
  ];
  // A hop that the signal does not fill belongs to no block.
  const hops = Math.floor(frames / (sampleRate * hopSeconds));
  const energies = new Float64Array(hops);
  for (let hop = 0; hop < hops; hop++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const at = hop * columns + column;
      sum += weights[column]! * (perHop.left[at]! + (channels > 1 ? perHop.right[at]! : 0));
    }
    energies[hop] = sum;
  }
  const blocks = new Float64Array(Math.max(0, hops - BLOCK_HOPS + 1));
  for (let i = 0; i < blocks.length; i++) {
    let sum = 0;
    for (let hop = i; hop < i + BLOCK_HOPS; hop++) sum += energies[hop]!;
    blocks[i] = sum / BLOCK_HOPS;
  }
  return blocks;
}
