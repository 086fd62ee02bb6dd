import type { MasterPlan } from '../mastering/plan-schema.ts';

const reason = 'because the test says so';

/** A plan with every stage, all of them within their ranges. */
export function masterPlan(): MasterPlan {
  const compressor = { ratio: 2, kneeDb: 6, attackSeconds: 0.01, releaseSeconds: 0.2 };
  return {
    schema: 'tutti.master-plan/1',
    source: { path: '/music/song.wav', audioHash: 'ab12', sampleRate: 44_100, channels: 2, seconds: 12 },
    target: { name: 'streaming', loudnessLufs: -14, toleranceLu: 0.1, ceilingDb: -1, mostLimitingDb: 6 },
    style: { name: 'balanced' },
    behaviour: { kind: 'compress-light', reason },
    measured: {
      integratedLufs: -20,
      shortTermMaxLufs: -17,
      momentaryMaxLufs: -16,
      rangeLu: 6,
      truePeakDb: -2,
      samplePeakDb: -2.2,
      rmsDb: -19,
      crestDb: 16.8,
      peakToLoudnessDb: 18,
      peakToShortTermDb: 12,
      bands: [{ frequencyHz: 1000, levelDb: -30, crestDb: 6, width: 0.1, correlation: 0.8 }],
      width: 0.1,
      correlation: 0.8,
      monoLossDb: 0.5,
      transientsPerSecond: 4,
      noiseFloorDb: -60,
      clippedSamples: 0,
      dcOffset: [0, 0],
      silence: { startSeconds: 0, endSeconds: 0.5 },
    },
    stages: [
      { kind: 'rumble-filter', cutoffHz: 25, slopeDbPerOctave: 24, removeDc: true, reason },
      {
        kind: 'equaliser',
        phase: 'minimum',
        bands: [{ shape: 'peak', frequencyHz: 300, q: 1, gainDb: -2 }],
        reason,
      },
      {
        kind: 'multiband',
        crossoverHz: [120, 2000],
        bands: [{ thresholdDb: -24, gainDb: 0, ...compressor }, null, null],
        reason,
      },
      { kind: 'dynamics', mode: 'compress', thresholdDb: -20, rangeDb: 6, gainDb: 0, ...compressor, reason },
      { kind: 'de-esser', lowHz: 5000, highHz: 9000, thresholdDb: -6, ratio: 3, rangeDb: 6, reason },
      { kind: 'width', width: 1.1, monoBelowHz: 120, reason },
      { kind: 'saturation', driveDb: 3, mix: 0.3, oversampling: 4, reason },
      { kind: 'gain', gainDb: 6, reason },
      { kind: 'limiter', ceilingDb: -1, lookaheadSeconds: 0.005, releaseSeconds: 0.1, reason },
    ],
    output: { sampleRate: 44_100, sampleFormat: 'int24', dither: 'triangular' },
    expected: { integratedLufs: -14, toleranceLu: 0.1, truePeakDb: -1, crestDb: 13, limitingDb: 3 },
    warnings: [],
  };
}
