import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measureWithFfmpeg } from '../../loudness/ffmpeg-loudness.ts';
import { readWave, writeWave } from '../wave-file.ts';
import type { BadCase } from './bad-cases.ts';
import { runTutti } from './run-tutti.ts';

/** What became of a case. */
export interface Outcome {
  readonly name: string;
  readonly code: number | null;
  /** The last line of what was said on stderr, or of a warning. */
  readonly message: string;
  /** What is wrong with it; none when it went as it is to. */
  readonly faults: readonly string[];
}

const LIMIT_SECONDS = 120;
/** ffmpeg's true peak has one decimal. */
const ROUNDING_DB = 0.05;
/** What is asked for in every case without a loudness of its own is -14 LUFS; at 8 kHz the meters' filters are 0.2 LU apart. */
const LOUDEST_LUFS = -13.7;

/**
 * Runs one case in a folder of its own and looks at what is left there.
 * @param files paths that the arguments name in braces
 */
export async function runCase(
  { name, wanted, code = 1, says, args = ['{in}', '-o', '{out}'], out, signal }: BadCase,
  folder: string,
  files: Readonly<Record<string, string>>,
  program: string | undefined,
): Promise<Outcome> {
  const input = join(folder, 'in.wav');
  if (signal) await writeWave(input, signal());
  const known: Record<string, string> = { ...files, in: input, out: join(folder, 'out.wav') };
  const filled = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, key: string) => known[key] ?? key);
  const target = filled(out ?? '{out}');
  const before = await contents(files);
  const order = ['master', ...args.map(filled), '--bits', '32f', '--force', '--no-color'];
  // Only an order that says so replaces a file.
  const ended = await runTutti(
    out === '' && !args.includes('--force') ? order.filter((each) => each !== '--force') : order,
    { program, limitSeconds: LIMIT_SECONDS },
  );
  const faults: string[] = [];
  const said = ended.stderr.trim();
  if (ended.code === null) faults.push(`killed after ${LIMIT_SECONDS} s`);
  if (/NaN|Infinity|undefined|\bat .*\.ts:\d/.test(said + ended.stdout)) faults.push('says NaN or a stack');
  if (/\(internal\)/.test(said)) faults.push('calls it an error of its own');
  if (says && !says.test(said)) faults.push(`does not say ${says}`);
  if (wanted === 'refused') {
    if (ended.code !== code) faults.push(`exit code ${ended.code}, not ${code}`);
    if (said === '') faults.push('says nothing');
    if (await exists(target)) faults.push('left a file');
  } else if (ended.code === 0) faults.push(...(await faultsOfMaster(target, name)));
  else faults.push(`exit code ${ended.code}, not 0`);
  const after = await contents(files);
  for (const path of Object.keys(before)) if (before[path] !== after[path]) faults.push(`${path} is not what it was`);
  const litter = (await readdir(folder)).filter((each) => /tmp|part|\.tutti/.test(each));
  if (litter.length > 0) faults.push(`left ${litter.join(', ')}`);
  return { name, code: ended.code, message: messageOf(said), faults };
}

function messageOf(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => !/^\S.*: (preserve|expand|compress-\w+)$/.test(line));
  return telling.slice(0, 2).join(' / ');
}

async function contents(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const path of Object.values(files)) {
    if (path.endsWith('.wav')) all[path] = (await readFile(path)).toString('latin1');
  }
  return all;
}

async function exists(path: string): Promise<boolean> {
  if (path === '') return false;
  return readFile(path).then(
    () => true,
    () => false,
  );
}

/** What a master must not be, whatever it was made of. */
export async function faultsOfMaster(path: string, name: string): Promise<string[]> {
  if (!(await exists(path))) return ['no file'];
  const faults: string[] = [];
  const { channels } = await readWave(path);
  if ((channels[0]?.length ?? 0) === 0) return ['a file without samples'];
  if (channels.some((samples) => samples.some((value) => !Number.isFinite(value)))) return ['a sample is not finite'];
  const { integratedLufs, truePeakDb } = await measureWithFfmpeg(path);
  const ceilingDb = name === 'as loud as can be asked' ? -24 : -1;
  if (truePeakDb > ceilingDb + ROUNDING_DB) faults.push(`true peak ${truePeakDb} dBTP`);
  if (integratedLufs > LOUDEST_LUFS) faults.push(`${integratedLufs} LUFS`);
  return faults;
}

/** Plans that orders name, made from a plan of the song: one out of range, one that was made louder by hand, and no plans. */
export async function writePlans(
  folder: string,
  song: string,
  program: string | undefined,
): Promise<Record<string, string>> {
  const { stdout } = await runTutti(['master', song, '--plan-only', '--json'], { program });
  const of = (name: string) => join(folder, `${name}.json`);
  const withGain = (gainDb: number) => stdout.replaceAll(/"gain","gainDb":-?[\d.]+/g, `"gain","gainDb":${gainDb}`);
  await writeFile(of('plan'), stdout);
  await writeFile(of('far'), withGain(99));
  await writeFile(of('louder'), withGain(20));
  await writeFile(of('noPlan'), '{"schema":"tutti.mix-plan/1"}');
  await writeFile(join(folder, 'noJson.json'), 'a plan');
  await writeFile(join(folder, 'noJson.json.wav'), 'no sound');
  return Object.fromEntries(['plan', 'far', 'louder', 'noPlan', 'noJson'].map((name) => [name, of(name)]));
}
