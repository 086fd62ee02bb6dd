import { describe, expect, it } from 'vitest';
import { measureSource } from '../../mastering/measure/measure-source.ts';
import { clipSource } from '../../sources/clip-source.ts';
import { heardStems, PLAIN_OUTPUT, plannedStems, renderedBalance, stem, stemKernels } from '../../testing/stems.ts';
import { parseBalancePlan } from '../parse-balance-plan.ts';
import type { BalancePlan } from '../plan-schema.ts';
import { referenceMix } from '../reference/compare-reference.ts';
import { withBus } from './plan-bus.ts';
import { planStems } from './plan-stems.ts';

const BAND = {
  drums: stem('drums', { gainDb: 6 }),
  bass: stem('bass', { gainDb: -10 }),
  keys: stem('chords'),
  vocals: stem('voice', { gainDb: -15 }),
};
type Levels = Partial<Record<keyof typeof BAND, number>>;

async function measured(plan: BalancePlan) {
  const channels = await renderedBalance(plan, BAND);
  return measureSource(clipSource({ sampleRate: 44_100, channels }), stemKernels);
}

/** A mix of the stems at other levels. */
async function mixOf(gainsDb: Levels) {
  const plan = await plannedStems(BAND);
  const stems = plan.stems.map((each) => ({
    ...each,
    stages: [],
    pan: { position: 0, reason: '' },
    gain: { gainDb: gainsDb[each.name as keyof typeof BAND] ?? 0, reason: '' },
  }));
  return measured({ ...plan, stems });
}

describe('withBus', () => {
  it('reaches the loudness under the ceiling', async () => {
    const planned = await plannedStems(BAND);
    const sum = await measured(planned);
    // Powers of stems add up: the sum is where it was planned, but for what they have in common.
    expect(Math.abs(sum.figures.integratedLufs! + 18)).toBeLessThan(1.5);
    const plan = withBus(planned, sum, stemKernels);
    expect(parseBalancePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    for (const { reason } of plan.bus.stages) expect(reason).toMatch(/\d/);
    const { figures } = await measured(plan);
    expect(Math.abs(figures.integratedLufs! + 18)).toBeLessThan(0.15);
    expect(figures.truePeakDb!).toBeLessThan(-0.95);
  });

  it('stays softer than to press single peaks flat, and says so, without a word about full scale', async () => {
    const planned = await plannedStems(BAND);
    const click = Float32Array.from({ length: 44_100 * 4 }, (_, i) => (i % 44_100 < 30 ? 3 : 0.02 * Math.sin(i / 30)));
    const sum = await measureSource(clipSource({ sampleRate: 44_100, channels: [click, click] }), stemKernels);
    const { warnings, bus } = withBus(planned, sum, stemKernels);
    expect(warnings).toEqual([
      expect.stringMatching(/^The mix reaches -\d\d\.\d LUFS instead of -18\.0: .*3\.0 dB\.$/),
    ]);
    expect(bus.stages.map(({ kind }) => kind)).toContain('limiter');
  });

  it('follows a mix of the same stems, and says how near it came', async () => {
    const levels: Levels = { drums: -4, bass: 11, keys: 3, vocals: 12 };
    const reference = referenceMix('/mix.wav', await mixOf(levels));
    const options = { target: { loudnessLufs: -18, ceilingDb: -1 }, output: PLAIN_OUTPUT, reference };
    const { plan } = planStems(await heardStems(BAND), options);
    expect(plan.reference).toMatchObject({ sameMusic: true });
    const gain = (name: string) => plan.stems.find((each) => each.name === name)!.gain;
    for (const name of ['bass', 'keys', 'vocals'] as const) {
      const wanted = levels[name]! - levels.drums!;
      expect(Math.abs(gain(name).gainDb - gain('drums').gainDb - wanted), name).toBeLessThan(1.5);
      expect(gain(name).reason).toMatch(/in the reference it stands/);
    }
    expect(plan.reference!.planned.sharesLu!).toBeLessThan(0.2 * plan.reference!.before.sharesLu!);
    expect(plan.reference!.planned.spectrumDb).toBeLessThan(plan.reference!.before.spectrumDb);
  });

  it('leads towards the spectrum of other music, within bounds', async () => {
    const plain = await plannedStems(BAND);
    const dull = stem('bass', { seconds: 8 });
    const reference = referenceMix('/dull.wav', await measureSource(clipSource(dull), stemKernels));
    const options = { target: { loudnessLufs: -18, ceilingDb: -1 }, output: PLAIN_OUTPUT, reference };
    const { plan } = planStems(await heardStems(BAND), options);
    expect(plan.reference).toMatchObject({ sameMusic: false, before: { sharesLu: null } });
    plan.stems.forEach(({ expectedLu }, i) => {
      expect(Math.abs(expectedLu! - plain.stems[i]!.expectedLu!)).toBeLessThan(12.1);
    });
    expect(plan.reference!.planned.spectrumDb).toBeLessThan(plan.reference!.before.spectrumDb);
    const bus = withBus(plan, await measured(plan), stemKernels, reference).bus.stages;
    const equaliser = bus.find(({ kind }) => kind === 'equaliser');
    expect(equaliser?.reason ?? 'from the reference').toMatch(/from the reference/);
  });

  it('refuses a silent reference', async () => {
    const silence = { sampleRate: 44_100, channels: [new Float32Array(44_100)] };
    const song = await measureSource(clipSource(silence), stemKernels);
    expect(() => referenceMix('/silence.wav', song)).toThrow(/silence\.wav says nothing about balance: it is silent/);
  });
});
