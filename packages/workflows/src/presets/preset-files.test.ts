import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MasterPreset } from '@tutti/music/mastering';
import { afterAll, describe, expect, it } from 'vitest';
import { findPreset, listPresets, savePreset } from './preset-files.ts';

const home = mkdtempSync(join(tmpdir(), 'tutti-presets-'));
const folder = join(home, 'presets');
afterAll(() => rmSync(home, { recursive: true, force: true }));

const preset: MasterPreset = {
  schema: 'tutti.master-preset/1',
  name: 'Loud and wide',
  description: 'for the club',
  target: { name: 'club' },
  style: 'electronic',
};

describe('presets in files', () => {
  it('there are none before the first is saved', async () => {
    expect(await listPresets(folder)).toEqual([]);
    await expect(findPreset(folder, 'Loud and wide')).rejects.toThrow(/no preset "Loud and wide": none is kept in/);
  });

  it('are saved whole, found again by name and by path, and not replaced unless told to', async () => {
    const path = await savePreset(folder, preset, false);
    expect(await findPreset(folder, preset.name)).toEqual(preset);
    expect(await findPreset(folder, path)).toEqual(preset);
    await expect(savePreset(folder, preset, false)).rejects.toThrow(/--force/);
    await savePreset(folder, { ...preset, style: 'warm' }, true);
    expect(await findPreset(folder, preset.name)).toMatchObject({ style: 'warm' });
  });

  it('are refused with the reason when damaged, newer, or out of range, and the others are listed all the same', async () => {
    writeFileSync(join(folder, 'damaged.json'), '{"schema": "tutti.master-pre');
    writeFileSync(join(folder, 'newer.json'), JSON.stringify({ ...preset, schema: 'tutti.master-preset/99' }));
    writeFileSync(join(folder, 'wild.json'), JSON.stringify({ ...preset, amount: 7 }));
    const kept = await listPresets(folder);
    expect(kept.filter((each) => 'preset' in each)).toHaveLength(1);
    const reasons = kept.flatMap((each) => ('reason' in each ? [each.reason] : []));
    expect(reasons).toHaveLength(3);
    expect(reasons.join('\n')).toMatch(/no usable master preset.*version 99.*amount is 7.*between 0 and 1.5/s);
    await expect(findPreset(folder, 'missing one')).rejects.toThrow(/there are Loud and wide/);
  });

  it.each(['../outside', 'a/b', '', '.hidden', 'name.', 'a\\b', 'x'.repeat(101)])(
    'cannot be called "%s"',
    async (name) => {
      await expect(savePreset(folder, { ...preset, name }, true)).rejects.toThrow(/cannot be the name of a preset/);
    },
  );
});
