import { describe, expect, it } from 'vitest';
import type { Signal } from '../../mastering/signal.ts';
import { hitSignals } from '../signals/hits.ts';
import { SAMPLE_RATE } from '../signals/made-signal.ts';
import { toneSignals } from '../signals/tones.ts';
import { FIGURES, type FigureName, type Figures, type Result } from './figures.ts';
import { judgeMade, judgeMusic } from './judge.ts';
import { comparisonTables, detailTable } from './tables.ts';

const signals = [...hitSignals(), ...toneSignals()];

/** Half of it, and half of it 13 ms later with the channels exchanged: a comb, a double attack, another image. */
const doubled = ({ channels, sampleRate }: Signal): Signal => ({
  sampleRate,
  channels: channels.map((samples, channel) =>
    samples.map((value, i) => 0.5 * value + 0.5 * (channels[1 - channel]![i - 570] ?? 0)),
  ),
});
/** What moves in the pitch and the level of a steady tone. */
const trembling = ({ channels, sampleRate }: Signal): Signal => ({
  sampleRate,
  channels: channels.map((samples) => samples.map((value, i) => value * (1 + 0.1 * Math.sin(i / 1500)))),
});
/** Half of it some samples late: partials that do not belong together any more. */
const scattered = ({ channels, sampleRate }: Signal): Signal => ({
  sampleRate,
  channels: channels.map((samples) =>
    samples.map((value, i) => value - 1.4 * ((samples[i - 40] ?? 0) - 0.7 * (samples[i - 80] ?? 0))),
  ),
});

function expectNoFault(figures: Figures): void {
  expect(Object.keys(figures).length).toBeGreaterThan(0);
  for (const [name, value] of Object.entries(figures)) {
    expect(value, name).toBeGreaterThanOrEqual(0);
    expect(value, name).toBeLessThan(0.01);
  }
}

describe('judgeMade', () => {
  it.each(signals.map((signal) => [signal.name, signal] as const))(
    'finds no fault with the ideal of %s',
    (_, signal) => {
      const ideal = signal.make(0.9);
      expect(ideal.channels[0]!.length).toBe(Math.round(0.9 * 6 * SAMPLE_RATE));
      expectNoFault(judgeMade(signal, ideal, signal.make(0.9), 0.9));
    },
  );

  it.each(signals.map((signal) => [signal.name, signal] as const))(
    'finds faults with what was done to %s',
    (_, signal) => {
      const ideal = signal.make(1.1);
      const change = signal.kind === 'steady' ? trembling : signal.kind === 'pulses' ? scattered : doubled;
      const figures = judgeMade(signal, ideal, change(ideal), 1.1);
      const least: Figures = { attackShape: 5, attackPeakDb: 2, spectrumDb: 1.5, amplitude: 5, crestDb: 1 };
      const read = (Object.keys(least) as FigureName[]).filter((name) => figures[name] !== undefined);
      expect(read.length).toBeGreaterThan(0);
      for (const name of read) expect(figures[name], name).toBeGreaterThan(least[name]!);
    },
  );
});

describe('judgeMusic', () => {
  const drums = signals.find(({ name }) => name === 'drums over a chord')!;

  it('finds no fault with an identity, and little with an ideal beside the original', () => {
    expectNoFault(judgeMusic(drums.make(1), drums.make(1), 1));
    const { onsetMedianMs, attackShape, imageLevelDb, flux } = judgeMusic(drums.make(1), drums.make(1.05), 1.05);
    expect(onsetMedianMs).toBeLessThan(0.1);
    expect(attackShape).toBeLessThan(6);
    expect(imageLevelDb).toBeLessThan(0.5);
    expect(flux).toBeLessThan(10);
  });

  it('finds that attacks came late and doubled', () => {
    const figures = judgeMusic(drums.make(1), doubled(drums.make(1)), 1);
    expect(figures.attackShape).toBeGreaterThan(5);
    expect(figures.imageLevelDb).toBeGreaterThan(0.1);
  });
});

describe('the tables', () => {
  const result = (program: string, ratio: number, value: number): Result => ({
    ...{ material: 'made', sound: 'a', program, ratio },
    figures: { attackShape: value },
  });
  const results = [result('ours', 0.95, 1), result('ours', 1.05, 3), result('ours', 1.15, 9), result('other', 0.95, 4)];

  it('give the means of the ratios that a mix asks for, and of wider ones', () => {
    const [near, far] = comparisonTables(results);
    expect(near).toContain(`| ${FIGURES.attackShape.title}, % | 2.00 | 4.00 |`);
    expect(far).toContain(`| ${FIGURES.attackShape.title}, % | 9.00 |`);
    expect(detailTable(results, 'attackShape', 'ratio')).toContain('| 1.05 | 3.00 | - |');
  });
});
