import { parseMasterPlan } from '@tutti/music/mastering';
import { describe, expect, it } from 'vitest';
import { judgeMaster } from './judge-master.ts';
import { balanceDistance } from './second-masters.ts';
import { quantileOf } from './tables.ts';

const nothing = { width: null, correlation: null };
const measured = {
  ...{ integratedLufs: -20, shortTermMaxLufs: -18, momentaryMaxLufs: -17, rangeLu: 4 },
  ...{ truePeakDb: -3, samplePeakDb: -3, rmsDb: -19, crestDb: 16, peakToLoudnessDb: 17, peakToShortTermDb: 15 },
  bands: [100, 1000, 10_000].map((frequencyHz, i) => ({ frequencyHz, levelDb: -20 - 5 * i, crestDb: 3, ...nothing })),
  ...{ ...nothing, monoLossDb: null, transientsPerSecond: 2, noiseFloorDb: -60, clippedSamples: 0, dcOffset: [0] },
  silence: { startSeconds: 0, endSeconds: 0 },
};
const plan = (warnings: readonly string[]) =>
  parseMasterPlan({
    schema: 'tutti.master-plan/1',
    source: { path: '/song.wav', audioHash: 'ab', sampleRate: 44_100, channels: 1, seconds: 10 },
    target: { name: 'streaming', loudnessLufs: -14, toleranceLu: 0.1, ceilingDb: -1, mostLimitingDb: 6 },
    style: { name: 'balanced' },
    behaviour: { kind: 'compress-light', reason: 'quiet' },
    measured,
    stages: [],
    output: { sampleRate: 44_100, sampleFormat: 'int24', dither: 'none' },
    expected: { integratedLufs: -14, toleranceLu: 0.1, truePeakDb: -1, crestDb: 13, limitingDb: 2 },
    warnings,
  });
const written = {
  path: '/master.wav',
  result: { after: { integratedLufs: -14, truePeakDb: -1, crestDb: 13.2 }, hardestLimiting: null },
  reference: null,
};
const judge = (integratedLufs: number, truePeakDb: number, warnings: readonly string[] = []) =>
  judgeMaster({ name: 'song', madeBy: null }, plan(warnings), written, { integratedLufs, truePeakDb });

describe('judgeMaster', () => {
  it('holds a master to the target and the ceiling by the other meter', () => {
    expect(judge(-14.09, -1)).toMatchObject({
      loudness: 'on target',
      peak: 'under',
      crestErrorDb: expect.closeTo(0.2, 6),
    });
    expect(judge(-14.2, -0.9)).toMatchObject({ loudness: 'OFF', peak: 'OVER' });
  });

  it('lets a softer master pass when the plan says why, and a louder one never', () => {
    const words = [
      'The master reaches -15.0 LUFS instead of -14.0: for more the limiter would have to take more than 6.0 dB.',
    ];
    expect(judge(-15, -1, words).loudness).toBe('warned');
    expect(judge(-15, -1, ['It has 6.0 s of silence at its end.']).loudness).toBe('OFF');
    expect(judge(-13.5, -1, words).loudness).toBe('OFF');
  });
});

describe('balanceDistance', () => {
  it('is none at another level, and that of the bands that moved', () => {
    const { measured: a } = plan([]);
    const moved = (change: (band: number) => number) => ({
      ...a,
      bands: a.bands.map((band, i) => ({ ...band, levelDb: band.levelDb! + change(i) })),
    });
    expect(
      balanceDistance(
        a,
        moved(() => 6),
      ),
    ).toBeCloseTo(0, 9);
    expect(
      balanceDistance(
        a,
        moved((i) => 3 * i),
      ),
    ).toBeCloseTo(3 * Math.sqrt(2 / 3), 9);
  });
});

describe('quantileOf', () => {
  it('is the value that a share lies at or below', () => {
    const ten = Array.from({ length: 10 }, (_, i) => 10 - i);
    expect([quantileOf(ten, 0.5), quantileOf(ten, 0.9), quantileOf(ten, 1), quantileOf([], 0.5)]).toEqual([
      5,
      9,
      10,
      null,
    ]);
  });
});
