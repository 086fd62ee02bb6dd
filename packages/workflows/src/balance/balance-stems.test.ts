import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeSong, DEMO_SONGS } from '@tutti/demo-songs';
import { type Clip, clipFrames } from '@tutti/dsp';
import { createAudioWriter } from '@tutti/media';
import type { BalancePlan, StemKind } from '@tutti/music/balancing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planBalance, renderBalanceFile } from './balance-stems.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-stems-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REQUEST = {
  ...{ loudnessLufs: -18, ceilingDb: -1 },
  output: { sampleFormat: 'int24', dither: 'triangular' },
} as const;
/** Effects are reverberated chords here: they may be either. */
const KINDS: Readonly<Record<string, readonly StemKind[]>> = {
  drums: ['drums'],
  bass: ['bass'],
  chords: ['harmonic'],
  pad: ['harmonic'],
  lead: ['harmonic'],
};

async function write(name: string, { sampleRate, channels }: Clip, gainDb: number): Promise<string> {
  const path = join(folder, name);
  const writer = await createAudioWriter(path, { sampleRate, channels: 2, sampleFormat: 'float32', force: true });
  const gain = 10 ** (gainDb / 20);
  await writer.write(
    channels.map((samples) => samples.map((value) => gain * value)),
    clipFrames({ sampleRate, channels }),
  );
  await writer.finish();
  return path;
}

const files = (paths: readonly string[]) => paths.map((path) => ({ path }));

async function planned(paths: readonly string[], reference?: string): Promise<BalancePlan> {
  const planning = await planBalance(
    files(paths),
    { ...REQUEST, ...(reference !== undefined && { reference }) },
    { jobs: 1 },
  );
  if ('failures' in planning) throw new Error(JSON.stringify(planning.failures));
  return planning.plan;
}

describe('a composed song', () => {
  const spec = {
    ...DEMO_SONGS.find(({ style }) => style === 'disco')!,
    arrangement: [
      { label: 'verse', bars: 4 },
      { label: 'chorus', bars: 4 },
    ] as const,
  };
  const scrambledDb = [8, -11, 3, 10, -6];
  let paths: string[];
  let mix: string;
  beforeAll(async () => {
    const { stems, clip } = composeSong(spec, { stems: true });
    const parts = Object.entries(stems!).filter(([name]) => name in KINDS);
    paths = [];
    for (const [i, [, stem]] of parts.entries()) paths.push(await write(`track ${i + 1}.wav`, stem, scrambledDb[i]!));
    mix = await write('mix.wav', clip, 0);
  });

  it('is told apart by its sound alone, and balanced as the kinds are', async () => {
    const plan = await planned(paths);
    const names = Object.keys(KINDS);
    for (const [i, { recognised }] of plan.stems.entries()) expect(KINDS[names[i]!]).toContain(recognised.kind);
    const lu = (name: string) => plan.stems[names.indexOf(name)]!.expectedLu!;
    // The drums of disco lead, and its pad lies behind.
    expect(lu('drums')).toBeGreaterThan(lu('bass'));
    expect(lu('chords')).toBeGreaterThan(lu('pad'));
  });

  it('comes back to the levels that it was mixed at when the mix is the reference, and to the planned ones when rendered', async () => {
    const planning = await planBalance(files(paths), { ...REQUEST, reference: mix }, { jobs: 2 });
    if ('failures' in planning) throw new Error('not planned');
    const { plan, distanceOf } = planning;
    expect(plan.reference).toMatchObject({ sameMusic: true });
    for (const [i, { gain }] of plan.stems.entries()) {
      const first = plan.stems[0]!.gain.gainDb + scrambledDb[0]!;
      expect(Math.abs(gain.gainDb + scrambledDb[i]! - first), plan.stems[i]!.name).toBeLessThan(2);
    }
    const out = { path: join(folder, 'led.wav'), force: true };
    const written = await renderBalanceFile(plan, out, distanceOf, {});
    expect(written.reference!.after.sharesLu!).toBeLessThan(0.25 * written.reference!.before.sharesLu!);
    expect(written.reference!.after.spectrumDb).toBeLessThan(written.reference!.before.spectrumDb);
    written.figures.stems.forEach(({ relativeLu }, i) => {
      expect(Math.abs(relativeLu! - plan.stems[i]!.expectedLu!)).toBeLessThan(0.5);
    });
    expect(Math.abs(written.figures.integratedLufs! + 18)).toBeLessThan(0.15);
  });

  it('is planned alike on one thread and on several', async () => {
    const [one, two] = [
      await planBalance(files(paths.slice(0, 2)), REQUEST, { jobs: 1 }),
      await planBalance(files(paths.slice(0, 2)), REQUEST, { jobs: 2 }),
    ];
    expect('plan' in one && one.plan).toEqual('plan' in two && two.plan);
  });
});
