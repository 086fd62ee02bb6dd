import { type Clip, Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { mastered, planned } from '../../testing/mastering.ts';
import { sourceOf } from '../../testing/mix-rendering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { bandsOf } from '../chain/filter-stages.ts';
import { measureSource } from '../measure/measure-source.ts';
import { parseMasterPlan } from '../parse-master-plan.ts';
import type { MasterPlan } from '../plan-schema.ts';
import type { StageKind, StageOf } from '../stage-schemas.ts';
import { MASTER_STYLES, masterStyle } from '../styles/find-style.ts';
import { masterTarget } from '../targets/find-target.ts';
import { brokenPromises } from '../verify/verify-master.ts';
import { largestGainDb } from './fit-equaliser.ts';
import { planMaster } from './plan-master.ts';
import { wantedBalance } from './wanted-balance.ts';

const kernels = new Kernels();

const stageOf = <K extends StageKind>({ stages }: MasterPlan, kind: K) =>
  stages.find((stage): stage is StageOf<K> => stage.kind === kind);

/** Tones in every third octave, as loud as popular music has them, but for a hill around 700 Hz; with strokes. */
function hilly(seconds: number, height: number): Clip {
  const sampleRate = 44_100;
  const { levelDb } = wantedBalance(masterStyle('balanced'));
  const samples = new Float32Array(seconds * sampleRate);
  for (let third = -14; third <= 12; third++) {
    for (const hertz of [0.95, 1.07].map((factor) => factor * 1000 * 2 ** (third / 3))) {
      const hill = height * Math.exp(-(Math.log2(hertz / 700) ** 2));
      const amplitude = 0.01 * 10 ** ((levelDb(hertz) + hill) / 20);
      for (let i = 0; i < samples.length; i++)
        samples[i]! += amplitude * Math.sin((2 * Math.PI * hertz * i) / sampleRate + third ** 2);
    }
  }
  return { sampleRate, channels: [samples.map((value, i) => value * (0.5 + Math.exp(-(i % 22_050) / 4000)))] };
}

describe('planMaster', () => {
  const songs: [string, Clip][] = [
    ['a quiet mixdown', mixdown({ seconds: 20, gain: 0.08 })],
    ['a mixdown with soft verses', mixdown({ seconds: 20, gain: 0.4, verse: 0.2 })],
    ['a crushed one', mixdown({ seconds: 20, gain: 1, drive: 8 })],
    ['one in mono', mixdown({ seconds: 20, mono: true })],
    ['one at 48 kHz', mixdown({ seconds: 20, sampleRate: 48_000, gain: 0.3 })],
    [
      'one that is longer than what is kept of it',
      mixdown({ seconds: 100, sampleRate: 16_000, gain: 0.2, verse: 0.3 }),
    ],
  ];

  it.each(songs)('keeps what it promises: %s', async (_, clip) => {
    const plan = await planned(clip);
    expect(parseMasterPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    const { result } = await mastered(plan, clip);
    expect(brokenPromises(plan, result)).toEqual([]);
    expect(Math.abs(result.offTargetLu!)).toBeLessThan(0.1);
    expect(Math.abs(result.offExpectedCrestDb!)).toBeLessThan(0.5);
    expect(result.after.truePeakDb).toBeLessThanOrEqual(-1);
    for (const { reason } of plan.stages) expect(reason).toMatch(/\d/);
  });

  it.each([8000, 11_025])('keeps it at an output of %i Hz, whose filters it can have', async (sampleRate) => {
    const clip = mixdown({ seconds: 10, gain: 0.3, verse: 0.5 });
    const plan = await planned(clip, { output: { sampleRate } });
    expect(parseMasterPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    const { result } = await mastered(plan, clip);
    expect(result.after.truePeakDb).toBeLessThanOrEqual(-1);
  });

  it.each(['loud-streaming', 'club', 'cd', 'broadcast', 'podcast', 'vinyl'])('keeps it for %s', async (name) => {
    const clip = mixdown({ seconds: 12, gain: 0.4, verse: 0.5 });
    const target = masterTarget(name);
    const plan = await planned(clip, { target });
    const { result } = await mastered(plan, clip);
    expect(brokenPromises(plan, result)).toEqual([]);
    expect(result.after.truePeakDb).toBeLessThanOrEqual(target.ceilingDb);
    expect(plan.output.sampleRate).toBe(44_100);
    if (target.loudnessLufs === null) expect(result.after.integratedLufs).not.toBeNull();
    else if (plan.warnings.length === 0) expect(Math.abs(result.offTargetLu!)).toBeLessThan(0.1);
  });

  it.each([...MASTER_STYLES.values()])('keeps it in the style $name', async (style) => {
    const clip = mixdown({ seconds: 10, gain: 0.3, verse: 0.6 });
    const plan = await planned(clip, { style });
    const { result } = await mastered(plan, clip);
    expect(brokenPromises(plan, result)).toEqual([]);
    expect(plan.style.name).toBe(style.name);
  });

  it('keeps it with a linear-phase equaliser, to the frame', async () => {
    const clip = mixdown({ seconds: 10, gain: 0.3, verse: 0.5 });
    const plan = await planned(clip, { phase: 'linear' });
    expect(stageOf(plan, 'equaliser')).toMatchObject({ phase: 'linear' });
    const { master, result } = await mastered(plan, clip);
    expect(brokenPromises(plan, result)).toEqual([]);
    // The first kick is where it was.
    const onset = (samples: Float32Array) => samples.findIndex((value) => Math.abs(value) > 0.05);
    expect(Math.abs(onset(master.channels[0]!) - onset(clip.channels[0]!))).toBeLessThan(100);
  });

  it('is the same plan every time, and however the source is cut', async () => {
    const clip = mixdown({ seconds: 12, gain: 0.2 });
    const cut = await measureSource(sourceOf(clip), kernels);
    const source = { path: '/music/song.wav', audioHash: 'ab12' };
    expect(planMaster(cut, kernels, { source })).toEqual(await planned(clip));
  });

  it.each([0.5, -0.3, 0.001])('makes silence of an offset of %f alone', async (offset) => {
    const samples = new Float32Array(5 * 44_100).fill(offset);
    const clip = { sampleRate: 44_100, channels: [samples, samples] };
    const plan = await planned(clip);
    expect(plan.stages.map(({ kind }) => kind)).toEqual(['rumble-filter']);
    expect(plan.warnings).toEqual([expect.stringMatching(/silent but for a constant offset/)]);
    const { master, result } = await mastered(plan, clip);
    expect(master.channels[0]!.every((value) => value === 0)).toBe(true);
    expect(brokenPromises(plan, result)).toEqual([]);
  });

  it('masters what lies on an offset as what does not', async () => {
    const clip = mixdown({ seconds: 10, gain: 0.3, verse: 0.5 });
    const onOffset = { ...clip, channels: clip.channels.map((samples) => samples.map((value) => value + 0.4)) };
    const [plan, other] = [await planned(clip), await planned(onOffset)];
    expect(other.behaviour.kind).toBe(plan.behaviour.kind);
    const { master, result } = await mastered(other, onOffset);
    expect(Math.abs(result.offTargetLu!)).toBeLessThan(0.1);
    expect(Math.abs(result.after.crestDb! - (await mastered(plan, clip)).result.after.crestDb!)).toBeLessThan(0.5);
    // It does not begin with a thump.
    expect(
      Math.abs(master.channels[0]![0]! / 10 ** (other.stages.find((s) => s.kind === 'gain')!.gainDb / 20)),
    ).toBeLessThan(0.05);
  });

  it('leaves what is too soft to be measured as it is', async () => {
    const clip = mixdown({ seconds: 5, gain: 1e-5 });
    const plan = await planned(clip);
    expect(plan.stages).toEqual([]);
    expect(plan.warnings).toEqual([expect.stringMatching(/Nothing is louder than -70 LUFS/)]);
  });

  it('does not raise what is loud', async () => {
    const clip = mixdown({ seconds: 10, gain: 1, drive: 12 });
    const plan = await planned(clip);
    expect(plan.measured.integratedLufs).toBeGreaterThan(-9);
    const gain = plan.stages.find((stage) => stage.kind === 'gain');
    expect(gain!.gainDb).toBeLessThan(0);
    const { result } = await mastered(plan, clip);
    expect(result.after.integratedLufs).toBeLessThan(-13.8);
  });

  it('stays below the target where the limiter would take too much, and says why', async () => {
    // A click of full scale each second over a very soft tone.
    const samples = Float32Array.from({ length: 12 * 44_100 }, (_, i) => 0.003 * Math.sin(i / 10));
    for (let second = 0; second < 12; second++) samples.fill(1, second * 44_100 + 100, second * 44_100 + 150);
    for (let i = 0; i < samples.length; i += 2205) samples[i] = 0.9;
    const clip = { sampleRate: 44_100, channels: [samples, samples] };
    const plan = await planned(clip);
    const { result } = await mastered(plan, clip);
    expect(result.offTargetLu).toBeLessThan(-1);
    expect(plan.warnings.join()).toMatch(/instead of -14.0: for more the limiter would have to take more than 6.0 dB/);
    expect(plan.expected.limitingDb).toBeLessThanOrEqual(6.1);
    expect(brokenPromises(plan, result)).toEqual([]);
  });

  it('changes a master of its own hardly any more', async () => {
    const clip = mixdown({ seconds: 20, gain: 0.15, verse: 0.4 });
    const first = await mastered(await planned(clip), clip);
    const again = await planned(first.master);
    const second = await mastered(again, first.master);
    expect(Math.abs(second.result.after.integratedLufs! - first.result.after.integratedLufs!)).toBeLessThan(0.1);
    expect(Math.abs(second.result.after.crestDb! - first.result.after.crestDb!)).toBeLessThan(1.5);
    expect(stageOf(again, 'dynamics')).toBeUndefined();
  });

  it.each([...MASTER_STYLES.values()])('gives a master in the style $name no other balance', async (style) => {
    const { tone } = style.equaliser;
    const song = hilly(6, tone.length > 0 ? 0 : 12.5);
    const plan = await planned(song, { style });
    const { master } = await mastered(plan, song);
    const again = stageOf(await planned(master, { style }), 'equaliser');
    expect(again === undefined ? 0 : largestGainDb(bandsOf(again), 44_100)).toBeLessThanOrEqual(0.6);
    if (!['jazz', 'classical', 'gentle'].includes(style.name)) expect(stageOf(plan, 'equaliser')).toBeDefined();
  });

  it('leaves a song alone that is as it should be', async () => {
    const shaped = await mastered(
      await planned(mixdown({ seconds: 12, gain: 0.3 })),
      mixdown({ seconds: 12, gain: 0.3 }),
    );
    const gentle = { ...MASTER_STYLES.get('gentle')!, equaliser: { tolerance: 4, mostDb: 1, tone: [] } };
    const plan = await planned(shaped.master, { style: gentle });
    expect(plan.stages).toEqual([]);
    expect((await mastered(plan, shaped.master)).master).toEqual(shaped.master);
  });

  it.each<[string, Float32Array]>([
    ['silence', new Float32Array(44_100)],
    ['one sample', Float32Array.of(0.5)],
    ['nothing', new Float32Array(0)],
    ['a constant', new Float32Array(44_100).fill(0.5)],
    ['a click', new Float32Array(44_100).fill(1, 20_000, 20_001)],
    ['what is far over full scale', Float32Array.from({ length: 44_100 }, (_, i) => 30 * Math.sin(i / 7))],
    ['what is very soft', Float32Array.from({ length: 44_100 }, (_, i) => 1e-5 * Math.sin(i / 7))],
  ])('has a plan that keeps its promises for %s', async (_, samples) => {
    const clip = { sampleRate: 44_100, channels: [samples] };
    const plan = await planned(clip);
    expect(parseMasterPlan(plan)).toEqual(plan);
    const { master, result } = await mastered(plan, clip);
    expect(brokenPromises(plan, result)).toEqual([]);
    expect(master.channels[0]!.every(Number.isFinite)).toBe(true);
    if (samples.every((value) => value === 0)) expect(master.channels[0]!.every((value) => value === 0)).toBe(true);
  });

  it('warns of what no master can mend', async () => {
    const left = mixdown({ seconds: 3, mono: true }).channels[0]!;
    const cut = left.map((value) => Math.max(-1, Math.min(1, 9 * value)));
    const plan = await planned({ sampleRate: 44_100, channels: [cut, cut.map((value) => -value)] });
    expect(plan.warnings.join(' ')).toMatch(/samples are cut off at full scale/);
    expect(plan.warnings.join(' ')).toMatch(/correlation of -1.00: in mono much of the sound is lost/);
  });
});
