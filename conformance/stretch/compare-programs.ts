// Stretches by several programs, judged by measures that share no code with what made them:
//   node scripts/run.mjs conformance/stretch/compare-programs.ts [--ratios 0.85,0.9,…] [--only made,composed,recorded,speed]
//     [--composed 3] [--corpus DIR] [--songs 8] [--seconds 12] [--rounds 3] [--programs own|all] [--details FIGURE,…]
//     [--out TABLES.md] [--json FILE]
// Rubber Band and SoundTouch (Debian: rubberband-cli, soundstretch) are run where they are installed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { markdown } from '../mastering/bench/tables.ts';
import { type Signal, signalFrames } from '../mastering/signal.ts';
import { FIGURE_NAMES, type Figures, type Material, type Result } from './bench/figures.ts';
import { judgeMade, judgeMusic } from './bench/judge.ts';
import { compareSpeed, type Speed, type TimedFile } from './bench/speed.ts';
import { comparisonTables, detailTable } from './bench/tables.ts';
import { findPeers, runProgram, TUTTI } from './programs/programs.ts';
import { hitSignals } from './signals/hits.ts';
import { composedSongs, corpusSongs } from './signals/songs.ts';
import { readSound, writeSound } from './signals/sound-file.ts';
import { toneSignals } from './signals/tones.ts';

const { values } = parseArgs({
  options: {
    ratios: { type: 'string', default: '0.85,0.9,0.95,0.98,1.02,1.05,1.1,1.15' },
    only: { type: 'string', default: 'made,composed,recorded,speed' },
    composed: { type: 'string', default: '3' },
    corpus: { type: 'string' },
    songs: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '12' },
    rounds: { type: 'string', default: '3' },
    programs: { type: 'string', default: 'all' },
    details: { type: 'string', default: '' },
    out: { type: 'string' },
    json: { type: 'string' },
  },
});
const ratios = values.ratios.split(',').map(Number);
const parts = values.only.split(',');
const { present, absent } = findPeers();
const programs = [TUTTI, ...(values.programs === 'own' ? [] : present)];
const folder = await mkdtemp(join(tmpdir(), 'tutti-stretch-'));
const results: Result[] = [];
const failures: string[] = [];
const progress = (line: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\x1b[2K\r${line}`);
};
/** How long the song is that speed is measured on: a start counts little. */
const SPEED_SECONDS = 240;
const SPEED_RATIO = 1.06;

/** Every program on one sound at every ratio. */
async function run(
  material: Material,
  sound: string,
  original: Signal,
  judge: (output: Signal, ratio: number) => Figures,
): Promise<void> {
  const input = join(folder, 'input.wav');
  await writeSound(input, original);
  for (const ratio of ratios) {
    for (const program of programs) {
      progress(`${sound} at ${ratio}: ${program.name}`);
      const output = join(folder, 'output.wav');
      try {
        await runProgram(program, input, output, ratio);
        const made = await readSound(output, Math.round(signalFrames(original) * ratio));
        results.push({ material, sound, program: program.name, ratio, figures: judge(made, ratio) });
      } catch (error) {
        failures.push(`${program.name} on ${sound} at ${ratio}: ${error instanceof Error ? error.message : error}`);
      } finally {
        await rm(output, { force: true });
      }
    }
  }
}

/** The ideal at a ratio, made once for all programs that follow each other. */
function onceEach(make: (ratio: number) => Signal): (ratio: number) => Signal {
  let last: { readonly ratio: number; readonly signal: Signal } | undefined;
  return (ratio) => {
    if (last?.ratio !== ratio) last = { ratio, signal: make(ratio) };
    return last.signal;
  };
}

let speeds: Speed[] = [];
try {
  if (parts.includes('made')) {
    for (const signal of [...hitSignals(), ...toneSignals()]) {
      const ideal = onceEach(signal.make);
      await run('made', signal.name, signal.make(1), (output, ratio) => judgeMade(signal, ideal(ratio), output, ratio));
    }
  }
  if (parts.includes('composed')) {
    for (const song of composedSongs(Number(values.composed))) {
      const ideal = onceEach((ratio) => song.make(ratio));
      await run('composed', song.name, song.make(1), (output, ratio) => judgeMusic(ideal(ratio), output, 1));
    }
  }
  if (parts.includes('recorded') && values.corpus !== undefined) {
    for await (const { name, signal } of corpusSongs(values.corpus, Number(values.songs), Number(values.seconds))) {
      await run('recorded', name, signal, (output, ratio) => judgeMusic(signal, output, ratio));
    }
  }
  if (parts.includes('speed')) {
    progress('speed');
    const song = composedSongs(1)[0]!.make(1);
    const files: TimedFile[] = [];
    for (const seconds of [1, SPEED_SECONDS]) {
      const frames = seconds * song.sampleRate;
      const channels = song.channels.map((samples) =>
        Float64Array.from({ length: frames }, (_, i) => samples[i % samples.length]!),
      );
      const path = join(folder, `speed-${seconds}.wav`);
      await writeSound(path, { sampleRate: song.sampleRate, channels });
      files.push({ path, seconds });
    }
    const [short, long] = files as [TimedFile, TimedFile];
    const output = join(folder, 'speed-output.wav');
    speeds = compareSpeed(programs, short, long, output, SPEED_RATIO, Number(values.rounds));
  }
} finally {
  await rm(folder, { recursive: true });
}
progress('');

const sections = [programs.map(({ name, about }) => `- ${name}: ${about}`).join('\n'), ...comparisonTables(results)];
for (const figure of FIGURE_NAMES.filter((name) => values.details.split(',').includes(name))) {
  for (const material of ['made', 'composed', 'recorded']) {
    const of = results.filter((result) => result.material === material && result.figures[figure] !== undefined);
    if (of.length > 0) sections.push(detailTable(of, figure, 'ratio'), detailTable(of, figure, 'sound'));
  }
}
if (speeds.length > 0) {
  const rows = speeds.map(({ program, realTimeFactor, timesFirst }) => [
    program,
    realTimeFactor.toFixed(0),
    timesFirst.toFixed(2),
  ]);
  sections.push(
    `## Speed, WAV to WAV without the start, at ratio ${SPEED_RATIO}, ${SPEED_SECONDS} s of stereo\n\n${markdown(['program', 'times real time', `processor time over ${TUTTI.name}'s`], rows)}`,
  );
}
if (values.programs !== 'own')
  for (const name of absent) sections.push(`Not compared with ${name}: it is not installed.`);
if (parts.includes('recorded') && values.corpus === undefined) sections.push('Recordings: none (no --corpus).');
for (const failure of failures) sections.push(`FAILED: ${failure}`);
const text = sections.join('\n\n');
console.log(text);
if (values.out !== undefined) await writeFile(values.out, `${text}\n`);
if (values.json !== undefined) {
  await writeFile(values.json, `${JSON.stringify({ ratios, results, speeds, absent, failures })}\n`);
}
