import { beforeAll, describe, expect, it } from 'vitest';
import { type Band, heardStems, PLAIN_OUTPUT, plannedStems, stem } from '../../testing/stems.ts';
import { parseBalancePlan } from '../parse-balance-plan.ts';
import type { BalancePlan } from '../plan-schema.ts';
import { sideGains } from '../render/stem-stream.ts';
import { planStems } from './plan-stems.ts';

const BAND: Band = {
  drums: stem('drums'),
  bass: stem('bass'),
  keys: stem('chords'),
  vocals: stem('voice'),
};

const gained = (clip: Band[string], gainDb: number) => ({
  ...clip,
  channels: clip.channels.map((samples) => samples.map((value) => 10 ** (gainDb / 20) * value)),
});
const lu = (plan: BalancePlan) => Object.fromEntries(plan.stems.map(({ name, expectedLu }) => [name, expectedLu]));

describe('planStems', () => {
  let plan: BalancePlan;
  beforeAll(async () => {
    plan = await plannedStems(BAND);
  });

  it('makes a plan that is read back as it is, whose decisions have reasons with numbers', () => {
    expect(parseBalancePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    for (const { gain, pan, recognised, stages } of plan.stems) {
      expect(gain.reason).toMatch(/\d/);
      expect(recognised.reason).toMatch(/\d/);
      expect(pan.reason).not.toBe('');
      for (const { reason } of stages) expect(reason).toMatch(/\d/);
    }
    expect(plan.warnings).toEqual([]);
  });

  it('sets the voice loudest, then drums, then the bass softest', () => {
    const { drums, bass, vocals } = lu(plan);
    expect(vocals).toBeGreaterThan(drums!);
    expect(drums).toBeGreaterThan(bass!);
  });

  it('gives the same balance whatever the levels of the stems were', async () => {
    const moved = await plannedStems({
      ...BAND,
      drums: gained(BAND['drums']!, -17.3),
      vocals: gained(BAND['vocals']!, 6),
    });
    for (const [index, { name, expectedLu, gain }] of moved.stems.entries()) {
      expect(expectedLu).toBeCloseTo(plan.stems[index]!.expectedLu!, 0);
      const change = { drums: 17.3, vocals: -6 }[name] ?? 0;
      expect(Math.abs(gain.gainDb - plan.stems[index]!.gain.gainDb - change), name).toBeLessThan(0.25);
    }
  });

  it('has parts of a kit share what one kit is given', async () => {
    const kick = stem('drums', { gainDb: -3 });
    const kit = await plannedStems({
      ...BAND,
      'drums 2': { ...kick, channels: kick.channels.map((c) => c.toReversed()) },
    });
    const both = 10 * Math.log10(10 ** (lu(kit)['drums']! / 10) + 10 ** (lu(kit)['drums 2']! / 10));
    expect(both - lu(kit)['vocals']!).toBeCloseTo(lu(plan)['drums']! - lu(plan)['vocals']!, 0);
  });

  it('moves mono instruments to both sides in turn, and leaves lead and low in the middle', async () => {
    const wide = await plannedStems({ ...BAND, 'keys 2': gained(stem('pad'), 3) });
    const position = Object.fromEntries(wide.stems.map(({ name, pan }) => [name, pan.position]));
    expect([position['drums'], position['bass'], position['vocals']]).toEqual([0, 0, 0]);
    expect(position['keys']! * position['keys 2']!).toBeLessThan(0);
    expect(Math.abs(position['keys']!)).toBeLessThanOrEqual(0.5);
    expect(plan.stems.map(({ pan }) => pan.position)).toEqual([0, 0, 0, 0]);
  });

  it('sends what came dry to a room that rings out, and nothing that has an image or is low', async () => {
    const { room, stems, seconds } = plan;
    const sends = Object.fromEntries(stems.map(({ name, send }) => [name, send.levelDb]));
    expect(sends).toMatchObject({ drums: null, bass: null });
    expect(sends['keys']).toBeLessThan(-10);
    expect(room!.reason).toMatch(/came dry.*\d\.\d onsets a second/);
    expect(seconds).toBeCloseTo(6 + room!.decaySeconds, 9);
    const [left, right] = [BAND['keys']!.channels[0]!, BAND['vocals']!.channels[0]!];
    const wide = { sampleRate: 44_100, channels: [left, left.map((value, i) => value + 0.5 * right[i]!)] };
    const wet = await plannedStems({ drums: BAND['drums']!, keys: wide });
    expect(wet).toMatchObject({ room: null, seconds: 6 });
    expect(wet.stems[1]!.send.reason).toMatch(/an image \(\d+ % side\)/);
  });

  it('mutes what is silent, what is there twice, and a mix of the others, and says so', async () => {
    const sum = BAND['drums']!.channels.map((_, channel) =>
      BAND['drums']!.channels[channel]!.map(
        (value, i) =>
          Object.values(BAND).reduce((total, clip) => total + 0.7 * clip.channels[channel]![i]!, 0) + 0 * value,
      ),
    );
    const stems = await heardStems({
      ...BAND,
      empty: { sampleRate: 44_100, channels: [new Float32Array(44_100)] },
      again: BAND['bass']!,
      'rough mix': { sampleRate: 44_100, channels: sum },
    });
    const same = stems.map((each) =>
      each.heard.name === 'again' ? { ...each, source: { ...each.source, audioHash: 'bass' } } : each,
    );
    const options = { target: { loudnessLufs: -18, ceilingDb: -1 }, output: PLAIN_OUTPUT };
    const { plan: crowded } = planStems(same, options);
    expect(crowded.stems.filter(({ muted }) => muted).map(({ name }) => name)).toEqual(['empty', 'again', 'rough mix']);
    expect(crowded.warnings).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/empty is left out: it is silent/),
        expect.stringMatching(/again is left out: it is sample by sample the same sound as bass/),
        expect.stringMatching(/rough mix is left out: it is a mix of the others: drums, bass, keys, vocals/),
        expect.stringMatching(/last from 1\.0 s \(empty\) to 6\.0 s/),
      ]),
    );
    expect(lu(crowded)['drums']).toBeCloseTo(lu(plan)['drums']!, 5);
  });

  it('mixes one stem, and stems of which none is heard', async () => {
    const one = await plannedStems({ vocals: BAND['vocals']! });
    expect(one.stems[0]).toMatchObject({ muted: false, expectedLu: 0 });
    const none = await plannedStems({ a: { sampleRate: 44_100, channels: [new Float32Array(500)] } });
    expect(none.warnings).toEqual(expect.arrayContaining([expect.stringMatching(/the mix is silent/)]));
    expect(parseBalancePlan(none)).toEqual(none);
  });

  it('says when sound and name disagree', async () => {
    const named = await plannedStems({ vocals: BAND['drums']!, bass: BAND['bass']! });
    expect(named.stems[0]!.recognised).toMatchObject({ kind: 'drums', byName: 'vocals', followed: 'sound' });
    expect(named.warnings).toEqual(['vocals sounds like drums and is named like vocals: it is mixed as drums.']);
  });

  it('takes the highest rate for the mix, and says so', async () => {
    const mixed = await plannedStems({ ...BAND, bass: stem('bass', { sampleRate: 48_000 }) });
    expect(mixed.output.sampleRate).toBe(48_000);
    expect(mixed.warnings).toEqual([expect.stringMatching(/44100, 48000 Hz: all are converted to 48000 Hz/)]);
  });
});

describe('sideGains', () => {
  it('keeps the power of what is in the middle, and the level where nothing is moved', () => {
    const gain = { gainDb: -6, reason: '' };
    for (const position of [-1, -0.4, 0, 0.2, 1]) {
      const [left, right] = sideGains({ gain, pan: { position, reason: '' } });
      expect(left ** 2 + right ** 2).toBeCloseTo(2 * 10 ** (-6 / 10), 12);
    }
    expect(sideGains({ gain: { gainDb: 0, reason: '' }, pan: { position: 0, reason: '' } })).toEqual([1, 1]);
  });
});
