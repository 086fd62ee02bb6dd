import type { Clip } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../../testing/listening-signals.ts';
import { measured } from '../../testing/mastering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { masterStyle } from '../styles/find-style.ts';
import { masterTarget } from '../targets/find-target.ts';
import { decideBehaviour } from './decide-behaviour.ts';
import { decideEqualiser } from './decide-equaliser.ts';
import { decideRumble } from './decide-rumble.ts';
import type { PlanRequest } from './plan-request.ts';
import { wantedBalance } from './wanted-balance.ts';

const RATE = 44_100;
const sine = (hertz: number, amplitude: number, seconds = 5) =>
  Float32Array.from({ length: seconds * RATE }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE));
const sum = (...parts: Float32Array[]) => parts[0]!.map((_, i) => parts.reduce((total, part) => total + part[i]!, 0));
const mono = (samples: Float32Array): Clip => ({ sampleRate: RATE, channels: [samples] });

async function request(clip: Clip, styleName = 'balanced', targetName = 'streaming'): Promise<PlanRequest> {
  const style = masterStyle(styleName);
  const wanted = wantedBalance(style);
  return {
    song: await measured(clip),
    style,
    target: masterTarget(targetName),
    wanted,
    phase: 'minimum',
    aimCrestDb: null,
  };
}

describe('decideRumble', () => {
  it('takes away rumble and offset, and nothing else', async () => {
    const tone = sine(440, 0.3);
    expect(decideRumble(await measured(mono(tone)))).toBeNull();
    const rumble = decideRumble(await measured(mono(sum(tone, sine(8, 0.1)))));
    expect(rumble).toMatchObject({
      cutoffHz: 22,
      slopeDbPerOctave: 24,
      reason: expect.stringMatching(/1\d dB under the whole/),
    });
    const offset = decideRumble(await measured(mono(tone.map((value) => value + 0.02))));
    expect(offset).toMatchObject({
      cutoffHz: 10,
      slopeDbPerOctave: 12,
      reason: expect.stringMatching(/0.0200 \(-34 dB\)/),
    });
  });
});

describe('decideBehaviour', () => {
  const at = (integratedLufs: number | null, crestDb: number | null, style = 'balanced') =>
    decideBehaviour({ integratedLufs, crestDb }, masterStyle(style)).rule.kind;

  it('chooses by loudness and crest factor', () => {
    expect(at(-7, 9)).toBe('expand');
    expect(at(-12, 15)).toBe('preserve');
    expect(at(-7, 15)).toBe('preserve');
    expect(at(-22, 17)).toBe('compress-light');
    expect(at(-25, 23)).toBe('compress-heavy');
    expect(at(-22, 12)).toBe('preserve');
    expect(at(null, null)).toBe('preserve');
  });

  it('takes more dynamics for usual in classical music', () => {
    expect(at(-22, 20, 'classical')).toBe('preserve');
    expect(at(-25, 23, 'classical')).toBe('compress-light');
    expect(decideBehaviour({ integratedLufs: -25, crestDb: 23 }, masterStyle('classical')).reason).toBe(
      'quiet and dynamic: -25.0 LUFS and a crest factor of 23.0 dB (crest factors count 6.0 dB lower in classical)',
    );
  });
});

describe('decideEqualiser', () => {
  it('lowers what stands out and raises what is missing, within its bounds', async () => {
    const noise = whiteNoise(10 * RATE, 3);
    // White noise rises by 1 dB a third of an octave; popular music falls.
    const stage = decideEqualiser(await request(mono(noise.map((value) => 0.1 * value))))!;
    const gain = (hertz: number) => stage.bands.find(({ frequencyHz }) => frequencyHz === hertz)?.gainDb ?? 0;
    expect(gain(90)).toBeGreaterThan(0.5);
    expect(gain(9000)).toBeLessThan(-1);
    expect(stage.reason).toMatch(/furthest at \d+ Hz with [+−]\d+.\d dB: 40 % of that is corrected, at most 3.0 dB/);
  });

  it('does not touch a tone, whose bands are empty but for one', async () => {
    expect(decideEqualiser(await request(mono(sine(440, 0.5))))).toBeNull();
    expect(decideEqualiser(await request(mono(new Float32Array(RATE))))).toBeNull();
  });

  it('follows the style', async () => {
    const clip = mixdown({ seconds: 8 });
    const bands = async (style: string) => decideEqualiser(await request(clip, style))?.bands ?? [];
    const treble = async (style: string) =>
      (await bands(style)).reduce((total, band) => total + (band.frequencyHz > 4000 ? (band.gainDb ?? 0) : 0), 0);
    expect(await treble('bright')).toBeGreaterThan(await treble('warm'));
  });
});
