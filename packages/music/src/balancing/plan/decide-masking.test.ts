import { cascadeResponseDb } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { bandsOf } from '../../mastering/chain/filter-stages.ts';
import { heardStems, stem } from '../../testing/stems.ts';
import { decideMasking } from './decide-masking.ts';
import { type AudibleStem, audibleStems } from './stem-levels.ts';

/** A stem that sounds in some bands at some times. */
function sounding(base: AudibleStem, name: string, level: (band: number, hop: number) => number): AudibleStem {
  const { powers } = base.heard;
  const width = powers.bandsHz.length;
  const values = powers.values.map((_, at) => level(at % width, Math.floor(at / width)));
  const bands = Float64Array.from(powers.bandsHz, (_, band) => {
    let sum = 0;
    for (let hop = 0; hop < powers.hops; hop++) sum += values[hop * width + band]!;
    return sum / powers.hops;
  });
  return { ...base, name, bands, heard: { ...base.heard, powers: { ...powers, values } } };
}

describe('decideMasking', async () => {
  const [base] = audibleStems(
    (await heardStems({ keys: stem('chords') })).map(({ heard }) => heard),
    6,
  );
  const { bandsHz } = base!.heard.powers;
  const at = (hertz: number) => bandsHz.indexOf(hertz);
  const near = (band: number, hertz: number, reach: number) => Math.abs(band - at(hertz)) <= reach;
  /** Low, with a tail 15 dB down from 1 to 4 kHz. */
  const low = (band: number) => (near(band, 125, 4) ? 1 : near(band, 2000, 3) ? 0.01 : 1e-9);
  const high = (band: number) => (near(band, 2000, 3) ? 0.001 : 1e-9);

  it('lowers a stem where it drowns what is essential for another and is not for itself, and nothing else', () => {
    const stems = [sounding(base!, 'low', low), sounding(base!, 'high', high)];
    const [first, second] = decideMasking(stems, [0, 0], 44_100);
    expect(second).toBeNull();
    const response = cascadeResponseDb(bandsOf(first!), 44_100);
    expect(response(2000)).toBeLessThan(-1.5);
    expect(response(125)).toBeGreaterThan(-0.6);
    for (const hertz of bandsHz) {
      expect(response(hertz)).toBeLessThanOrEqual(0.01);
      expect(response(hertz)).toBeGreaterThanOrEqual(-3.1);
    }
    expect(first!.reason).toMatch(/it stands 1\d\.\d dB over high around \d+ Hz.*drowned in 100 % of its time.*: −\d/);
  });

  it('lowers less where the stem has something to say itself', () => {
    const tail = (power: number) => (band: number) => (near(band, 125, 4) ? 1 : near(band, 2000, 3) ? power : 1e-9);
    const softest = (power: number) => {
      const victim = sounding(base!, 'high', (band) => (near(band, 2000, 3) ? power / 30 : 1e-9));
      const [first] = decideMasking([sounding(base!, 'low', tail(power)), victim], [0, 0], 44_100);
      return first ? cascadeResponseDb(bandsOf(first), 44_100)(2000) : 0;
    };
    // As much louder than the other each time, and 20, 14 and 8 dB under the stem's own loudest band.
    expect(softest(0.01)).toBeLessThan(softest(0.04) - 0.5);
    expect(softest(0.16)).toBe(0);
  });

  it('leaves what is not drowned at the levels of the mix, or plays at other times', () => {
    const soft = [sounding(base!, 'low', low), sounding(base!, 'high', (band) => 1000 * high(band))];
    expect(decideMasking(soft, [0, 0], 44_100)).toEqual([null, null]);
    expect(decideMasking([sounding(base!, 'low', low), sounding(base!, 'high', high)], [-30, 0], 44_100)[0]).toBeNull();
    const inTurn = [
      sounding(base!, 'low', (band, hop) => (hop % 2 === 0 ? low(band) : 0)),
      sounding(base!, 'high', (band, hop) => (hop % 2 === 1 ? high(band) : 0)),
    ];
    expect(decideMasking(inTurn, [0, 0], 44_100)).toEqual([null, null]);
    expect(decideMasking([stems0()], [0], 44_100)).toEqual([null]);
  });

  const stems0 = () => sounding(base!, 'low', low);
});
