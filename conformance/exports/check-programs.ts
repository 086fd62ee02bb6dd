// Gives exports to other programs and compares what they read with what was meant: xmllint (libxml2-utils) reads both
// collections, cuebreakpoints (cuetools) and mpv the cue sheet, mpv both playlists. Debian has all of them.
//   node scripts/run.mjs conformance/exports/check-programs.ts
// A program that is not installed is told and passed over; what one of them reads otherwise makes the exit code 1.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathOf, placeOf, type SetTrack, writeCueSheet, writeM3u8, writeNml, writeRekordbox } from '@tutti/exchange';
import { createAudioWriter } from '@tutti/media';
import { HOSTILE_NAMES, hostileSet } from './hostile-set.ts';

const SAMPLE_RATE = 8000;
/** Over 99 minutes, where a cue sheet needs three digits. */
const MIX_SECONDS = 6600;
const MIX_TRACKS: readonly SetTrack[] = [0, 185.99, 3600.5, 6001.9999, 6500.04].map((seconds, i) => ({
  ...{ seconds, title: `${HOSTILE_NAMES[i]}`, artist: i % 2 ? 'Björk & co' : null },
}));
/** Half of a 75th, and what a program rounds for people. */
const CUE_TOLERANCE = 0.5 / 75 + 0.0001;

/** Tells mpv to print what it would play, or the chapters of a file, and to leave. */
const MPV_SCRIPT = `mp.register_event('file-loaded', function()
  for _, chapter in ipairs(mp.get_property_native('chapter-list')) do print(string.format('%.6f', chapter.time)) end
  print('PATH ' .. mp.get_property('path'))
end)`;

const folder = mkdtempSync(join(tmpdir(), 'tutti-exports-'));
const music = join(folder, 'music & co');

async function writeSilence(path: string, seconds: number): Promise<void> {
  const writer = await createAudioWriter(path, { sampleRate: SAMPLE_RATE, channels: 1, sampleFormat: 'int16' });
  const second = new Float32Array(SAMPLE_RATE);
  for (let i = 0; i < seconds; i++) await writer.write([second], second.length);
  await writer.finish();
}

let failed = false;

/** Runs a program on a file of the folder and says what came of it. */
function ask(what: string, command: string, args: readonly string[], judge: (output: string) => string | null): void {
  const { error, stdout, stderr, status } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (error && 'code' in error && error.code === 'ENOENT') {
    console.log(`${command}: not installed; ${what} not checked`);
    return;
  }
  const complaint = status === 0 ? judge(`${stdout}${stderr}`) : `ends with ${status}: ${stderr.slice(0, 500)}`;
  failed ||= complaint !== null;
  console.log(`${command}: ${what}: ${complaint ?? 'as meant'}`);
}

/** Moments that a program read from the cue sheet, against those meant. */
function judgeTimes(read: readonly number[], meant: readonly number[]): string | null {
  if (read.length !== meant.length) return `${read.length} tracks, not ${meant.length}`;
  const worst = Math.max(...read.map((time, i) => Math.abs(time - meant[i]!)));
  return worst <= CUE_TOLERANCE ? null : `${worst} s off`;
}

const mpv = (file: string) => ['--no-config', '--no-video', '--ao=null', '--length=0.05', '--script=ask.lua', file];

try {
  mkdirSync(music);
  const set = hostileSet(music, '.wav');
  for (const { path } of set.tracks) await writeSilence(path, 1);
  await writeSilence(join(folder, 'mix 音.flac'), MIX_SECONDS);
  const entries = set.tracks.map(({ path, title }) => ({ place: placeOf(path), title, seconds: 1 }));
  const files = {
    'set.xml': writeRekordbox(set, '1'),
    'set.nml': writeNml(set, { startVolume: 'Macintosh HD', uuidOf: () => '0'.repeat(32) }),
    'absolute.m3u8': writeM3u8(entries, 'x', null),
    'relative.m3u8': writeM3u8(entries, 'x', placeOf(folder)),
    'mix.cue': writeCueSheet(MIX_TRACKS, 'a "mix"', 'mix 音.flac'),
    'ask.lua': MPV_SCRIPT,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);

  for (const name of ['set.xml', 'set.nml']) {
    ask(name, 'xmllint', ['--noout', '--nonet', name], (output) => (output === '' ? null : output));
  }
  const starts = MIX_TRACKS.map(({ seconds }) => seconds);
  ask('mix.cue', 'cuebreakpoints', ['-i', 'cue', 'mix.cue'], (output) => {
    const times = [...output.matchAll(/^(\d+):(\d+)\.(\d+)$/gm)];
    const read = times.map(
      ([, minutes, seconds, frames]) => Number(minutes) * 60 + Number(seconds) + Number(frames) / 75,
    );
    return judgeTimes(read, starts.slice(1));
  });
  ask('mix.cue', 'mpv', mpv('mix.cue'), (output) => {
    const read = [...output.matchAll(/^\[ask\] (\d+\.\d+)/gm)].map(([, time]) => Number(time));
    return judgeTimes(read, starts);
  });
  for (const name of ['absolute.m3u8', 'relative.m3u8']) {
    ask(name, 'mpv', mpv(name), (output) => {
      const read = [...output.matchAll(/^\[ask\] PATH (.*?) *$/gm)].map(([, path]) =>
        pathOf(placeOf(join(folder, '/', path!))),
      );
      const meant = set.tracks.map(({ path }) => path);
      const found = read.filter((path) => meant.some((each) => path === each || path === join(folder, each)));
      return found.length === meant.length ? null : `${found.length} of ${meant.length} files are found`;
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
