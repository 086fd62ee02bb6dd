import { describe, expect, it } from 'vitest';
import { targetSchema } from '../plan-schema.ts';
import { MASTER_STYLES, masterStyle, USUAL_STYLE } from '../styles/find-style.ts';
import { MASTER_TARGETS, masterTarget, USUAL_TARGET } from './find-target.ts';

describe('the targets', () => {
  it.each([...MASTER_TARGETS.values()])('$name can be asked for', (target) => {
    const { title, monoBelowHz: _, output, source, ...asked } = target;
    expect(targetSchema.parse(asked)).toEqual(asked);
    expect(title.length * source.length).toBeGreaterThan(0);
    expect(output.dither === 'shaped').toBe(output.sampleFormat === 'int16');
  });

  it('are those that were promised', () => {
    expect([...MASTER_TARGETS.keys()]).toEqual(
      expect.arrayContaining(['streaming', 'loud-streaming', 'club', 'cd', 'broadcast', 'podcast', 'vinyl']),
    );
    expect(masterTarget('broadcast')).toMatchObject({ loudnessLufs: -23, toleranceLu: 0.5, ceilingDb: -1 });
    expect(masterTarget(USUAL_TARGET)).toMatchObject({ loudnessLufs: -14, ceilingDb: -1 });
    expect(() => masterTarget('cassette')).toThrow(/no target "cassette"; there are streaming, /);
  });
});

describe('the styles', () => {
  it.each([...MASTER_STYLES.values()])('$name is gentle', ({ equaliser, width, saturation, dynamics }) => {
    const { tone, mostDb, tolerance } = equaliser;
    for (const [i, { frequencyHz, gainDb }] of tone.entries()) {
      expect(Math.abs(gainDb)).toBeLessThanOrEqual(mostDb);
      expect(frequencyHz).toBeGreaterThan(tone[i - 1]?.frequencyHz ?? 0);
    }
    expect(tolerance).toBeGreaterThanOrEqual(0.5);
    expect(width.narrowest).toBeLessThanOrEqual(1);
    expect(width.widest).toBeGreaterThanOrEqual(1);
    expect(dynamics.amount).toBeLessThanOrEqual(1.5);
    expect(saturation?.driveDb ?? 0).toBeLessThanOrEqual(6);
  });

  it('are those that were promised', () => {
    const promised = 'rock electronic hip-hop jazz classical acoustic vocal warm bright punchy open gentle'.split(' ');
    expect([...MASTER_STYLES.keys()].sort()).toEqual([...promised, USUAL_STYLE].sort());
    expect(() => masterStyle('loud')).toThrow(/no style "loud"; there are balanced, rock/);
  });
});
