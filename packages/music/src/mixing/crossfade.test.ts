import { describe, expect, it } from 'vitest';
import { clickTrack } from '../testing/click-track.ts';
import { type AutomationPoint, gainAt } from './automation.ts';
import { jointLevels } from './crossfade.ts';
import type { MixEffect } from './effects/effect-schema.ts';
import type { Joint } from './joint.ts';
import { EVEN_OCTAVES } from './loud-tones.ts';
import { prepareTrack } from './mix-track.ts';
import type { PlacedTrack } from './placed-track.ts';
import { straightMap } from './time-map.ts';

/** A track of 180 s from mix second `start` on, as loud as `lufs` says at each of its own seconds. */
function placed(start: number, lufs: (seconds: number) => number, lowShare = 0.25): PlacedTrack {
  const prepared = prepareTrack(clickTrack({ bpm: 120, seconds: 180 }).track, 0, null);
  const powerAt = (seconds: number) => 10 ** (lufs(seconds) / 10);
  const loudness = {
    ...{ at: lufs, powerAt, lowShareAt: () => lowShare, octavesAt: () => EVEN_OCTAVES },
    meanPower: (from: number, to: number) => powerAt((from + to) / 2),
    ...{ integratedLufs: -14, soundStart: 0, soundEnd: 180 },
  };
  const map = straightMap({ mix: start, source: 0 }, 1);
  return { prepared: { ...prepared, loudness }, map, glideEnd: 0, start, end: start + 180 };
}

const START = 150;
const END = 180;
const joint: Joint = {
  kind: 'fade',
  start: START,
  end: END,
  span: { start: START, end: END },
  cueOut: 180,
  cueIn: 0,
  map: straightMap({ mix: START, source: 0 }, 1),
  inEnd: 30,
  glideEnd: 30,
  keyShift: 0,
  bassSwap: null,
  because: '',
};
const noBass = { out: [], incoming: [] };
const steady = () => -14;

/** Levels of both at a moment, and the loudness of their sum. */
function crossfade(outLufs: (seconds: number) => number, inLufs: (seconds: number) => number) {
  const out = placed(0, outLufs);
  const incoming = placed(START, inLufs);
  const levels = jointLevels({ out, incoming, joint, bass: noBass }, -14, { before: 100, after: 100 });
  return (at: number) => {
    const outGain = gainAt(levels.out, at);
    const inGain = gainAt(levels.incoming, at);
    const sum = outGain ** 2 * 10 ** (outLufs(at) / 10) + inGain ** 2 * 10 ** (inLufs(at - START) / 10);
    return { out: outGain, incoming: inGain, lufs: 10 * Math.log10(sum) };
  };
}

describe('jointLevels', () => {
  it.each([0, 1e-9, 0.2, 1, 5])('has numbers at moments that ascend when each track is alone for %d s', (alone) => {
    const out = placed(0, (seconds) => -14 - seconds / 20);
    const incoming = placed(START, (seconds) => -11 - seconds / 20);
    const levels = jointLevels({ out, incoming, joint, bass: noBass }, -14, { before: alone, after: alone });
    for (const points of [levels.out, levels.incoming]) {
      for (const { gain } of points) expect(gain).toSatisfy((value: number) => value >= 0 && value <= 4);
      const moments = points.map(({ at }) => at);
      expect(moments).toEqual(moments.toSorted((x, y) => x - y));
    }
  });

  it('is an equal-power crossfade of two even tracks', () => {
    const at = crossfade(steady, steady);
    for (const done of [0, 0.1, 0.37, 0.5, 0.8, 1]) {
      const { out, incoming } = at(START + done * (END - START));
      expect(out).toBeCloseTo(Math.cos((Math.PI / 2) * done), 3);
      expect(incoming).toBeCloseTo(Math.sin((Math.PI / 2) * done), 3);
    }
  });

  it('keeps its shape, raised, where both are a little quieter', () => {
    const at = crossfade(
      (seconds) => (seconds <= START ? -14 : -16.5),
      (seconds) => (seconds < 29.99 ? -16.5 : -14),
    );
    for (const done of [0.2, 0.5, 0.8]) {
      const { out, incoming, lufs } = at(START + done * (END - START));
      expect(incoming / out).toBeCloseTo(Math.tan((Math.PI / 2) * done), 2);
      expect(lufs).toBeCloseTo(-14, 1);
    }
  });

  it('pushes the incoming track up at once where the outgoing one has gone quiet', () => {
    const at = crossfade((seconds) => (seconds < START ? -14 : -31), steady);
    expect(at(START).incoming).toBe(0);
    for (let seconds = START + 2; seconds < END; seconds += 0.5) expect(at(seconds).lufs).toBeGreaterThan(-15);
  });

  it('keeps the outgoing track up where the incoming one is still quiet', () => {
    const at = crossfade(steady, (seconds) => (seconds < 30 ? -31 : -14));
    expect(at(END).out).toBe(0);
    for (let seconds = START; seconds < END - 2; seconds += 0.5) expect(at(seconds).lufs).toBeGreaterThan(-15);
  });

  it('lowers a sum that is too loud', () => {
    const at = crossfade((seconds) => (seconds <= START ? -14 : -10), steady);
    expect(at(START + 10).lufs).toBeCloseTo(-14, 1);
  });

  it('brings tracks that differ at the join half-way to each other, and back in their own time', () => {
    const at = crossfade(
      () => -12,
      () => -16,
    );
    expect(Math.abs(at(START).lufs + 14)).toBeLessThan(0.1);
    expect(at(START - 8).out).toBeGreaterThan(at(START).out);
    expect(at(START - 20).out).toBe(1);
    expect(Math.abs(at(END).lufs + 14)).toBeLessThan(0.1);
    expect(at(END + 20).incoming).toBe(1);
  });

  it('fills a break of the outgoing track that the windows at the join would hear, and lets an earlier one be', () => {
    const breakAt = (from: number) =>
      crossfade((seconds) => (seconds >= from && seconds < from + 3 ? -17 : -14), steady);
    const shortTerm = (at: ReturnType<typeof breakAt>, end: number) => {
      const powers = Array.from({ length: 60 }, (_, i) => 10 ** (at(end - 2.975 + 0.05 * i).lufs / 10));
      return 10 * Math.log10(powers.reduce((sum, power) => sum + power / 60, 0));
    };
    const late = breakAt(START - 3);
    for (let end = START; end <= END + 3; end += 0.5) expect(Math.abs(shortTerm(late, end) + 14)).toBeLessThan(1.2);
    // Of its 3 LU an earlier one keeps what music may be off by itself.
    expect(shortTerm(breakAt(START - 7), START - 4)).toBeLessThan(-15);
  });

  it('never raises by more than 6 dB and a trim of 3 dB, whatever the tracks do', () => {
    const at = crossfade(
      (seconds) => (seconds < START ? -8 : -70),
      (seconds) => (seconds < 30 ? -70 : -8),
    );
    for (let seconds = START; seconds <= END; seconds += 0.25)
      expect(Math.max(at(seconds).out, at(seconds).incoming)).toBeLessThanOrEqual(10 ** (9 / 20) + 1e-9);
  });

  it('makes up for the bass that is taken away, by as much as each track has', () => {
    const bass = {
      out: [
        { at: START + 15, gain: 1 },
        { at: START + 15.5, gain: 0 },
      ],
      incoming: [
        { at: START + 15, gain: 0 },
        { at: START + 15.5, gain: 1 },
      ],
    };
    const levels = jointLevels(
      { out: placed(0, steady, 0.8), incoming: placed(START, steady, 0.6), joint, bass },
      -14,
      { before: 100, after: 100 },
    );
    const power = (at: number) => {
      const left = (points: readonly AutomationPoint[], share: number) => 1 - share * (1 - gainAt(points, at) ** 2);
      return (
        gainAt(levels.out, at) ** 2 * left(bass.out, 0.8) + gainAt(levels.incoming, at) ** 2 * left(bass.incoming, 0.6)
      );
    };
    for (let at = START; at <= END; at += 0.5) {
      const window = Array.from({ length: 60 }, (_, i) => power(at - 1.475 + 0.05 * i) / 60);
      expect(Math.abs(10 * Math.log10(window.reduce((sum, value) => sum + value, 0)))).toBeLessThan(0.1);
    }
  });

  it('fills a short break of the outgoing track beside the transition, but for what breaks may have', () => {
    const at = crossfade((seconds) => (seconds > 144 && seconds < 148 ? -19 : -14), steady);
    expect(at(146).out).toBeGreaterThan(1.2);
    expect(at(146).lufs).toBeLessThan(-15);
    expect(Math.abs(at(135).out - 1)).toBeLessThan(0.05);
    expect(crossfade((seconds) => (seconds > 144 && seconds < 148 ? -15 : -14), steady)(146).out).toBeCloseTo(1, 1);
  });

  it('does not change what lies beside a cut between even tracks', () => {
    const cut: Joint = { ...joint, kind: 'cut', start: END - 0.03 };
    const levels = jointLevels(
      { out: placed(0, steady), incoming: placed(END - 0.03, steady), joint: cut, bass: noBass },
      -14,
      {
        before: 100,
        after: 100,
      },
    );
    expect(levels.out[0]).toEqual({ at: END - 0.03 - 16, gain: 1 });
    expect(levels.out[1]).toMatchObject({ at: END - 0.03, gain: expect.closeTo(1, 2) });
    expect(levels.incoming.at(-1)).toEqual({ at: END + 16, gain: 1 });
  });

  describe('of a handover', () => {
    const CUT = 150;
    const cutWith = (outEffects: Joint['outEffects'], span = { start: CUT - 2, end: CUT }): Joint => ({
      ...joint,
      ...{ kind: 'cut', start: CUT - 0.03, end: CUT, span, cueOut: CUT, ...(outEffects && { outEffects }) },
    });
    const levelsOf = (cut: Joint) =>
      jointLevels({ out: placed(0, steady), incoming: placed(CUT, steady), joint: cut, bass: noBass }, -14, {
        before: 100,
        after: 100,
      });

    it('makes room for the tail of an echo that lies over the incoming track', () => {
      const span = { start: CUT - 2, end: CUT + 3 };
      const echo = {
        ...{ kind: 'echo' as const, start: CUT - 2, end: CUT + 3, seconds: 0.25, feedback: 0.8 },
        ...{ lowCutHz: 50, highCutHz: 10_000, send: 1, wet: 1 },
      } satisfies MixEffect;
      const [plain, heard] = [levelsOf(cutWith([], span)), levelsOf(cutWith([echo], span))];
      expect(gainAt(plain.incoming, CUT + 1)).toBeCloseTo(1, 2);
      expect(gainAt(heard.incoming, CUT + 1)).toBeLessThan(0.9);
      expect(gainAt(heard.out, CUT - 1)).toBeLessThan(0.85);
      expect(gainAt(heard.incoming, CUT + 8)).toBeCloseTo(1, 1);
    });

    it('makes up for what a stop takes, on both sides of it', () => {
      const { out, incoming } = levelsOf(cutWith([{ kind: 'platter', start: CUT - 2, end: CUT, seconds: 2 }]));
      expect(gainAt(out, CUT - 1)).toBeGreaterThan(1.1);
      expect(gainAt(incoming, CUT + 0.5)).toBeGreaterThan(1.05);
      expect(gainAt(out, CUT - 9.9)).toBeCloseTo(1, 2);
    });

    it.each([0.03, 1])(
      'never raises by more than 6 dB and a trim of 3 dB, whatever is missing around its %d s',
      (seconds) => {
        const missing = {
          out: placed(0, (at) => (at < CUT - 2 ? -8 : -70)),
          incoming: placed(CUT - seconds, (at) => (at < 2 ? -70 : -8)),
          joint: { ...cutWith([]), start: CUT - seconds },
          bass: noBass,
        };
        const { out, incoming } = jointLevels(missing, -14, { before: 9.1, after: 9.3 });
        for (const { gain } of [...out, ...incoming]) expect(gain).toBeLessThanOrEqual(10 ** (9 / 20) + 1e-9);
      },
    );
  });

  it('is a plain equal-power crossfade where a loudness is not known', () => {
    const silent = placed(START, steady);
    const unknown = { ...silent, prepared: { ...silent.prepared, loudness: null } };
    const crossing = { out: placed(0, () => -20), incoming: unknown, joint, bass: noBass };
    const { out, incoming } = jointLevels(crossing, -14, { before: 9, after: 9 });
    expect(gainAt(out, START + 15)).toBeCloseTo(Math.SQRT1_2, 3);
    expect(gainAt(incoming, START + 15)).toBeCloseTo(Math.SQRT1_2, 3);
  });
});
