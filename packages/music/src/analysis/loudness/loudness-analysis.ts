import type { Level, Loudness, TruePeak } from '@tutti/dsp';
import type { LoudnessAnalysis } from '../track-analysis.ts';
import { hopLoudness } from './hop-loudness.ts';
import { smallestPeakToShortTerm } from './peak-to-short-term.ts';

/** Reference of ReplayGain 2.0. */
const REPLAY_GAIN_LUFS = -18;
/** The meter has ten values a second; the curve keeps every fifth. */
const METER_RATE = 10;
const METER_HOPS = 5;
export const LOUDNESS_HOP_SECONDS = METER_HOPS / METER_RATE;
/** The meter's window of 3 s, in its hops; its values are never under the gate. */
const WINDOW_HOPS = 30;
const GATE_LUFS = -70;

/**
 * Puts what the meters heard into the figures of the contract; null where nothing is above the gate.
 * Sources: EBU Tech 3341 and 3342; ReplayGain 2.0 (gain to -18 LUFS); E. Skovenborg and T. Lund, "Loudness descriptors to
 * characterize programs and music tracks", AES 125, 2008 (peak to loudness ratio).
 * @param lowShares what part of each hop of LOUDNESS_HOP_SECONDS is bass; as many as there are hops, or more
 */
export function loudnessAnalysis(
  loudness: Loudness,
  truePeak: TruePeak,
  level: Level,
  lowShares: readonly number[],
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
      lowShares: lowShares.slice(0, hopLufs.length),
    },
  };
}
