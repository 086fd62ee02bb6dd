import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readWave, writeWave } from './wave-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'tutti-wave-file-'));
afterAll(() => rm(folder, { recursive: true }));

describe('writeWave and readWave', () => {
  it('give back every sample, those beyond full scale too', async () => {
    const channels = [Float64Array.of(0, 1.5, -4, 0.25), Float64Array.of(1, 2, 3, 4)];
    const path = join(folder, 'sound.wav');
    await writeWave(path, { sampleRate: 44_100, channels });
    expect(await readWave(path)).toEqual({ sampleRate: 44_100, channels });
  });

  it('refuse what is no such file', async () => {
    const path = join(folder, 'words.wav');
    await writeFile(path, 'words, and no sound at all, for longer than a header');
    await expect(readWave(path)).rejects.toThrow(/no samples/);
  });
});
