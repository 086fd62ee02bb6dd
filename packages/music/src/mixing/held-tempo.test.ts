import { describe, expect, it } from 'vitest';
import { seededRandom } from '../set-planning/seeded-random.ts';
import { type ClickTrackOptions, clickTrack } from '../testing/click-track.ts';
import type { MixTempo } from './held-tempo.ts';
import { parseMixPlan } from './parse-mix-plan.ts';
import { planMix } from './plan-mix.ts';
import { mixSecondsAt, speedOf } from './time-map.ts';

const song = (options: Partial<ClickTrackOptions> & { bpm: number }) => clickTrack({ seconds: 180, ...options });

function planned(clicks: readonly ReturnType<typeof song>[], tempo: MixTempo) {
  const tracks = clicks.map(({ track }) => track);
  return parseMixPlan(JSON.parse(JSON.stringify(planMix(tracks, { tempo }))));
}

describe('a tempo that moves over the mix', () => {
  it('is played by every track, at half and double tempo too, and drifting ones with it', () => {
    const clicks = [song({ bpm: 120 }), song({ bpm: 124, drift: 0.01 }), song({ bpm: 62 }), song({ bpm: 127 })];
    const tempo = [
      { at: 0, value: 119 },
      { at: 0.5, value: 122 },
      { at: 1, value: 129 },
    ];
    const mix = planned(clicks, tempo);
    expect(mix.tempo).toEqual(tempo);
    expect(mix.warnings).toEqual([]);
    const asked = (at: number) => {
      const place = at / mix.seconds;
      return place < 0.5 ? 119 + 6 * place : 122 + 14 * (place - 0.5);
    };
    clicks.forEach(({ beats }, index) => {
      const { timeMap, start, end } = mix.tracks[index]!;
      const heard = beats.map((beat) => mixSecondsAt(timeMap, beat)).filter((at) => at > start && at < end);
      const perBeat = index === 2 ? 2 : 1;
      for (let i = 8; i < heard.length - 8; i += 4) {
        const bpm = (60 * 8 * perBeat) / (heard[i + 4]! - heard[i - 4]!);
        // The length of the mix and with it the places move a little when it is laid.
        expect(Math.abs(bpm / asked(heard[i]!) - 1)).toBeLessThan(0.003);
      }
    });
    expect(mix.transitions.map(({ kind }) => kind)).toEqual(Array(3).fill('beat-matched'));
    expect(mix.tracks[0]!.reason).toMatch(/held at 119.0 to 12\d.\d BPM/);
  });

  it('of one point is that of a number', () => {
    const clicks = [song({ bpm: 120 }), song({ bpm: 126 })];
    const { tempo: _, ...point } = planned(clicks, [{ at: 0, value: 124 }]);
    const { tempo: __, ...number } = planned(clicks, 124);
    expect(point).toEqual(number);
  });

  it('is not followed by a track that would have to be stretched too far, and that is said', () => {
    const mix = planned(
      [song({ bpm: 120 }), song({ bpm: 150 })],
      [
        { at: 0, value: 120 },
        { at: 1, value: 124 },
      ],
    );
    expect(mix.warnings.join()).toMatch(/"150 BPM" plays at its own 150.0 BPM: 12\d.*BPM is more than 8 % away/);
    expect(mix.transitions[0]!.kind).toBe('cut');
  });

  it.each<[MixTempo, RegExp]>([
    [[], /tempo has no points/],
    [[{ at: 2, value: 120 }], /tempo\[0\].at is 2; it must be between 0 and 1/],
    [[{ at: 0, value: 12 }], /tempo\[0\].value is 12; it must be between 20 and 400/],
  ])('refuses %o', (tempo, message) => {
    expect(() => planned([song({ bpm: 120 })], tempo)).toThrow(message);
  });
});

describe('a track that drifts', () => {
  /**
   * From one beat to the next a listener hears a tempo that changes by 2 % at the soonest (Drake & Botte, "Tempo sensitivity in auditory
   * sequences", Perception & Psychophysics 54(3), 1993); a quarter of that is the bound here.
   */
  const UNHEARD_STEP = 0.005;

  it('is followed by steps of speed that nobody hears, whatever the jitter of its beats', () => {
    const random = seededRandom(7);
    const jitter = Array.from({ length: 1000 }, () => 0.008 * (2 * random() - 1));
    const clicks = [
      song({ bpm: 120 }),
      song({ bpm: 121, drift: 0.015, jitter }),
      song({ bpm: 119, drift: 0.01, offset: 0.7, jitter: jitter.toReversed() }),
      song({ bpm: 122, jitter }),
    ];
    for (const tempo of ['follow', 120] as const) {
      for (const { timeMap, start, end } of planned(clicks, tempo).tracks) {
        const speeds = timeMap.slice(1).map((_, line) => speedOf(timeMap, line));
        speeds.forEach((speed, line) => {
          const at = timeMap[line]!.mix;
          if (line === 0 || at < start || at > end) return;
          expect(Math.abs(speed / speeds[line - 1]! - 1)).toBeLessThan(UNHEARD_STEP);
        });
      }
    }
  });
});
