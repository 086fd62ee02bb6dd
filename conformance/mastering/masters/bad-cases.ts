// Input that a mastering program must not fall over, by formula.
import { join } from 'node:path';
import type { Signal } from '../signal.ts';
import { gaussianNoise } from '../signals/noise.ts';
import { writeWave } from '../wave-file.ts';

/** What is to come of a case. */
export type Wanted = 'mastered' | 'refused';

export interface BadCase {
  readonly name: string;
  readonly wanted: Wanted;
  /** Exit code; 1 of a refusal unless told, as of a file that cannot be used. */
  readonly code?: number;
  /** What the message of a refusal, or a warning, must say. */
  readonly says?: RegExp;
  /** Arguments behind `tutti master`, with `{in}` and `{out}`; `{in} -o {out}` unless told. */
  readonly args?: readonly string[];
  /** Where the master is to go; a file of its own unless told. */
  readonly out?: string;
  readonly signal?: () => Signal;
}

const RATE = 44_100;

/** Strokes over a chord, with some noise: enough of a song for every meter. */
function music(seconds: number, sampleRate = RATE, channels = 2): Signal {
  const frames = Math.max(1, Math.round(seconds * sampleRate));
  const noise = gaussianNoise(frames, 3);
  const sound = (i: number, channel: number) => {
    const time = i / sampleRate;
    const since = time % 0.5;
    const stroke = 0.5 * Math.exp(-since / 0.08) * Math.sin(2 * Math.PI * 60 * since);
    const chord = [220, 277.2, 329.6].reduce(
      (sum, f) => sum + 0.06 * Math.sin(2 * Math.PI * f * (1 + 0.001 * channel) * time),
      0,
    );
    return stroke + chord + 0.01 * noise[i]!;
  };
  return {
    sampleRate,
    channels: Array.from({ length: channels }, (_, channel) =>
      Float64Array.from({ length: frames }, (_, i) => sound(i, channel)),
    ),
  };
}

function changed({ sampleRate, channels }: Signal, change: (value: number, i: number) => number): Signal {
  return { sampleRate, channels: channels.map((samples) => samples.map(change)) };
}

const constant = (value: number, seconds = 10) => changed(music(seconds), () => value);
const clip = (value: number) => Math.min(1, Math.max(-1, value));

export const MADE_SOUNDS: readonly BadCase[] = [
  {
    name: 'clipped',
    wanted: 'mastered',
    says: /cut off at full scale/,
    signal: () => changed(music(10), (v) => clip(8 * v)),
  },
  { name: 'silent', wanted: 'mastered', says: /silent|-70 LUFS/, signal: () => constant(0) },
  { name: 'DC alone', wanted: 'mastered', says: /silent but for a constant offset/, signal: () => constant(0.5) },
  { name: 'a little DC alone', wanted: 'mastered', says: /silent but for/, signal: () => constant(0.001) },
  {
    name: 'DC under faint music',
    wanted: 'mastered',
    says: /raised by 40 dB/,
    signal: () => changed(music(10), (v) => 0.5 + 0.01 * v),
  },
  {
    name: 'an offset that steps',
    wanted: 'mastered',
    says: /offset that steps/,
    signal: () => changed(music(10), (v, i) => (i < 5 * RATE ? 0.3 : -0.3) + 0.05 * v),
  },
  { name: 'music on DC', wanted: 'mastered', signal: () => changed(music(10), (v) => 0.4 + 0.5 * v) },
  { name: 'one sample', wanted: 'mastered', says: /only one frame/, signal: () => music(1 / RATE) },
  { name: 'one loud sample', wanted: 'mastered', signal: () => changed(music(1 / RATE), () => 1) },
  { name: 'a hundredth of a second', wanted: 'mastered', signal: () => music(0.01) },
  { name: 'half a second', wanted: 'mastered', signal: () => music(0.5) },
  {
    name: 'one click in silence',
    wanted: 'mastered',
    signal: () => changed(music(10), (_, i) => (i === 200_000 ? 1 : 0)),
  },
  { name: 'mono', wanted: 'mastered', signal: () => music(10, RATE, 1) },
  {
    name: 'left alone',
    wanted: 'mastered',
    signal: () => {
      const { sampleRate, channels } = music(10);
      return { sampleRate, channels: [channels[0]!, new Float64Array(channels[1]!.length)] };
    },
  },
  {
    name: 'out of phase',
    wanted: 'mastered',
    says: /correlation of -1.00/,
    signal: () => {
      const { sampleRate, channels } = music(10);
      return { sampleRate, channels: [channels[0]!, channels[0]!.map((v) => -v)] };
    },
  },
  { name: 'six channels', wanted: 'refused', says: /6 channels.*stereo/, signal: () => music(3, RATE, 6) },
  { name: '8 kHz', wanted: 'mastered', signal: () => music(10, 8000) },
  { name: '192 kHz', wanted: 'mastered', signal: () => music(10, 192_000) },
  { name: '4 kHz', wanted: 'refused', says: /4000/, signal: () => music(10, 4000) },
  { name: '384 kHz', wanted: 'refused', says: /384000/, signal: () => music(2, 384_000) },
  { name: 'at -60 dB', wanted: 'mastered', signal: () => changed(music(10), (v) => 0.001 * v) },
  { name: 'at -120 dB', wanted: 'mastered', signal: () => changed(music(10), (v) => 1e-6 * v) },
  { name: 'denormal', wanted: 'mastered', signal: () => changed(music(10), (v) => 1e-40 * v) },
  { name: 'at -4 LUFS', wanted: 'mastered', signal: () => changed(music(10), (v) => 0.9 * Math.tanh(30 * v)) },
  {
    name: 'a square at full scale',
    wanted: 'mastered',
    signal: () => changed(music(10), (_, i) => (i % 100 < 50 ? 1 : -1)),
  },
  { name: 'peaks of +40 dB', wanted: 'mastered', signal: () => changed(music(10), (v) => 100 * v) },
  { name: 'values of 1e30', wanted: 'refused', signal: () => changed(music(10), (v) => 1e30 * v) },
  {
    name: 'not a number',
    wanted: 'mastered',
    signal: () => changed(music(10), (v, i) => (i % 1000 === 0 ? Number.NaN : v)),
  },
  {
    name: 'infinite',
    wanted: 'mastered',
    signal: () => changed(music(10), (v, i) => (i === 5000 ? Number.POSITIVE_INFINITY : v)),
  },
  {
    name: 'loud music, then silence',
    wanted: 'mastered',
    signal: () => changed(music(60), (v, i) => (i < 5 * RATE ? v : 0)),
  },
  {
    name: 'faint music, then a shot',
    wanted: 'mastered',
    signal: () => changed(music(60), (v, i) => (i > 2_000_000 && i < 2_002_000 ? clip(20 * v) : 0.0005 * v)),
  },
];

/** Cases that take more than a sound: `{song}` and others are files that `writeCommonFiles` makes. */
export const MADE_ORDERS: readonly BadCase[] = [
  {
    name: 'plan for another file',
    wanted: 'refused',
    says: /is not the file that the plan was made for/,
    args: ['--plan', '{plan}', '{other}', '-o', '{out}'],
  },
  {
    name: 'plan for a file of another length',
    wanted: 'refused',
    args: ['--plan', '{plan}', '{short}', '-o', '{out}'],
  },
  {
    name: 'plan out of range',
    wanted: 'refused',
    says: /gainDb is 99.*between -60 and 40/,
    args: ['--plan', '{far}', '{song}', '-o', '{out}'],
  },
  {
    name: 'plan that promises what it does not keep',
    wanted: 'refused',
    says: /promise/,
    args: ['--plan', '{louder}', '{song}', '-o', '{out}'],
  },
  {
    name: 'plan that is no plan',
    wanted: 'refused',
    says: /schema|plan/,
    args: ['--plan', '{noPlan}', '{song}', '-o', '{out}'],
  },
  {
    name: 'plan that is no JSON',
    wanted: 'refused',
    says: /JSON/,
    args: ['--plan', '{noJson}', '{song}', '-o', '{out}'],
  },
  { name: 'no plan', wanted: 'refused', args: ['--plan', '{folder}/none.json', '{song}', '-o', '{out}'] },
  { name: 'unwritable target', wanted: 'refused', args: ['{song}', '-o', '/proc/master.wav'], out: '/proc/master.wav' },
  {
    name: 'no such folder',
    wanted: 'refused',
    args: ['{song}', '-o', '{folder}/none/master.wav'],
    out: '{folder}/none/master.wav',
  },
  {
    name: 'unknown ending',
    wanted: 'refused',
    code: 2,
    says: /xyz/,
    args: ['{song}', '-o', '{folder}/master.xyz'],
    out: '{folder}/master.xyz',
  },
  { name: 'a file that is there', wanted: 'refused', says: /force|there/, args: ['{song}', '-o', '{other}'], out: '' },
  { name: 'the source itself as the target', wanted: 'refused', args: ['{song}', '-o', '{song}', '--force'], out: '' },
  {
    name: 'reference of 1 s',
    wanted: 'refused',
    says: /lasts 1.00 s/,
    args: ['{song}', '--reference', '{short}', '-o', '{out}'],
  },
  {
    name: 'silent reference',
    wanted: 'refused',
    says: /silent/,
    args: ['{song}', '--reference', '{silent}', '-o', '{out}'],
  },
  { name: 'no reference', wanted: 'refused', args: ['{song}', '--reference', '{folder}/none.wav', '-o', '{out}'] },
  { name: 'reference that is no sound', wanted: 'refused', args: ['{song}', '--reference', '{noJson}', '-o', '{out}'] },
  {
    name: 'reference of six channels',
    wanted: 'refused',
    says: /the reference \S+: .*6 channels/,
    args: ['{song}', '--reference', '{six}', '-o', '{out}'],
  },
  { name: 'preset that is no preset', wanted: 'refused', args: ['{song}', '--preset', '{noJson}', '-o', '{out}'] },
  {
    name: 'loudness out of range',
    wanted: 'refused',
    code: 2,
    says: /-60/,
    args: ['{song}', '--loudness', '0', '-o', '{out}'],
  },
  {
    name: 'ceiling over full scale',
    wanted: 'refused',
    code: 2,
    says: /-24/,
    args: ['{song}', '--ceiling', '3', '-o', '{out}'],
  },
  {
    name: 'sample rate out of range',
    wanted: 'refused',
    code: 2,
    says: /8000/,
    args: ['{song}', '--sample-rate', '1', '-o', '{out}'],
  },
  { name: 'no target named', wanted: 'refused', code: 2, args: ['{song}'], out: '' },
  {
    name: 'as loud as can be asked',
    wanted: 'mastered',
    args: ['{song}', '--loudness=-4', '--ceiling=-24', '-o', '{out}'],
  },
  { name: 'at 8 kHz', wanted: 'mastered', args: ['{song}', '--sample-rate', '8000', '-o', '{out}'] },
  { name: 'at 192 kHz', wanted: 'mastered', args: ['{song}', '--sample-rate', '192000', '-o', '{out}'] },
  {
    name: 'album with a broken song',
    wanted: 'refused',
    says: /album/,
    args: ['{song}', '{noJson}.wav', '--album', '-o', '{folder}/album/'],
    out: '{folder}/album/song.wav',
  },
  { name: 'album with a silent song', wanted: 'mastered', args: ['{silent}', '--album', '-o', '{out}'] },
  { name: 'preview of silence', wanted: 'mastered', args: ['{silent}', '--preview', '-o', '{out}'] },
];

/** Files that orders name. */
export async function writeCommonFiles(folder: string): Promise<Record<string, string>> {
  const of = (name: string) => join(folder, `${name}.wav`);
  await writeWave(of('song'), music(10));
  await writeWave(
    of('other'),
    changed(music(10), (v) => 0.9 * v),
  );
  await writeWave(of('short'), music(1));
  await writeWave(of('silent'), constant(0));
  await writeWave(of('six'), music(5, RATE, 6));
  return { song: of('song'), other: of('other'), short: of('short'), silent: of('silent'), six: of('six'), folder };
}
