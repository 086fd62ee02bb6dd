import type { Clip } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../../testing/listening-signals.ts';
import { measured } from '../../testing/mastering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { masterStyle } from '../styles/find-style.ts';
import { masterTarget } from '../targets/find-target.ts';
import { decideBehaviour } from './decide-behaviour.ts';
import { decideEqualiser } from './decide-equaliser.ts';
import { decideMultiband } from './decide-multiband.ts';
import { decideRumble } from './decide-rumble.ts';
import { decideSaturation } from './decide-saturation.ts';
import { decideWidth } from './decide-width.ts';
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
  const song = await measured(clip);
  return {
    song,
    level: song.figures,
    style,
    target: masterTarget(targetName),
    wanted,
    phase: 'minimum',
    filterRate: clip.sampleRate,
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
      offset: [expect.closeTo(0.02, 6)],
    });
    expect(decideRumble(await measured(mono(tone.map((value) => 0.001 * value + 0.0005))))).toMatchObject({
      offset: [expect.closeTo(0.0005, 6)],
    });
  });

  it('takes no offset off where it is not there all the time', async () => {
    const half = sine(440, 0.1, 10).map((value, i) => value + (i > 5 * RATE ? 0.2 : 0));
    const stage = decideRumble(await measured(mono(half)));
    expect(stage).toMatchObject({ cutoffHz: 22 });
    expect(stage!.offset).toBeUndefined();
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
    expect(stage.reason).toMatch(
      /\d+ Hz stands out most with [+−]\d+.\d dB, where \d.\d dB are usual: .* by more than 3.0 dB/,
    );
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
    expect(await treble('bright')).toBeGreaterThan(1 + (await treble('warm')));
    const stage = decideEqualiser(await request(clip, 'bright'))!;
    expect(stage.reason).toMatch(/with the tone of bright, of which the song has \d+ %/);
  });
});

describe('decideMultiband', () => {
  it('holds a bass in check that swells, and leaves one that does not', async () => {
    const middle = whiteNoise(20 * RATE, 2).map((value) => 0.1 * value);
    const bass = (swell: number) =>
      Float32Array.from({ length: 20 * RATE }, (_, i) => {
        const level = (i / RATE) % 4 < 0.4 ? swell : 1;
        return 0.04 * level * Math.sin((2 * Math.PI * 80 * i) / RATE);
      });
    const stage = decideMultiband(await request(mono(sum(middle, bass(8)))));
    expect(stage!.bands.map((band) => band !== null)).toEqual([true, false, false]);
    expect(stage!.reason).toMatch(/the bass swells: its loudest moments stand \d+.\d dB over its usual level/);
    expect(decideMultiband(await request(mono(sum(middle, bass(1)))))).toBeNull();
  });
});

describe('decideWidth', () => {
  const clip = (side: number) => mixdown({ seconds: 6, side });
  const lowSide = (): Clip => {
    const low = sine(70, 0.2, 6);
    const { channels } = mixdown({ seconds: 6, side: 0 });
    return { sampleRate: RATE, channels: [sum(channels[0]!, low), channels[1]!] };
  };

  it('widens what is narrow within the bounds of the style, and not mono', async () => {
    const stage = decideWidth(await request(clip(0.3), 'open'))!;
    expect(stage.width).toBeGreaterThan(1.03);
    expect(stage.width).toBeLessThanOrEqual(1.3);
    expect(stage.reason).toMatch(/side has \d.\d % of the power and open wants 20.0 %/);
    expect(decideWidth(await request(clip(0), 'open'))).toBeNull();
    expect(decideWidth(await request(clip(0.3)))).toBeNull();
    expect(decideWidth(await request(mixdown({ seconds: 3, mono: true }), 'open'))).toBeNull();
  });

  it('makes bass mono where target or style want it, and where it is out of phase', async () => {
    expect(decideWidth(await request(lowSide()))).toBeNull();
    expect(decideWidth(await request(lowSide(), 'balanced', 'vinyl'))).toMatchObject({ width: 1, monoBelowHz: 150 });
    expect(decideWidth(await request(lowSide(), 'punchy'))).toMatchObject({ monoBelowHz: 100 });
    const tone = sine(60, 0.3);
    const inverted = { sampleRate: RATE, channels: [tone, tone.map((value) => -value)] };
    expect(decideWidth(await request(inverted))).toMatchObject({
      monoBelowHz: 120,
      reason: expect.stringMatching(/correlation of -1.00 and cancels in mono/),
    });
  });
});

describe('decideSaturation', () => {
  it('is for styles that ask for it, and songs that bear it', async () => {
    const song = mixdown({ seconds: 5 });
    expect(decideSaturation(await request(song, 'warm'))).toMatchObject({ driveDb: 4, mix: 0.35, oversampling: 4 });
    expect(decideSaturation(await request(song))).toBeNull();
    expect(decideSaturation(await request(mixdown({ seconds: 5, gain: 2, drive: 20 }), 'warm'))).toBeNull();
  });
});
