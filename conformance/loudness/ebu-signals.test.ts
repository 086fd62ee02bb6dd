import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { EBU_SIGNALS } from './ebu-signals.data.ts';
import { judge, measure } from './judge.ts';
import { type LoudnessSignal, synthesise } from './signal.ts';
import { STANDARD_PHASES, standardTruePeak } from './standard-true-peak.ts';

const kernels = new Kernels();

describe('the signals of EBU Tech 3341 and 3342', () => {
  it.each(EBU_SIGNALS.map((signal) => [signal.id, signal.about, signal] as const))('%s, %s', (_, __, signal) => {
    const verdicts = judge(measure(kernels, synthesise(signal)), signal.expected);
    expect(verdicts.length).toBeGreaterThan(0);
    for (const verdict of verdicts) expect(verdict).toMatchObject({ isRight: true });
  });

  it('5.1 with a loud LFE reads as 5.0: the LFE counts for nothing', () => {
    const five = EBU_SIGNALS.find(({ id }) => id === '3341-6')!;
    const { channels, sampleRate } = synthesise(five);
    const lfe = channels[0]!.map((value) => 20 * value);
    const withLfe = { sampleRate, channels: [...channels.slice(0, 3), lfe, ...channels.slice(3)] };
    expect(judge(measure(kernels, withLfe), five.expected)).toMatchObject([{ isRight: true }]);
  });

  it('are told apart from others: a tenth of a decibel more is wrong', () => {
    const louder = ({ sound, ...rest }: LoudnessSignal): LoudnessSignal => {
      if ('pulse' in sound) throw new Error('a tone is wanted');
      const segments = sound.segments.map((segment) => ({ ...segment, levelDb: (segment.levelDb as number) + 0.15 }));
      return { ...rest, sound: { ...sound, segments } };
    };
    for (const signal of EBU_SIGNALS.slice(0, 2)) {
      const verdicts = judge(measure(kernels, synthesise(louder(signal))), signal.expected);
      expect(verdicts.some(({ isRight }) => isRight)).toBe(false);
    }
  });
});

describe('the interpolation that BS.1770 prints', () => {
  const peaks = EBU_SIGNALS.filter(({ expected }) => expected[0]!.figure === 'truePeakDb');

  it('has a gain near 1 at 0 Hz in every phase', () => {
    for (const phase of STANDARD_PHASES) {
      expect(phase).toHaveLength(12);
      expect(phase.reduce((sum, tap) => sum + tap, 0)).toBeCloseTo(1, 1);
    }
  });

  it.each(peaks.map((signal) => [signal.id, signal] as const))(
    'is right on %s and within 0.3 dB of ours',
    (_, signal) => {
      const clip = synthesise(signal);
      const standardDb = 20 * Math.log10(standardTruePeak(clip.channels[0]!));
      const [expected] = signal.expected;
      expect(standardDb - expected!.value).toBeLessThanOrEqual(expected!.above);
      expect(standardDb - expected!.value).toBeGreaterThanOrEqual(-expected!.below);
      const ours = measure(kernels, clip).truePeakDb!;
      expect(Math.abs(ours - standardDb)).toBeLessThan(0.3);
      // Ours is the nearer of the two to the truth.
      expect(Math.abs(ours - expected!.value)).toBeLessThanOrEqual(Math.abs(standardDb - expected!.value) + 0.03);
    },
  );
});
