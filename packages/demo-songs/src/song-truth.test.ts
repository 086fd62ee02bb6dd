import { describe, expect, it } from 'vitest';
import { planPerformance } from './compose-song.ts';
import { DEMO_SONGS } from './demo-songs.ts';
import type { SongSpec } from './song-spec.ts';
import type { TempoDrift } from './timing/tempo-map.ts';

const BASE: SongSpec = {
  ...DEMO_SONGS[0]!,
  bpm: 100,
  meter: 4,
  leadInSeconds: 0.5,
  arrangement: [
    { label: 'verse', bars: 8 },
    { label: 'chorus', bars: 8 },
  ],
};

const truthOf = (changes: Partial<SongSpec>) => planPerformance({ ...BASE, ...changes }, 48_000).truth;
const DRIFTS: TempoDrift[] = [
  { kind: 'ramp', endBpm: 140 },
  { kind: 'wander', depth: 0.03, periodBeats: 24 },
  {
    kind: 'steps',
    steps: [
      { bar: 4, bpm: 120 },
      { bar: 8, bpm: 90 },
    ],
  },
];

describe('the truth', () => {
  it('of a constant tempo is one number and evenly spaced beats', () => {
    const truth = truthOf({ bpm: 174 });
    expect(truth).toMatchObject({ bpm: 174, tempoKind: 'constant', tempoMap: [{ time: 0.5, bpm: 174 }] });
    expect(truth.beats.length).toBe(64);
    for (const [i, beat] of truth.beats.entries()) expect(beat).toBeCloseTo(0.5 + (i * 60) / 174, 10);
    expect(truth.downbeats).toEqual(truth.beats.filter((_, i) => i % 4 === 0));
  });

  it.each(DRIFTS)('of a drift ($kind) has a tempo map that adds up to the beats', (drift) => {
    const truth = truthOf({ drift });
    expect(truth.tempoKind).toBe('drifting');
    let time = truth.beats[0]!;
    for (const [i, { time: from, bpm }] of truth.tempoMap.entries()) {
      expect(truth.beats[i]).toBeCloseTo(time, 9);
      expect(from).toBeCloseTo(time, 9);
      time += 60 / bpm;
    }
    expect(time).toBeCloseTo(truth.sections.at(-1)!.end, 9);
    expect((60 * 64) / (time - 0.5)).toBeCloseTo(truth.bpm, 9);
  });

  it('follows a ramp from its first tempo to its last', () => {
    const { tempoMap } = truthOf({ drift: DRIFTS[0]! });
    expect(tempoMap[0]!.bpm).toBeCloseTo(100.3, 1);
    expect(tempoMap.at(-1)!.bpm).toBeCloseTo(139.7, 1);
  });

  it('has sections that meet, on downbeats', () => {
    const { sections, downbeats } = truthOf({ drift: DRIFTS[1]! });
    expect(sections.map((section) => section.label)).toEqual(['verse', 'chorus']);
    expect(sections[0]!.start).toBe(0.5);
    expect(sections[1]!.start).toBe(sections[0]!.end);
    expect(downbeats).toContain(sections[1]!.start);
  });

  it('counts three beats to a bar in 3/4', () => {
    const truth = truthOf({ meter: 3 });
    expect(truth.beats.length).toBe(48);
    expect(truth.downbeats[1]).toBe(truth.beats[3]);
  });

  it('puts sounds at the nearest frame of its beats, and swings only what is between them', () => {
    const { timeline, truth } = planPerformance({ ...BASE, style: 'waltz', swing: 1, bpm: 97 }, 44_100);
    for (const [beat, time] of truth.beats.entries()) {
      expect(Math.abs(timeline.frameAt(beat) / 44_100 - time)).toBeLessThanOrEqual(0.5 / 44_100);
    }
    const third = truth.beats[3]! + (2 / 3) * (60 / 97);
    expect(Math.abs(timeline.frameAt(3.5) / 44_100 - third)).toBeLessThanOrEqual(0.5 / 44_100 + 1e-9);
  });
});
