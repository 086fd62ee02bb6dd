import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { duplicatesSchema } from '@tutti/contract';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tutti } from './testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-duplicates-'));
const music = join(folder, 'music');
const ANALYSES = 'music.jsonl';
const HEADER_BYTES = 44;
const BYTES_PER_SECOND = 2 * 44_100;

/** The song of a WAV file from a second on, at half the level. */
function writeLate(from: string, to: string, seconds: number): void {
  const file = readFileSync(from);
  const skipped = HEADER_BYTES + Math.round(seconds * BYTES_PER_SECOND);
  const late = Buffer.concat([file.subarray(0, HEADER_BYTES), file.subarray(skipped)]);
  late.writeUInt32LE(late.length - 8, 4);
  late.writeUInt32LE(late.length - HEADER_BYTES, 40);
  for (let at = HEADER_BYTES; at < late.length; at += 2) late.writeInt16LE(late.readInt16LE(at) >> 1, at);
  writeFileSync(to, late);
}

beforeAll(async () => {
  mkdirSync(music);
  for (let i = 0; i < 3; i++) {
    const song = { bpm: 118 + 5 * i, seconds: 24, rootHz: 55 * 2 ** ((5 * i) / 12) };
    writeSmallSong(join(music, `song-${i}.wav`), song);
  }
  copyFileSync(join(music, 'song-0.wav'), join(music, 'copy.wav'));
  writeLate(join(music, 'song-1.wav'), join(music, 'late.wav'), 1.6);
  writeSmallSong(join(music, 'silence.wav'), { bpm: 120, seconds: 12, rootHz: 55, drums: 0, bass: 0 });
  writeFileSync(join(folder, ANALYSES), (await tutti(['analyse', music, '--json'], folder)).stdout);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('tutti duplicates', () => {
  it('answers for the library when no files are named', { timeout: 240_000 }, async () => {
    const environment = { TUTTI_HOME: join(folder, 'home'), DATABASE_URL: '' };
    const scanned = await tutti(['scan', music], folder, environment);
    expect(scanned.code, scanned.stderr).toBe(0);
    const files = (stdout: string) =>
      stdout
        .trimEnd()
        .split('\n')
        .map((line) =>
          duplicatesSchema
            .parse(JSON.parse(line))
            .files.map(({ path }) => basename(path))
            .sort(),
        )
        .sort();
    const ofFiles = await tutti(['duplicates', '--analyses', ANALYSES, '--json'], folder);
    const ofLibrary = await tutti(['duplicates', '--json'], folder, environment);
    expect(ofLibrary).toMatchObject({ code: 0 });
    expect(files(ofLibrary.stdout)).toEqual(files(ofFiles.stdout));
    const similar = await tutti(['similar', 'song-0', '--json', '--count', '1'], folder, environment);
    expect(JSON.parse(similar.stdout).distance, similar.stderr).toBe(0);
  });

  it('tells recordings that are there more than once, and which file to keep', async () => {
    const ended = await tutti(['duplicates', '--analyses', ANALYSES, '--json'], folder);
    expect(ended).toMatchObject({ code: 0 });
    const groups = ended.stdout
      .trimEnd()
      .split('\n')
      .map((line) => duplicatesSchema.parse(JSON.parse(line)));
    const told = groups.map(({ keep, reason, files }) => ({
      keep: basename(keep),
      reason,
      others: files
        .filter(({ relation }) => relation !== 'kept')
        .map(({ path, relation }) => [basename(path), relation]),
    }));
    expect(told).toEqual([
      { keep: 'copy.wav', reason: expect.stringMatching(/all are equal/), others: [['song-0.wav', 'same sound']] },
      {
        keep: 'song-1.wav',
        reason: expect.stringMatching(/complete: 1\.\d s more/),
        others: [['late.wav', 'same recording']],
      },
    ]);
    expect(groups[1]!.files.find(({ path }) => path.endsWith('late.wav'))!.offsetSeconds).toBeCloseTo(1.6, 1);
    expect(ended.stderr).toMatch(/2 of 6 files hold a recording that another one holds/);
  });

  it('tells a person the same, and listens to files where there are no analyses', async () => {
    const ended = await tutti(['duplicates', join(music, 'song-1.wav'), join(music, 'late.wav')], folder);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stdout).toMatch(
      /song-1\.wav {2}\(keep: it is complete[\s\S]*late\.wav {2}\(same recording, \S+, begins 1\.[56] s into it\)/,
    );
  });

  it('says what an analysis lacks', async () => {
    const whole = join(music, 'song-0.wav');
    writeFileSync(
      join(folder, 'part.jsonl'),
      (await tutti(['analyse', whole, '--json', '--only', 'tempo'], folder)).stdout,
    );
    const ended = await tutti(['duplicates', '--analyses', 'part.jsonl'], folder);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/song-0\.wav: its analysis has no fingerprint/);
  });
});
