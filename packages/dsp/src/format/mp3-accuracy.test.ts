import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { compareMp3, type Mp3Comparison } from '../testing/mp3-compare.ts';
import { mp3Fixture } from '../testing/mp3-fixture.ts';
import { plainGranule } from '../testing/mp3-plain-frame.ts';
import { planStream } from '../testing/mp3-plans.ts';
import { type FramePlan, writeMp3 } from '../testing/mp3-writer.ts';
import { Mp3Decoder } from './mp3-decoder.ts';
import { frameTwin } from './mp3-side-info.twin.ts';

const decoder = new Mp3Decoder(new Kernels());

/** What ISO/IEC 11172-4 asks of a decoder of full accuracy, full scale being 1, and what is true here. */
function expectAccurate({ statuses, rms, peak, residualDb }: Mp3Comparison): void {
  expect([...statuses]).toEqual(['whole']);
  expect(rms).toBeLessThan(2 ** -15 / Math.sqrt(12));
  expect(peak).toBeLessThan(2 ** -14);
  expect(residualDb).toBeLessThan(-125);
  expect(peak).toBeLessThan(2 ** -19);
}

describe('the MP3 kernel beside the formulas of the standard', () => {
  it.each(['stereo-128.mp3', 'stereo-vbr.mp3', 'mono-mpeg2.mp3', 'mono-mpeg25.mp3', 'no-header.mp3'])('%s', (name) => {
    const frames = mp3Fixture(name);
    expect(frames.length).toBeGreaterThan(10);
    expectAccurate(compareMp3(decoder, frames));
  });

  it.each([44_100, 48_000, 32_000, 22_050, 24_000, 16_000, 11_025, 12_000, 8000])(
    'made-up frames at %i Hz',
    (sampleRate) => {
      expectAccurate(compareMp3(decoder, writeMp3(planStream(sampleRate, 40, { sampleRate }), sampleRate, true)));
      expectAccurate(compareMp3(decoder, writeMp3(planStream(1, 20, { sampleRate, mono: true }), sampleRate)));
    },
  );
});

it('in a mixed block, a long band is intensity stereo only when the right channel has nothing above, in any window', () => {
  const left = {
    ...{ blockType: 2, mixed: true, tables: [15, 15] },
    pairs: Array.from({ length: 72 }, (_, i) => 1 + (i % 5)),
  };
  // The right channel ends within the long bands, but for a few lines of the lowest short band's second window.
  const right = { ...left, pairs: left.pairs.map((x, i) => (i < 8 || (i >= 40 && i < 44) ? x : 0)) };
  const granule = [plainGranule(left), plainGranule(right)];
  const shared = [0, 1].map(() => [false, false, false, false]);
  const plan: FramePlan = {
    ...{ mode: 'joint', midSide: false, intensity: true, shared, spareSteps: 0, granules: [granule, granule] },
  };
  expectAccurate(compareMp3(decoder, writeMp3([plan, plan, plan], 44_100)));
});

describe('the made-up frames', () => {
  const rates = [44_100, 22_050];
  const streams = rates.map((sampleRate) => planStream(sampleRate, 40, { sampleRate }));
  const all = streams.flat();
  const joint = (plan: FramePlan) => `${plan.midSide ? 'mid/side' : ''} ${plan.intensity ? 'intensity' : ''}`.trim();

  it('have every block type, with and without the normal window at the bottom', () => {
    const forms = all.flatMap(({ granules }) =>
      granules.flat().map(({ blockType, mixed }) => `${blockType}${mixed ? 'm' : ''}`),
    );
    expect([...new Set(forms)].sort()).toEqual(['0', '1', '1m', '2', '2m', '3', '3m']);
  });

  it('have every kind of joint stereo, in long, short and mixed blocks', () => {
    expect([...new Set(all.map(joint))].sort()).toEqual(['', 'intensity', 'mid/side', 'mid/side intensity']);
    for (const stream of streams) {
      const shapes = stream
        .filter(({ intensity }) => intensity)
        .flatMap(({ granules }) =>
          granules.map(([left]) => (left!.blockType === 2 ? (left!.mixed ? 'mixed' : 'short') : 'long')),
        );
      expect([...new Set(shapes)].sort()).toEqual(['long', 'mixed', 'short']);
    }
  });

  it('have every table, scale factors that are shared, and each way of coding them', () => {
    const tables = new Set(all.flatMap(({ granules }) => granules.flat().flatMap((granule) => granule.tables)));
    expect(tables.size).toBe(30);
    expect(streams[0]!.some(({ shared }) => shared.flat().includes(true))).toBe(true);
    const compress = (stream: readonly FramePlan[], right: boolean) =>
      stream.flatMap(({ granules, intensity }) =>
        granules.flatMap((granule) =>
          granule
            .filter((_, channel) => right === (intensity && channel === 1))
            .map(({ scaleCompress }) => scaleCompress),
        ),
      );
    expect(new Set(compress(streams[0]!, false)).size).toBe(16);
    const kind = (value: number) => (value < 400 ? 0 : value < 500 ? 1 : 2);
    expect(new Set(compress(streams[1]!, false).map(kind)).size).toBe(3);
    const rightKind = (value: number) => (value < 360 ? 0 : value < 488 ? 1 : 2);
    expect(new Set(compress(streams[1]!, true).map(rightKind)).size).toBe(3);
  });

  it('begin their main data in earlier frames, as far back as can be', () => {
    for (const [i, sampleRate] of rates.entries()) {
      const begins = writeMp3(streams[i]!, sampleRate).map((frame) => frameTwin(frame).mainDataBegin);
      expect(begins).toContain(i === 0 ? 511 : 255);
      expect(begins.filter((begin) => begin > 0).length).toBeGreaterThan(10);
    }
  });
});
