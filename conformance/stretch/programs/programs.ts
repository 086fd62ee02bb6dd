import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A program that stretches a WAV file. */
export interface StretchProgram {
  readonly name: string;
  readonly about: string;
  /** @param ratio duration of the output over that of the input */
  command(input: string, output: string, ratio: number): readonly string[];
}

const SCRIPT = fileURLToPath(new URL('../stretch-file.ts', import.meta.url));

export const TUTTI: StretchProgram = {
  name: 'Tutti',
  about: 'TimeStretcher, by stretch-file.ts',
  command: (input, output, ratio) => [
    process.execPath,
    '--conditions=@tutti/source',
    SCRIPT,
    input,
    output,
    `${ratio}`,
  ],
};

const PEERS: readonly StretchProgram[] = [
  {
    name: 'SoundTouch',
    about: 'soundstretch -tempo',
    command: (input, output, ratio) => ['soundstretch', input, output, `-tempo=${(100 / ratio - 100).toFixed(6)}`],
  },
  {
    name: 'Rubber Band R2',
    about: 'rubberband --fast',
    command: (input, output, ratio) => ['rubberband', '-q', '--fast', '-t', `${ratio}`, input, output],
  },
  {
    name: 'Rubber Band R3',
    about: 'rubberband --fine',
    command: (input, output, ratio) => ['rubberband', '-q', '--fine', '-t', `${ratio}`, input, output],
  },
];

function isInstalled(name: string): boolean {
  return !spawnSync(name, ['--help'], { stdio: 'ignore' }).error;
}

/** The peers that are on PATH, and the names of the programs that are not. */
export function findPeers(): { readonly present: readonly StretchProgram[]; readonly absent: readonly string[] } {
  const there = (program: StretchProgram) => isInstalled(program.command('', '', 1)[0]!);
  return {
    present: PEERS.filter(there),
    absent: PEERS.filter((program) => !there(program)).map(({ name, about }) => `${name} (${about})`),
  };
}

/** @throws Error with what it said when it fails */
export async function runProgram(program: StretchProgram, input: string, output: string, ratio: number): Promise<void> {
  const [name, ...args] = program.command(input, output, ratio);
  await promisify(execFile)(name!, args, { maxBuffer: 2 ** 26 });
}
