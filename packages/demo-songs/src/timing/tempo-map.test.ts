import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTempoMap, type TempoDrift } from './tempo-map.ts';

const TOTAL_BEATS = 128;
const bpms = fc.double({ min: 60, max: 200, noNaN: true });
const drifts: fc.Arbitrary<TempoDrift> = fc.oneof(
  fc.record({ kind: fc.constant('ramp' as const), endBpm: bpms }),
  fc.record({
    kind: fc.constant('wander' as const),
    depth: fc.double({ min: 0, max: 0.08, noNaN: true }),
    periodBeats: fc.double({ min: 8, max: 512, noNaN: true }),
  }),
  bpms.map((bpm): TempoDrift => ({ kind: 'steps', steps: [{ bar: 8, bpm }] })),
);

/** Seconds per beat at a position, written down from the definitions, not from the integrals. */
function beatDuration(bpm: number, drift: TempoDrift, beat: number): number {
  switch (drift.kind) {
    case 'ramp':
      return 60 / (bpm + ((drift.endBpm - bpm) * beat) / TOTAL_BEATS);
    case 'wander': {
      const turn = (2 * Math.PI * beat) / drift.periodBeats;
      const motion = 0.7 * Math.sin(turn) + 0.3 * Math.sin(turn * (2 + (Math.sqrt(5) - 1) / 2));
      return (60 / bpm) * (1 + drift.depth * motion);
    }
    case 'steps':
      return 60 / (beat < drift.steps[0]!.bar * 4 ? bpm : drift.steps[0]!.bpm);
  }
}

describe('createTempoMap', () => {
  it('is the time beats take when the tempo is constant', () => {
    const map = createTempoMap(128, undefined, 4, TOTAL_BEATS);
    expect(map(0)).toBe(0);
    expect(map(64)).toBe(30);
  });

  it('is the integral of the tempo for every kind of drift', () => {
    fc.assert(
      fc.property(bpms, drifts, (bpm, drift) => {
        const map = createTempoMap(bpm, drift, 4, TOTAL_BEATS);
        // Simpson's rule over each beat; steps fall on beats, so every piece is smooth.
        const pieces = 16;
        let seconds = 0;
        for (let beat = 0; beat < TOTAL_BEATS; beat++) {
          for (let i = 0; i < pieces; i++) {
            const a = beat + i / pieces;
            const b = Math.min(beat + (i + 1) / pieces, beat + 1 - 1e-12);
            const ends = beatDuration(bpm, drift, a) + beatDuration(bpm, drift, b);
            seconds += (ends + 4 * beatDuration(bpm, drift, (a + b) / 2)) / (6 * pieces);
          }
          expect(Math.abs(map(beat + 1) - seconds)).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 40 },
    );
  });
});
