import type { LoudnessCurve, TimbreAnalysis, TrackAnalysis } from '../analysis/track-analysis.ts';
import { type Mode, namedKey, type PitchName } from '../theory/key.ts';

/** The few facts that a test is about; the rest of the analysis is "not known". */
export interface KnownFacts {
  readonly key?: readonly [PitchName, Mode] | null;
  readonly keyConfidence?: number;
  readonly bpm?: number | null;
  readonly meter?: number | null;
  readonly kind?: 'constant' | 'drifting';
  readonly beats?: readonly number[];
  readonly downbeats?: readonly number[];
  readonly phrases?: readonly number[];
  readonly introEnd?: number | null;
  readonly outroStart?: number | null;
  readonly energy?: number | null;
  readonly lufs?: number | null;
  readonly truePeakDb?: number | null;
  /** Loudness of each half second. */
  readonly halfSecondLufs?: readonly (number | null)[];
  /** Share of bass in it, throughout; a quarter unless told. */
  readonly lowShare?: number;
}

const NOT_HEARD = { low: null, mid: null, high: null, all: null } as const;
const NO_TIMBRE: TimbreAnalysis = {
  centroidHz: null,
  spreadHz: null,
  rolloffHz: null,
  flatness: null,
  contrastDb: null,
  mfcc: null,
  zeroCrossingsPerSecond: null,
  onsetsPerSecond: null,
  dissonance: null,
  stereo: { width: NOT_HEARD, correlation: NOT_HEARD },
  danceability: null,
  curve: { hopSeconds: 0.5, centroidHz: [] },
};

/** An analysis that says what the test knows. */
export function analysisOf(facts: KnownFacts): TrackAnalysis {
  const { key = null, bpm = null, lufs = null } = facts;
  const known = key === null ? null : { tonic: key[0], mode: key[1] };
  return {
    tempo: {
      bpm,
      confidence: bpm === null ? 0 : 1,
      kind: bpm === null ? 'none' : (facts.kind ?? 'constant'),
      candidates: bpm === null ? [] : [{ bpm, weight: 1 }],
      beats: facts.beats ?? [],
      downbeats: facts.downbeats ?? [],
      meter: facts.meter === undefined ? (bpm === null ? null : 4) : facts.meter,
    },
    key: {
      ...(known ? namedKey(known) : { tonic: null, mode: null, camelot: null, openKey: null }),
      confidence: known ? (facts.keyConfidence ?? 1) : 0,
      tuningHz: known ? 440 : null,
      candidates: known ? [{ ...known, weight: 1 }] : [],
    },
    loudness: {
      integratedLufs: lufs,
      shortTermMaxLufs: lufs,
      momentaryMaxLufs: lufs,
      rangeLu: lufs === null ? null : 0,
      truePeakDb: facts.truePeakDb ?? null,
      samplePeakDb: facts.truePeakDb ?? null,
      crestDb: null,
      peakToLoudnessDb: null,
      peakToShortTermDb: null,
      replayGainDb: null,
      ...(facts.halfSecondLufs ? { curve: curveOf(facts.halfSecondLufs, facts.lowShare ?? 0.25) } : {}),
    },
    structure: {
      sections: [],
      phrases: facts.phrases ?? [],
      introEnd: facts.introEnd ?? null,
      outroStart: facts.outroStart ?? null,
      cues: [],
    },
    energy: { level: facts.energy ?? null, curve: { hopSeconds: 1, values: [] } },
    timbre: NO_TIMBRE,
    embedding: null,
    fingerprint: null,
    warnings: [],
    notes: [],
  };
}

function curveOf(hopLufs: readonly (number | null)[], lowShare: number): LoudnessCurve {
  // Nothing here reads it: what is planned comes from the hops.
  const shortTermLufs = hopLufs.map(() => null);
  return { hopSeconds: 0.5, shortTermLufs, hopLufs, lowShares: hopLufs.map(() => lowShare) };
}
