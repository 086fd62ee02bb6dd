import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import { analysisOf } from '@tutti/music/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { requireSameSound } from '../same-sound.ts';
import { planSetOf } from '../set/plan-set-of.ts';
import { setCandidate } from '../set/set-candidate.ts';
import { analysisLine, plannedMix } from '../testing/small-set.ts';
import { planMixOfSet } from './plan-mix-of.ts';
import { readMixOrSetPlan } from './read-mix-plan.ts';

const lines = ['c.wav', 'a.wav', 'b.wav'].map((path): AnalysisLine => {
  const line = analysisLine(path);
  const { bpm, beats, downbeats } = line.tempo!;
  return { ...line, ...analysisOf({ bpm, beats, downbeats, lufs: -14, truePeakDb: -3, key: ['A', 'minor'] }) };
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutti-set-'));
});

async function read(json: unknown) {
  const path = join(folder, 'plan.json');
  await writeFile(path, JSON.stringify(json));
  return readMixOrSetPlan(path);
}

function plannedSet() {
  const tempoPath = [
    { at: 0, value: 118 },
    { at: 1, value: 123 },
  ];
  const order = ['b.wav', 'c.wav', 'a.wav'].map((path) => resolve(path));
  const [set] = planSetOf(lines.map(setCandidate), { seed: 1, order, tempoPath });
  return { set: set!, order, tempoPath };
}

describe('the plan of a set', () => {
  it('is mixed in its order and at its tempo', async () => {
    const { set, order, tempoPath } = plannedSet();
    const plan = await read(set);
    if (plan.schema !== 'tutti.set-plan/1') throw new Error(`read as ${plan.schema}`);
    requireSameSound(plan, lines);
    const mix = planMixOfSet(plan, lines);
    expect(mix.tracks.map(({ path }) => path)).toEqual(order);
    expect(mix.tempo).toEqual(tempoPath);
    expect(planMixOfSet(plan, lines, 120).tempo).toBe(120);
    expect(planMixOfSet({ ...plan, tempoPath: null }, lines, 'follow').tempo).toBe('follow');
  });

  it('that was edited into nonsense is refused by its field, and a file that sounds different by its name', async () => {
    const { set } = plannedSet();
    await expect(read({ ...set, tempoPath: [{ at: 0, value: 9000 }] })).rejects.toThrow(/set plan: tempoPath.0.value/);
    await expect(read({ ...set, tracks: [] })).rejects.toThrow(/set plan: tracks/);
    const [first, ...rest] = set.tracks;
    const changed = { ...set, tracks: [{ ...first!, audioHash: 'other' }, ...rest] };
    expect(() => requireSameSound(changed, lines)).toThrow(/b.wav has changed/);
    expect(() => requireSameSound(set, lines.slice(1))).toThrow(/c.wav is in the plan but could not be read/);
  });

  it('is told from the plan of a mix', async () => {
    expect((await read(plannedMix(['a.wav', 'b.wav']))).schema).toBe('tutti.mix-plan/1');
    await expect(read({ schema: 'tutti.other/1' })).rejects.toThrow(/schema is "tutti.other\/1"/);
  });
});
