// Masters by several programs at equal integrated loudness, judged by measures that share no code with what made them:
//   node scripts/run.mjs conformance/mastering/compare-programs.ts [--corpus DIR] [--songs 12] [--demo-songs 3]
//     [--seconds 20] [--lufs=-9,-14] [--ceiling=-1] [--only tones,peaks,songs] [--out TABLES.md] [--json FILE]
//     [--with 'name=command {in} {out} {lufs} {ceiling}']...
// ffmpeg decodes, measures the loudness, and is judged as well: loudnorm and alimiter. Each --with adds a program; the
// last one given, else Tutti's limiter, is compared with all others song by song.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findFfmpeg } from '@tutti/media';
import type { PeakResult, SongResult, ToneResult } from './bench/figures.ts';
import { type Bench, runPeak, runSong, runTone } from './bench/run-programs.ts';
import { corpusSongs, ownSongs } from './bench/songs.ts';
import { pairings, pairingTable, peakTable, songTable, toneTable } from './bench/tables.ts';
import { parseCommandProgram } from './programs/command-program.ts';
import { FFMPEG_PROGRAMS } from './programs/ffmpeg-programs.ts';
import { tuttiLimiter } from './programs/tutti-limiter.ts';
import { adversarialSignals } from './signals/adversarial.ts';
import { TONES } from './signals/tones.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    songs: { type: 'string', default: '12' },
    'demo-songs': { type: 'string', default: '3' },
    seconds: { type: 'string', default: '20' },
    lufs: { type: 'string', default: '-9,-14' },
    ceiling: { type: 'string', default: '-1' },
    only: { type: 'string', default: 'tones,peaks,songs' },
    with: { type: 'string', multiple: true, default: [] },
    out: { type: 'string' },
    json: { type: 'string' },
  },
});
if ((await findFfmpeg()) === undefined) {
  console.log('not run: no ffmpeg on PATH, which decodes, measures and is compared with');
  process.exit(0);
}

const DRIVES_DB = [3, 6];
const commands = values.with.map(parseCommandProgram);
const programs = [...commands.toReversed(), tuttiLimiter, ...FFMPEG_PROGRAMS];
const [own] = programs.map(({ name }) => name);
const parts = values.only.split(',');
const targets = values.lufs.split(',').map(Number);
const ceilingDb = Number(values.ceiling);
const seconds = Number(values.seconds);
const folder = await mkdtemp(join(tmpdir(), 'tutti-mastering-'));
const progress = (line: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\x1b[2K\r${line}`);
};
const bench: Bench = { folder, programs, failures: [], progress };
const tones: ToneResult[] = [];
const peaks: PeakResult[] = [];
const songs: SongResult[] = [];
try {
  if (parts.includes('tones')) {
    for (const driveDb of DRIVES_DB) for (const tone of TONES) tones.push(...(await runTone(bench, tone, driveDb)));
  }
  if (parts.includes('peaks')) {
    for (const signal of adversarialSignals()) peaks.push(...(await runPeak(bench, signal, ceilingDb)));
  }
  if (parts.includes('songs')) {
    const judge = async (song: Parameters<typeof runSong>[1]) => {
      for (const lufs of targets) songs.push(...(await runSong(bench, song, lufs, ceilingDb)));
    };
    for (const song of ownSongs(Number(values['demo-songs']), seconds)) await judge(song);
    if (values.corpus !== undefined) {
      for await (const song of corpusSongs(values.corpus, Number(values.songs), seconds, folder)) await judge(song);
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
progress('');

const sections: string[] = [programs.map(({ name, about }) => `- ${name}: ${about}`).join('\n')];
if (tones.length > 0) sections.push(`## Distortion of test tones\n\n${toneTable(tones)}`);
if (peaks.length > 0)
  sections.push(`## True peak of adversarial signals, ceiling ${ceilingDb} dBTP\n\n${peakTable(peaks)}`);
for (const lufs of songs.length > 0 ? targets : []) {
  const ofTarget = songs.filter(({ targetLufs }) => targetLufs === lufs);
  sections.push(
    `## Songs at ${lufs} LUFS, ceiling ${ceilingDb} dBTP; of every figure less is better\n\n${songTable(ofTarget)}`,
  );
  sections.push(pairingTable(ofTarget, own!));
}
for (const { program, what, message } of bench.failures) sections.push(`FAILED: ${program} on ${what}: ${message}`);
if (values.corpus === undefined) sections.push('Songs of a corpus: none (no --corpus).');
const text = sections.join('\n\n');
console.log(text);
if (values.out !== undefined) await writeFile(values.out, `${text}\n`);
if (values.json !== undefined) {
  const report = { ceilingDb, tones, peaks, songs, pairings: pairings(songs, own!), failures: bench.failures };
  await writeFile(values.json, `${JSON.stringify(report)}\n`);
}
