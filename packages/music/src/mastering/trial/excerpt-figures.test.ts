import { clipFrames, Kernels, lufsToEnergy } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { masterPlan } from '../../testing/master-plan.ts';
import { measured } from '../../testing/mastering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { type ExcerptFigures, excerptFigures, louder } from './excerpt-figures.ts';
import { joinExcerpts, runStages } from './run-stages.ts';

const kernels = new Kernels();
const clip = mixdown({ seconds: 7.35, gain: 1.2 });
const format = { sampleRate: 44_100, channels: 2 };

describe('excerpts behind stages', () => {
  it('are measured as a render of them is', async () => {
    const { stages } = masterPlan();
    const whole = { start: 0, channels: clip.channels };
    const [behind] = runStages(kernels, format, stages, [whole]);
    const [figures] = excerptFigures(kernels, format, stages, [whole], { loudness: true });
    const truth = await measured({ ...clip, channels: behind!.channels });
    expect(figures!.blocks).toEqual(Float64Array.from(truth.loudness.momentary, lufsToEnergy));
    expect(figures!.hops.length).toBe(73);
    expect(20 * Math.log10(figures!.peak)).toBeCloseTo(truth.figures.samplePeakDb!, 9);
    expect(Math.max(...figures!.limitingDb)).toBeGreaterThan(0.5);
    const energy = figures!.hops.reduce((sum, hop) => sum + hop, 0) / 73;
    expect(10 * Math.log10(energy)).toBeCloseTo(truth.figures.rmsDb!, 1);
  });

  it('are known behind a gain and a limiter that has nothing to do', () => {
    const soft = [{ start: 0, channels: clip.channels.map((samples) => samples.map((value) => 0.2 * value)) }];
    const limiter = masterPlan().stages.filter(({ kind }) => kind === 'limiter');
    const figuresOf = (stages: typeof limiter) => excerptFigures(kernels, format, stages, soft, { loudness: true })[0]!;
    const known = louder(figuresOf([]), -4.5);
    const heard = figuresOf([{ kind: 'gain', gainDb: -4.5, reason: '' }, ...limiter]);
    const energies = ({ blocks, hops, peak }: ExcerptFigures) => [...blocks, ...hops, peak * peak];
    expect(limiter).toHaveLength(1);
    expect(known.limitingDb).toEqual(heard.limitingDb);
    expect(energies(known)).toHaveLength(energies(heard).length);
    energies(heard).forEach((energy, i) => {
      expect(Math.abs(energies(known)[i]! - energy)).toBeLessThanOrEqual(1e-5 * energy);
    });
  });

  it('do not know of each other', () => {
    const { stages } = masterPlan();
    const parts = [0, 1, 2].map((i) => ({
      start: i * 88_200,
      channels: clip.channels.map((samples) => samples.subarray(i * 88_200, (i + 1) * 88_200)),
    }));
    const together = excerptFigures(kernels, format, stages, parts, { loudness: true });
    expect(excerptFigures(kernels, format, stages, [parts[1]!], { loudness: true })[0]).toEqual(together[1]);
    expect(runStages(kernels, format, stages, parts)[2]).toEqual(runStages(kernels, format, stages, [parts[2]!])[0]);
    expect(runStages(kernels, format, [], parts)).toEqual(parts);
  });

  it('are one where they follow each other', () => {
    const parts = [0, 2, 3, 5].map((i) => ({
      start: i * 1000,
      channels: clip.channels.map((samples) => samples.subarray(i * 1000, (i + 1) * 1000)),
    }));
    const joined = joinExcerpts(parts);
    expect(joined.map(({ start, channels }) => [start, channels[0]!.length])).toEqual([
      [0, 1000],
      [2000, 2000],
      [5000, 1000],
    ]);
    expect(joined[1]!.channels[0]).toEqual(clip.channels[0]!.subarray(2000, 4000));
    expect(clipFrames(clip)).toBeGreaterThan(6000);
  });
});
