import type { Level, Loudness, TruePeak } from '@tutti/dsp';
import type { LoudnessAnalysis } from '../track-analysis.ts';
import { hopLoudness } from './hop-loudness.ts';
import { type LoudShares, OCTAVES, sharesOf } from './loud-shares.ts';
import { smallestPeakToShortTerm } from './peak-to-short-term.ts';

/** Reference of ReplayGain 2.0. */
const REPLAY_GAIN_LUFS = -18;
/** The meter has ten values a second; the curve keeps every fifth. */
const METER_RATE = 10;
const METER_HOPS = 5;
export const LOUDNESS_HOP_SECONDS = METER_HOPS / METER_RATE;
/** Hops that a value of the spectrum lasts: music keeps its colour for some beats. */
const SPECTRUM_HOPS = 4;
/** Tenths of a decibel are enough for a tenth of a second. */
const STEP_DIGITS = 10;
const SPECTRUM_DIGITS = 100;
/** The meter's window of 3 s, in its hops; its values are never under the gate. */
const WINDOW_HOPS = 30;
const GATE_LUFS = -70;

/**
 * Puts what the meters heard into the figures of the contract; null where nothing is above the gate.
 * Sources: EBU Tech 3341 and 3342; ReplayGain 2.0 (gain to -18 LUFS); E. Skovenborg and T. Lund, "Loudness descriptors to
 * characterize programs and music tracks", AES 125, 2008 (peak to loudness ratio).
 * @param shares where each hop of LOUDNESS_HOP_SECONDS has its loudness; as many as there are hops, or more
 */
export function loudnessAnalysis(
  loudness: Loudness,
  truePeak: TruePeak,
  level: Level,
  shares: readonly LoudShares[],
): LoudnessAnalysis {
  const { integratedLufs, shortTermMaxLufs, momentaryMaxLufs, rangeLu, shortTerm } = loudness;
  const truePeakDb = truePeak.peakDb;
  const hopLufs = hopLoudness(loudness.steps, METER_HOPS);
  return {
    integratedLufs,
    shortTermMaxLufs,
    momentaryMaxLufs,
    rangeLu,
    truePeakDb,
    samplePeakDb: level.samplePeak > 0 ? 20 * Math.log10(level.samplePeak) : null,
    crestDb: level.crestDb,
    peakToLoudnessDb: integratedLufs !== null && truePeakDb !== null ? truePeakDb - integratedLufs : null,
    peakToShortTermDb: smallestPeakToShortTerm(truePeak.secondPeaks, loudness),
    replayGainDb: integratedLufs === null ? null : REPLAY_GAIN_LUFS - integratedLufs,
    curve: {
      hopSeconds: LOUDNESS_HOP_SECONDS,
      shortTermLufs: hopLufs.map((_, i) => {
        // Value i ends at hop METER_HOPS * (i + 1); the meter's value j covers hops j to j + 30.
        const value = shortTerm[METER_HOPS * (i + 1) - WINDOW_HOPS];
        return value !== undefined && value > GATE_LUFS ? value : null;
      }),
      hopLufs,
      lowShares: shares.slice(0, hopLufs.length).map(({ low }) => low),
      step: { seconds: 1 / METER_RATE, lufs: hopLoudness(loudness.steps, 1, STEP_DIGITS) },
      spectrum: { hopSeconds: SPECTRUM_HOPS * LOUDNESS_HOP_SECONDS, shares: spectrum(shares, hopLufs) },
    },
  };
}

/** Shares of the octaves over some hops, each hop by its power. */
function spectrum(shares: readonly LoudShares[], hopLufs: readonly (number | null)[]): number[][] {
  return Array.from({ length: Math.ceil(hopLufs.length / SPECTRUM_HOPS) }, (_, value) => {
    const sums = new Array<number>(OCTAVES).fill(0);
    for (let hop = value * SPECTRUM_HOPS; hop < Math.min(hopLufs.length, (value + 1) * SPECTRUM_HOPS); hop++) {
      const lufs = hopLufs[hop] ?? null;
      const { low, octaves } = shares[hop]!;
      if (lufs !== null)
        octaves.forEach((share, i) => {
          sums[i]! += 10 ** (lufs / 10) * (1 - low) * share;
        });
    }
    return sharesOf(sums).map((share) => Math.round(SPECTRUM_DIGITS * share) / SPECTRUM_DIGITS);
  });
}
