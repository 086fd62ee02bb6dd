import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysisOf } from '../testing/analysis-of.ts';
import { type ClickTrack, type ClickTrackOptions, clickTrack } from '../testing/click-track.ts';
import { gainAt } from './automation.ts';
import type { MixableTrack } from './mix-track.ts';
import { parseMixPlan } from './parse-mix-plan.ts';
import { type MixOptions, planMix } from './plan-mix.ts';
import type { MixPlan, MixPlanTrack } from './plan-schema.ts';
import { mixSecondsAt, sourceSecondsAt, speedAt } from './time-map.ts';

const plan = (clicks: readonly ClickTrack[], options: MixOptions = {}) =>
  parseMixPlan(
    JSON.parse(
      JSON.stringify(
        planMix(
          clicks.map(({ track }) => track),
          options,
        ),
      ),
    ),
  );

/** Mix seconds of the beats of a track that are heard. */
function heardBeats(track: MixPlanTrack, beats: readonly number[]): number[] {
  return beats.map((beat) => mixSecondsAt(track.timeMap, beat)).filter((at) => at >= track.start && at <= track.end);
}

/** Seconds from each beat of the incoming track inside a transition to the nearest beat of the outgoing one. */
function misses(mix: MixPlan, clicks: readonly ClickTrack[], transition: number): number[] {
  const { from, to, start, end } = mix.transitions[transition]!;
  const outgoing = clicks[from]!.beats.map((beat) => mixSecondsAt(mix.tracks[from]!.timeMap, beat));
  const incoming = clicks[to]!.beats.map((beat) => mixSecondsAt(mix.tracks[to]!.timeMap, beat));
  // A grid goes on to the end of its track; the clicks stop a little earlier.
  const last = Math.min(end, outgoing.at(-1)!) + 0.01;
  const inside = incoming.filter((at) => at > start - 0.01 && at < end - 0.01 && at < last);
  return inside.map((at) => Math.min(...outgoing.map((other) => Math.abs(other - at))));
}

function expectSound(mix: MixPlan): void {
  mix.tracks.forEach((track, index) => {
    for (let mixSeconds = track.start; mixSeconds < track.end; mixSeconds += 0.5) {
      expect(speedAt(track.timeMap, mixSeconds)).toBeGreaterThan(0.88);
      expect(speedAt(track.timeMap, mixSeconds)).toBeLessThan(1.12);
    }
    const before = mix.transitions[index - 1];
    const after = mix.transitions[index];
    const alone = (after?.start ?? track.end) - (before?.end ?? track.start);
    expect(alone).toBeGreaterThan(0.38 * (track.end - track.start));
    if (before) expect(before.end).toBeGreaterThan(before.start);
    if (before && after) expect(after.start).toBeGreaterThan(before.end);
    expect(track.cueIn).toBeLessThan(0.26 * track.seconds);
    expect(track.cueOut).toBeGreaterThan(0.7 * track.seconds);
  });
}

/** Loudness of each half second of 180 s. */
const curve = (level: (time: number) => number) => Array.from({ length: 360 }, (_, i) => level(i * 0.5 + 0.25));

const song = (options: Partial<ClickTrackOptions> & { bpm: number }) => clickTrack({ seconds: 180, ...options });

describe('planMix', () => {
  it('lays the beats of both tracks on each other through the whole transition', () => {
    const clicks = [song({ bpm: 124 }), song({ bpm: 126.5, offset: 0.31 }), song({ bpm: 121.3, offset: 0.9 })];
    const mix = plan(clicks);
    expectSound(mix);
    for (const transition of [0, 1]) {
      expect(mix.transitions[transition]!.kind).toBe('beat-matched');
      expect(mix.transitions[transition]!.bars).toBe(16);
      const all = misses(mix, clicks, transition);
      expect(all.length).toBeGreaterThanOrEqual(64);
      for (const miss of all) expect(miss).toBeLessThan(0.0002);
    }
  });

  it('begins and ends transitions at phrases of both tracks', () => {
    const clicks = [song({ bpm: 124 }), song({ bpm: 126 })];
    const mix = plan(clicks);
    const { start, end, bassSwap } = mix.transitions[0]!;
    clicks.forEach(({ track }, index) => {
      const phrases = track.analysis.structure.phrases.map((at) => mixSecondsAt(mix.tracks[index]!.timeMap, at));
      for (const moment of [start, end, bassSwap!])
        expect(Math.min(...phrases.map((at) => Math.abs(at - moment)))).toBeLessThan(0.001);
    });
  });

  it('gives up the last bars of a track to begin at its phrase', () => {
    // Of 92 bars of 2 s in phrases of 8, the last 16 begin in the middle of a phrase.
    const mix = plan([song({ bpm: 120, seconds: 184 }), song({ bpm: 120 })]);
    expect(mix.transitions[0]).toMatchObject({ bars: 16, start: 144, end: 176 });
  });

  it.each([
    [176, 64, { bars: 32, start: 176, end: 240 }],
    [208, 32, { bars: 16, start: 208, end: 240 }],
    [224, 16, { bars: 8, start: 224, end: 240 }],
  ])('lays an outro from %d s over an intro to %d s', (outroStart, introEnd, expected) => {
    // Bars of 2 s, phrases of 8 bars.
    const mix = plan([
      song({ bpm: 120, seconds: 240, facts: { outroStart } }),
      song({ bpm: 120, seconds: 240, facts: { introEnd } }),
    ]);
    expect(mix.transitions[0]).toMatchObject(expected);
  });

  it('brings the incoming track back to its own tempo without a jerk, and then copies it', () => {
    const clicks = [song({ bpm: 120 }), song({ bpm: 127 })];
    const mix = plan(clicks);
    const { end, glideBars, stretch } = mix.transitions[0]!;
    expect(glideBars).toBe(8);
    expect(stretch).toBeCloseTo(120 / 127, 4);
    const { timeMap, end: last } = mix.tracks[1]!;
    let previous = speedAt(timeMap, end - 0.1);
    for (let at = end; at < end + 16; at += 0.1) {
      const speed = speedAt(timeMap, at);
      expect(speed).toBeGreaterThan(previous - 1e-6);
      expect(speed - previous).toBeLessThan(0.004);
      previous = speed;
    }
    const rest = timeMap.filter(({ mix: at }) => at > end + 16.5);
    expect(rest.length).toBeLessThanOrEqual(2);
    expect(speedAt(timeMap, last - 20)).toBeCloseTo(1, 8);
    const offset = (timeMap.at(-1)!.mix - timeMap.at(-1)!.source) * 44_100;
    expect(Math.abs(offset - Math.round(offset))).toBeLessThan(1e-3);
  });

  it('follows a track that drifts, beat by beat', () => {
    const clicks = [song({ bpm: 100, drift: 0.02 }), song({ bpm: 102, drift: 0.02, offset: 0.4 }), song({ bpm: 101 })];
    const mix = plan(clicks);
    expectSound(mix);
    for (const transition of [0, 1]) {
      expect(mix.transitions[transition]!.kind).toBe('beat-matched');
      for (const miss of misses(mix, clicks, transition)) expect(miss).toBeLessThan(0.005);
    }
  });

  it('matches 87 BPM with 174 BPM at the double', () => {
    for (const [from, to] of [
      [87, 174],
      [174, 86],
    ] as const) {
      const clicks = [song({ bpm: from }), song({ bpm: to })];
      const mix = plan(clicks);
      expect(mix.transitions[0]!.kind).toBe('beat-matched');
      expect(mix.transitions[0]!.bpm).toBeCloseTo(174, 1);
      // Each beat of the slow track is on one of the fast track.
      const [slow, fast] = from < to ? [0, 1] : [1, 0];
      const { start, end } = mix.transitions[0]!;
      const times = (index: number) =>
        clicks[index]!.beats.map((beat) => mixSecondsAt(mix.tracks[index]!.timeMap, beat));
      const fastTimes = times(fast);
      for (const at of times(slow).filter((time) => time > start - 0.01 && time < end + 0.01))
        expect(Math.min(...fastTimes.map((other) => Math.abs(other - at)))).toBeLessThan(0.0002);
    }
  });

  it('holds every track at one tempo when asked to', () => {
    const clicks = [song({ bpm: 120 }), song({ bpm: 126, drift: 0.01 }), song({ bpm: 62 }), song({ bpm: 150 })];
    const mix = plan(clicks, { tempo: 124 });
    for (const index of [0, 1, 2]) {
      const beats = heardBeats(mix.tracks[index]!, clicks[index]!.beats);
      const period = index === 2 ? 120 / 124 : 60 / 124;
      for (let i = 3; i < beats.length - 2; i++) expect(beats[i]! - beats[i - 1]!).toBeCloseTo(period, 2);
    }
    expect(mix.transitions.map(({ kind }) => kind)).toEqual(['beat-matched', 'beat-matched', 'cut']);
    expect(mix.warnings.join()).toMatch(/"150 BPM" plays at its own 150.0 BPM/);
  });

  it.each<[string, Partial<ClickTrackOptions> & { bpm: number }, RegExp]>([
    ['tempi too far apart', { bpm: 150 }, /150.0 BPM would be stretched by −17.3 % to meet 124.0 BPM; the most is 8 %/],
    ['three against four', { bpm: 124, meter: 3 }, /4\/4 and 3\/4 do not fit/],
  ])('changes tracks on the downbeat for %s', (_, other, reason) => {
    const clicks = [song({ bpm: 124 }), song(other)];
    expect(plan(clicks).transitions[0]).toMatchObject({ kind: 'cut', reason: expect.stringMatching(reason) });
    const mix = plan(clicks, { joins: [{ technique: 'cut' }] });
    expectSound(mix);
    const { kind, end, start, reason: told } = mix.transitions[0]!;
    expect(kind).toBe('cut');
    expect(told).toMatch(reason);
    expect(end - start).toBeLessThan(0.1);
    clicks.forEach(({ track }, index) => {
      const downbeats = track.analysis.tempo.downbeats.map((at) => mixSecondsAt(mix.tracks[index]!.timeMap, at));
      // The sound may end on a bar, too.
      const bars = [...downbeats, 2 * downbeats.at(-1)! - downbeats.at(-2)!];
      expect(Math.min(...bars.map((at) => Math.abs(at - end)))).toBeLessThan(0.0001);
    });
  });

  it.each([
    // A little quieter than the track: from its beginning; rather quiet: where that is over, at a phrase; very quiet: heard under the end.
    [-18, 'cut', [0, 0.1]],
    [-21, 'cut', [18, 26]],
    [-26, 'fade', [0, 0.5]],
  ] as const)('goes over into a beginning of %d LUFS', (lufs, kind, [from, to]) => {
    const quiet = song({ bpm: 150, facts: { halfSecondLufs: curve((time) => (time < 20 ? lufs : -14)) } });
    const mix = plan([song({ bpm: 124 }), quiet]);
    expectSound(mix);
    const [out, incoming] = mix.tracks;
    expect(mix.transitions[0]!.kind).toBe(kind);
    expect(incoming!.cueIn).toBeGreaterThanOrEqual(from);
    expect(incoming!.cueIn).toBeLessThan(to);
    const downbeats = quiet.track.analysis.tempo.downbeats.map((at) => mixSecondsAt(incoming!.timeMap, at));
    const end = out!.level.at(-1)!.at;
    expect(Math.min(...downbeats.map((at) => Math.abs(at - end)))).toBeLessThan(0.0001);
    expect(gainAt(out!.level, end - 4)).toBeGreaterThan(0.8);
  });

  it.each([
    // A third that is very quiet is no loss; half of a track is not left out whatever it is; loud music is, up to a quarter.
    [60, -26, 58, 62],
    [90, -26, -0.001, 72],
    [60, -21, -0.001, 45],
  ])('cuts past the first %d s at %d LUFS no later than it may', (seconds, lufs, from, to) => {
    const quiet = song({ bpm: 150, facts: { halfSecondLufs: curve((time) => (time < seconds ? lufs : -14)) } });
    const mix = plan([song({ bpm: 124 }), quiet]);
    expectSound(mix);
    const entry = sourceSecondsAt(mix.tracks[1]!.timeMap, mix.transitions[0]!.end);
    expect(entry).toBeGreaterThanOrEqual(from);
    expect(entry).toBeLessThanOrEqual(to);
  });

  it('fades where a track has no beat', () => {
    const rain: MixableTrack = { ...song({ bpm: 99 }).track, title: 'Rain', analysis: analysisOf({ lufs: -20 }) };
    const mix = planMix([song({ bpm: 124 }).track, rain, song({ bpm: 120 }).track]);
    expect(mix.transitions.map(({ kind }) => kind)).toEqual(['fade', 'fade']);
    expect(mix.transitions[0]!.reason).toMatch(/"Rain" has no beat to match/);
    expectSound(mix);
  });

  it('keeps each track alone for most of it, however short', () => {
    for (const seconds of [40, 20, 8, 3, 0.5]) {
      const mix = plan([song({ bpm: 128, seconds }), song({ bpm: 126, seconds }), song({ bpm: 128, seconds })]);
      mix.tracks.forEach((track, index) => {
        const alone = (mix.transitions[index]?.start ?? track.end) - (mix.transitions[index - 1]?.end ?? track.start);
        expect(alone).toBeGreaterThan(0.38 * (track.end - track.start));
      });
    }
    expect(plan([song({ bpm: 128, seconds: 40 }), song({ bpm: 126, seconds: 40 })]).transitions[0]!.bars).toBe(4);
  });

  it('mixes a track with itself, and one track alone', () => {
    const { track } = song({ bpm: 124 });
    expectSound(planMix([track, track, track]));
    const alone = planMix([track]);
    expect(alone.seconds).toBeCloseTo(180, 4);
    expect(alone.transitions).toEqual([]);
    expect(alone.tracks[0]!.level).toEqual([]);
  });

  it('brings tracks to one loudness, lower when peaks ask for it', () => {
    const at = (lufs: number | null, truePeakDb: number) => song({ bpm: 124, facts: { lufs, truePeakDb } }).track;
    const even = planMix([at(-8, 0), at(-16, -4), at(null, -90)]);
    expect(even.master.targetLufs).toBe(-14);
    expect(even.tracks.map(({ gainDb }) => gainDb)).toEqual([-6, 2, 0]);
    const dynamic = planMix([at(-8, 0), at(-20, -1)]);
    expect(dynamic.master.targetLufs).toBe(-17);
    expect(dynamic.master.reason).toMatch(/more than 3 dB into the limiter/);
    expect(planMix([at(-8, 0)], { targetLufs: -10 }).tracks[0]!.gainDb).toBe(-2);
  });

  it('keeps the power of the sum even where both tracks are even', () => {
    const mix = plan([song({ bpm: 124 }), song({ bpm: 126 })]);
    const [out, incoming] = mix.tracks;
    const { start, end, bassSwap } = mix.transitions[0]!;
    for (let at = start; at <= end; at += 0.05) {
      const part = (track: MixPlanTrack) => gainAt(track.level, at) ** 2 * (0.75 + 0.25 * gainAt(track.low, at) ** 2);
      // One of the two has no bass but for the trade within a beat.
      if (Math.abs(at - bassSwap!) > 1.2) expect(10 * Math.log10(part(out!) + part(incoming!))).toBeCloseTo(0, 1);
    }
    expect(gainAt(out!.level, end)).toBe(0);
    expect(gainAt(incoming!.level, start)).toBe(0);
    expect(gainAt(incoming!.low, bassSwap! - 0.6)).toBe(0);
    expect(gainAt(incoming!.low, bassSwap!)).toBe(1);
    expect(gainAt(out!.low, bassSwap! - 0.6)).toBe(1);
    expect(gainAt(out!.low, bassSwap!)).toBe(0);
  });

  it('evens out an outro and an intro that are quieter than the songs', () => {
    // Both fall or rise by 5 LU around the transition.
    const quietEnd = curve((time) => (time < 144 ? -14 : -19));
    const quietStart = curve((time) => (time < 32 ? -19 : -14));
    const clicks = [
      song({ bpm: 120, facts: { outroStart: 144, halfSecondLufs: quietEnd } }),
      song({ bpm: 120, facts: { introEnd: 32, halfSecondLufs: quietStart } }),
    ];
    const mix = plan(clicks);
    const { start, end } = mix.transitions[0]!;
    const [out, incoming] = mix.tracks;
    const power = (at: number) => {
      const outLoud = at - mixSecondsAt(out!.timeMap, 0) < 144 ? -14 : -19;
      const inLoud = at - mixSecondsAt(incoming!.timeMap, 0) < 32 ? -19 : -14;
      const part = (track: MixPlanTrack, loud: number) =>
        at >= track.start && at <= track.end ? gainAt(track.level, at) ** 2 * 10 ** (loud / 10) : 0;
      return part(out!, outLoud) + part(incoming!, inLoud);
    };
    for (let at = start - 30; at < end + 30; at += 0.5) {
      const window = Array.from({ length: 30 }, (_, i) => power(at - i / 10));
      const shortTerm = 10 * Math.log10(window.reduce((sum, value) => sum + value / 30, 0));
      expect(Math.abs(shortTerm + 14)).toBeLessThan(2.6);
      if (at > start + 6 && at < end - 3) expect(Math.abs(shortTerm + 14)).toBeLessThan(1.2);
    }
  });

  it('does not lay a fade-out over a quiet beginning', () => {
    const fading = song({ bpm: 120, facts: { halfSecondLufs: curve((time) => (time < 148 ? -14 : -30)) } });
    const rising = song({ bpm: 120, facts: { halfSecondLufs: curve((time) => (time < 24 ? -26 : -14)) } });
    const { tracks, transitions } = plan([fading, rising]);
    expect(tracks[0]!.cueOut).toBeLessThanOrEqual(160);
    expect(transitions[0]!.kind).toBe('beat-matched');
    expect(plan([song({ bpm: 120 }), song({ bpm: 120 })]).tracks[0]!.cueOut).toBeGreaterThan(170);
  });

  it('ends a fade where the outgoing track has faded', () => {
    const facts = { halfSecondLufs: curve((time) => (time < 168 ? -14 : -25)) };
    const fading = { ...song({ bpm: 120 }).track, analysis: analysisOf({ lufs: -14, ...facts }) };
    const [transition] = planMix([fading, song({ bpm: 120 }).track]).transitions;
    expect(transition!.kind).toBe('fade');
    for (const technique of ['fade', 'reverb-tail'] as const) {
      const { tracks } = planMix([fading, song({ bpm: 120 }).track], { joins: [{ technique }] });
      const down = tracks[0]!.level.at(-1)!;
      expect(down.gain).toBe(0);
      expect(down.at).toBeGreaterThan(168);
      expect(down.at).toBeLessThan(171);
    }
  });

  it('lays the same plan again, and one that reads back as it was', () => {
    const clicks = [song({ bpm: 124 }), song({ bpm: 126, drift: 0.01 }), song({ bpm: 90 })];
    const mix = planMix(clicks.map(({ track }) => track));
    expect(planMix(clicks.map(({ track }) => track))).toEqual(mix);
    expect(parseMixPlan(JSON.parse(JSON.stringify(mix)))).toEqual(mix);
  });

  it('lays any crate of tracks soundly', () => {
    const anyTrack = fc.record({
      bpm: fc.double({ min: 60, max: 190, noNaN: true }),
      seconds: fc.double({ min: 30, max: 300, noNaN: true }),
      offset: fc.double({ min: 0, max: 3, noNaN: true }),
      drift: fc.constantFrom(0, 0, 0.01),
      meter: fc.constantFrom(4, 4, 4, 3),
    });
    fc.assert(
      fc.property(fc.array(anyTrack, { minLength: 2, maxLength: 6 }), fc.constantFrom('follow', 128), (all, tempo) => {
        const clicks = all.map((options, index) => clickTrack({ ...options, title: `${index}` }));
        const mix = plan(clicks, { tempo: tempo as 'follow' | number });
        expectSound(mix);
        mix.transitions.forEach(({ kind }, index) => {
          const allowed = Math.max(...all.map(({ drift }) => drift)) > 0 ? 0.008 : 0.001;
          const slow = clicks[index]!.beats.length / all[index]!.seconds;
          const fast = clicks[index + 1]!.beats.length / all[index + 1]!.seconds;
          // With the incoming track at the double, every other beat of it lies between two of the outgoing one.
          if (kind === 'beat-matched' && fast < 1.4 * slow)
            for (const miss of misses(mix, clicks, index)) expect(miss).toBeLessThan(allowed);
        });
      }),
      { numRuns: 60 },
    );
  });

  it.each<[MixOptions, RegExp]>([
    [{ tempo: 10 }, /tempo is 10; it must be 'follow' or between 20 and 400/],
    [{ ceilingDb: 1 }, /ceilingDb is 1; it must be between -24 and 0/],
    [{ targetLufs: 3 }, /targetLufs is 3; it must be between -60 and 0/],
    [{ sampleRate: 96_000 as 48_000 }, /sampleRate is 96000; it must be 44100 or 48000/],
  ])('refuses %o', (options, message) => {
    expect(() => planMix([song({ bpm: 120 }).track], options)).toThrow(message);
  });

  it('refuses no tracks', () => {
    expect(() => planMix([])).toThrow(/0 tracks cannot be mixed/);
  });
});
