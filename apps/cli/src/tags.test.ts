import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tagEditSchema, tagFailureSchema, tagUndoSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-tag-'));
const environment = { TUTTI_HOME: join(folder, 'home') };
const song = join(folder, 'song.wav');
const sha = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const run = (...args: string[]) => tutti(args, folder, environment);
const tagsOf = async (path: string) => {
  const { stdout } = await run('analyse', path, '--json');
  return (JSON.parse(stdout) as { tags: { bpm: number | null } }).tags;
};
const documents = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
let original = '';

beforeAll(async () => {
  writeSmallSong(song, { bpm: 124, seconds: 24, rootHz: 55 });
  copyFileSync(song, join(folder, 'other.wav'));
  original = sha(song);
  writeFileSync(join(folder, 'a.jsonl'), (await run('analyse', 'song.wav', 'other.wav', '--json')).stdout);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('tutti tags', () => {
  it('shows what would change and writes nothing until it is told', async () => {
    const shown = await run('tags', '--analyses', 'a.jsonl', '--fields', 'bpm,gain');
    expect(shown).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/2 of 2 files would be changed; --write does it/),
    });
    expect(shown.stdout).toMatch(/song\.wav\n {2}bpm {6}\(nothing\) -> 124/);
    expect(sha(song)).toBe(original);
  });

  it('writes, finds nothing to do the second time, and takes each change back byte for byte', async () => {
    const written = await run('tags', '--analyses', 'a.jsonl', '--write', '--json');
    expect(written).toMatchObject({ code: 0 });
    const edits = documents(written.stdout).map((each) => tagEditSchema.parse(each));
    expect(edits.map(({ written: done }) => done)).toEqual([true, true]);
    const once = sha(song);
    expect(await tagsOf(song)).toMatchObject({ bpm: 124 });
    const again = await run('tags', '--analyses', 'a.jsonl', '--write', '--json');
    expect(documents(again.stdout)).toMatchObject([
      { changes: [], written: false },
      { changes: [], written: false },
    ]);
    await run('tags', '--analyses', 'a.jsonl', '--comment', 'tempo {bpm}', '--write');
    expect(await tagsOf(song)).toMatchObject({ bpm: 124 });
    expect(readFileSync(song).includes('tempo 124')).toBe(true);
    const undone = await run('tags', 'song.wav', '--undo', '--json');
    expect(tagUndoSchema.parse(documents(undone.stdout)[0])).toMatchObject({
      path: expect.stringMatching(/song\.wav$/),
    });
    expect(sha(song)).toBe(once);
    await run('tags', '.', '--undo');
    expect(sha(song)).toBe(original);
  });

  it('does not take back what another program wrote since', async () => {
    await run('tags', '--analyses', 'a.jsonl', '--write');
    const bytes = readFileSync(song);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(song, bytes);
    const refused = await run('tags', 'song.wav', '--undo', '--json');
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no change of tags to take back, or the file was written to/),
    });
    expect(tagFailureSchema.parse(documents(refused.stdout)[0])).toMatchObject({ error: { kind: 'missing' } });
    expect(readFileSync(song).equals(bytes)).toBe(true);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(song, bytes);
    expect(await run('tags', '.', '--undo')).toMatchObject({ code: 0 });
  });

  it('leaves a file as it is that does not sound as it was analysed', async () => {
    const changed = readFileSync(song);
    changed.writeInt16LE(12_345, 20_000);
    writeFileSync(song, changed);
    const refused = await run('tags', '--analyses', 'a.jsonl', '--write');
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/does not sound as it did when it was analysed/),
    });
    expect(readFileSync(song).equals(changed)).toBe(true);
  });

  it('keeps a link a link and permissions as they are', async () => {
    const [real, link] = [join(folder, 'real.wav'), join(folder, 'link.wav')];
    writeSmallSong(real, { bpm: 124, seconds: 24, rootHz: 55 });
    chmodSync(real, 0o640);
    symlinkSync(real, link);
    expect(await run('tags', 'link.wav', '--write', '--fields', 'bpm')).toMatchObject({ code: 0 });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(lstatSync(real).mode & 0o777).toBe(0o640);
    expect(await tagsOf(real)).toMatchObject({ bpm: 124 });
  });

  it.each<[string[], RegExp]>([
    [['tags', 'song.wav', '--fields', 'tempo'], /"tempo" is none of bpm, key, gain, peak, comment, cues, grid/],
    [['tags', 'song.wav', '--fields', 'comment'], /say what the comment is to be/],
    [['tags', 'song.wav', '--comment', '{tempo}'], /cannot say \{tempo\}/],
    [['tags', 'song.wav', '--undo', '--write'], /--undo takes files and folders alone/],
    [['tags', '--undo'], /name the files or folders/],
    [['tags'], /name the files or folders/],
  ])('%j is refused', async (args, message) => {
    const refused = await run(...args);
    expect(refused.code).toBeGreaterThan(0);
    expect(refused.stderr).toMatch(message);
  });
});
