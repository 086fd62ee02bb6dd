import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSmallSong } from '@tutti/media/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTutti } from '../testing/run-tutti.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-edit-'));
const music = join(folder, 'music');
const inFolder = (name: string) => join(folder, name);
const PATIENCE = { timeout: 180_000 };

interface SavedPlan {
  readonly tracks: readonly { readonly title: string; readonly gainDb: number }[];
  readonly transitions: readonly { readonly technique: string; readonly bars: number | null }[];
}
const saved = (name: string) => JSON.parse(readFileSync(inFolder(name), 'utf8')) as SavedPlan;
const titles = (name: string) => saved(name).tracks.map(({ title }) => title);

beforeAll(() => {
  mkdirSync(music);
  writeSmallSong(join(music, 'one.wav'), { bpm: 120, seconds: 60, rootHz: 55 });
  writeSmallSong(join(music, 'two.wav'), { bpm: 122, seconds: 60, rootHz: 55 });
  writeSmallSong(join(music, 'three.wav'), { bpm: 124, seconds: 60, rootHz: 61.7 });
  writeSmallSong(inFolder('four.wav'), { bpm: 121, seconds: 60, rootHz: 55 });
  // A player that keeps what it was given, and one that fails.
  writeFileSync(inFolder('player'), '#!/bin/sh\ncp "$2" "$1"\n');
  writeFileSync(inFolder('long-player'), '#!/bin/sh\necho playing > "$1"\nexec sleep 100\n');
  writeFileSync(inFolder('broken-player'), '#!/bin/sh\necho no device >&2\nexit 7\n');
  for (const name of ['player', 'long-player', 'broken-player']) chmodSync(inFolder(name), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A session through a pipe: all lines at once, then the end. */
async function piped(args: readonly string[], lines: readonly string[], player = '') {
  const { child, ended } = startTutti(['mix', ...args, '--interactive', '--keep-order'], folder, {
    TUTTI_PLAYER: player,
  });
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  return ended;
}

describe('tutti mix --interactive through a pipe', () => {
  it('obeys line by line, refuses what cannot be, and ends when it is told to', PATIENCE, async () => {
    const ended = await piped(
      [music],
      [
        '# a comment',
        'move 1 3',
        'technique 2 fade',
        'add four.wav 2',
        'technique 1 cut',
        'add four.wav 4',
        'undo',
        'why 1',
        'listen 1 1',
        'length 2 64',
        'length 2 zero',
        'technique 9 cut',
        'technique 1 scratch',
        'replace 1',
        'remove 9',
        'conjure',
        'add gone.wav',
        'load gone.json',
        'save edited.json',
        'remove 4',
        'undo',
        'render mix.wav',
        'quit',
      ],
      `${inFolder('player')} ${inFolder('played.wav')}`,
    );
    expect(ended.code).toBe(1);
    for (const refusal of [
      /what was asked of transition 3 went with it: its two tracks are not neighbours now/,
      /transition 2 is \{"bars":64\}, and .* cannot be joined like that; possible: /,
      /zero is no whole number of bars/,
      /there is no transition 9; there are 1 to 3/,
      /scratch is none of blend, bass-swap, /,
      /there is no other file to take its place/,
      /there is no track 9; there are 1 to 4/,
      /there is no command conjure/,
      /gone\.wav is none of the files/,
      /gone\.json: there is no such mix plan/,
    ])
      expect(ended.stderr).toMatch(refusal);
    // Files come in the order of their names: one, three, two.
    expect(titles('edited.json')).toEqual(['three', 'four', 'two', 'one']);
    expect(saved('edited.json').transitions).toHaveLength(3);
    expect(ended.stdout).toMatch(/asked for: cut/);
    // One second before and after a cut, as a WAV file.
    expect(readFileSync(inFolder('played.wav')).length).toBeGreaterThan(2 * 44_100 * 4);
    expect(readFileSync(inFolder('mix.wav')).length).toBeGreaterThan(1e7);
    expect(existsSync(inFolder('mix.svg'))).toBe(true);
  });

  it(
    'keeps what a plan was edited to, by commands and by hand, and ends cleanly when the lines do',
    PATIENCE,
    async () => {
      const plan = saved('edited.json');
      writeFileSync(
        inFolder('by-hand.json'),
        JSON.stringify({ ...plan, tracks: plan.tracks.with(1, { ...plan.tracks[1]!, gainDb: 1.25 }) }),
      );
      const ended = await piped(
        ['--plan', 'by-hand.json'],
        ['save same.json', 'save same.json', 'save mix.wav', 'technique 2 cut', 'save changed.json', 'remove 1'],
        inFolder('broken-player'),
      );
      expect(ended.stderr).toMatch(/written by hand, and gone once the mix is edited: tracks\[1\]\.gainDb/);
      expect(ended.stderr).toMatch(/what was written by hand is gone \(undo brings it back\): tracks\[1\]\.gainDb/);
      expect(ended.stderr).toMatch(/mix\.wav is there already; save "mix\.wav" force replaces it/);
      expect(ended.stderr).toMatch(/the edits that were not saved are gone/);
      expect(ended.code).toBe(1);
      expect(saved('same.json').tracks[1]!.gainDb).toBe(1.25);
      expect(saved('changed.json').tracks[1]!.gainDb).toBe(plan.tracks[1]!.gainDb);
      expect(saved('changed.json').transitions[0]!.technique).toBe('cut');
      expect(saved('changed.json').transitions[2]!.technique).toBe('fade');
      expect(saved('changed.json').transitions[1]!.technique).toBe('cut');
    },
  );

  it(
    'says what a player said that failed and where the sound is, and leaves nothing of it behind',
    PATIENCE,
    async () => {
      const before = readdirSync(tmpdir()).filter((name) => name.startsWith('tutti-listen-'));
      const ended = await piped([music], ['listen 1', 'listen 2 999'], inFolder('broken-player'));
      expect(ended.stderr).toMatch(
        /broken-player failed with exit code 7: no device; until you quit the sound is in .*transition-1\.wav/,
      );
      expect(ended.stderr).toMatch(/999 is no number of seconds from 0 to 600/);
      const after = readdirSync(tmpdir()).filter((name) => name.startsWith('tutti-listen-'));
      expect(after.filter((name) => !before.includes(name))).toEqual([]);
    },
  );

  it.each([
    [['music', '--interactive', '--json'], /neither --plan-only nor --json/],
    [['music', '--interactive', '--plan-only'], /neither --plan-only nor --json/],
  ])('%j is wrong use', async (args, reason) => {
    const { child, ended } = startTutti(['mix', ...args], folder);
    child.stdin.end();
    expect(await ended).toMatchObject({ code: 2, stderr: expect.stringMatching(reason) });
  });
});

/** util-linux's `script` gives a program a pseudo-terminal; it is on every Debian. */
const hasScript = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '');
if (!hasScript) process.stderr.write('not run: a session in a pseudo-terminal, for want of `script` of util-linux\n');

describe.skipIf(!hasScript)('tutti mix --interactive on a terminal', () => {
  it('prompts, completes, is interrupted, stops a player, asks before it throws edits away', PATIENCE, async () => {
    const main = join(import.meta.dirname, '../main.ts');
    const command = [
      process.execPath,
      '--conditions=@tutti/source',
      main,
      'mix',
      music,
      '--interactive',
      '--keep-order',
    ];
    const child = spawn('script', ['-qefc', command.map((word) => `'${word}'`).join(' '), '/dev/null'], {
      cwd: folder,
      env: {
        ...process.env,
        TERM: 'xterm',
        NO_COLOR: '1',
        TUTTI_PLAYER: `${inFolder('long-player')} ${inFolder('started')}`,
      },
    });
    let shown = '';
    let unread = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      unread += text;
    });
    const code = new Promise<number | null>((done) => child.on('close', done));
    /** Waits for a text that has not been waited for before. */
    const sees = async (pattern: RegExp) => {
      const started = Date.now();
      while (!pattern.test(unread)) {
        if (Date.now() - started > 60_000) throw new Error(`${pattern} did not come; this did:\n${shown}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      unread = unread.slice(pattern.exec(unread)!.index + pattern.exec(unread)![0].length);
    };
    const types = (text: string) => child.stdin.write(text);

    await sees(/mix> /);
    types('tec');
    await sees(/tec/);
    types('\t');
    await sees(/hnique/);
    types(' 1 cut\r');
    await sees(/asked for: cut/);
    await sees(/mix\*> /);
    types('nonsense\u0003');
    await sees(/mix\*> /);
    types('undo\r');
    await sees(/mix> /);
    types('redo\r');
    await sees(/mix\*> /);
    types('listen 1\r');
    await sees(/Enter stops/);
    while (!existsSync(inFolder('started'))) await new Promise((resolve) => setTimeout(resolve, 20));
    types('\r');
    await sees(/mix\*> /);
    types('quit\r');
    await sees(/quit all the same\? \(yes or no\) /);
    types('no\r');
    await sees(/mix\*> /);
    types('\u0004');
    await sees(/quit all the same\? \(yes or no\) /);
    types('n\r');
    await sees(/mix\*> /);
    types('save terminal.json\r');
    await sees(/saved terminal\.json/);
    await sees(/mix> /);
    types('\u0004');
    expect(await code, shown).toBe(0);
    expect(saved('terminal.json').transitions[0]!.technique).toBe('cut');
  });
});
