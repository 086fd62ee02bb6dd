import { describe, expect, it } from 'vitest';
import { hear, stem } from '../../testing/stems.ts';
import type { StemKind } from '../stem-kinds.ts';
import { type AudibleStem, audibleStems } from './stem-levels.ts';
import { wantedLevels } from './wanted-levels.ts';

describe('wantedLevels', async () => {
  const [base] = audibleStems([await hear('keys', stem('chords'))], 6);
  const of = (kind: StemKind, onsetsPerSecond = 4): AudibleStem => ({
    ...base!,
    kind,
    heard: { ...base!.heard, sound: { ...base!.heard.sound!, onsetsPerSecond } },
  });
  const levels = (...stems: AudibleStem[]) => wantedLevels(stems).map(({ relativeLu }) => relativeLu);

  it('orders the kinds as mixes do: the voice first, then drums, harmonic stems and the bass', () => {
    const [vocals, drums, harmonic, bass] = levels(of('vocals'), of('drums'), of('harmonic'), of('bass'));
    expect([vocals, drums, bass]).toEqual([0, -1, -3]);
    expect(harmonic).toBeCloseTo(-1.5, 1);
  });

  it('has a kit share the level of one, and lets harmonic stems be louder together than alone', () => {
    const power = (list: readonly number[]) => 10 * Math.log10(list.reduce((sum, lu) => sum + 10 ** (lu / 10), 0));
    expect(power(levels(of('drums'), of('drums'), of('drums')))).toBeCloseTo(-1, 9);
    const [alone] = levels(of('harmonic'));
    const three = levels(of('harmonic'), of('harmonic'), of('harmonic'));
    expect(power(three)).toBeGreaterThan(alone!);
    expect(three[0]).toBeLessThan(alone!);
  });

  it('lets long notes stand behind', () => {
    const [quick, slow] = levels(of('harmonic'), of('harmonic', 0.01));
    expect(quick! - slow!).toBeCloseTo(4, 1);
    expect(wantedLevels([of('harmonic', 0.1)])[0]!.reason).toMatch(/0\.1 onsets a second are long notes \(−3\.8 LU\)/);
  });

  it('sets a backing for what no other stem is', () => {
    const [all] = levels(of('backing'), of('vocals'));
    expect(all).toBeCloseTo(10 * Math.log10(10 ** -0.1 + 10 ** -0.3 + 10 ** -0.15), 6);
    const [rest] = levels(of('backing'), of('drums'), of('bass'));
    expect(rest).toBeCloseTo(-1.5, 6);
    expect(wantedLevels([of('backing'), of('drums')])[0]!.reason).toMatch(
      /of the kind backing, for bass, harmonic together/,
    );
  });
});
