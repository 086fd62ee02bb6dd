import { spawn } from 'node:child_process';
import { findProgram } from '@tutti/media';
import { WorkflowError } from '../failure.ts';

/** A program that plays a WAV file and ends. */
export interface SoundPlayer {
  readonly name: string;
  readonly program: string;
  /** Before the file. */
  readonly args: readonly string[];
}

/** Programs that play a file without a window, and how they are told to. The system's own come first. */
const PLAYERS: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'afplay', args: [] },
  { name: 'mpv', args: ['--no-video', '--really-quiet', '--'] },
  { name: 'ffplay', args: ['-nodisp', '-autoexit', '-loglevel', 'error', '-i'] },
  { name: 'pw-play', args: [] },
  { name: 'paplay', args: [] },
  { name: 'aplay', args: ['-q', '--'] },
  { name: 'play', args: ['-q'] },
  { name: 'cvlc', args: ['--play-and-exit', '--quiet'] },
];

/** For those who look for one. */
export const PLAYER_NAMES: readonly string[] = PLAYERS.map(({ name }) => name);

/** What a failed player said, at most. */
const MOST_WORDS = 200;

/** TUTTI_PLAYER (a program and its arguments, with spaces between), or the first player on PATH; null where there is none. */
export async function findPlayer(environment: NodeJS.ProcessEnv = process.env): Promise<SoundPlayer | null> {
  const [own, ...args] = (environment['TUTTI_PLAYER'] ?? '').split(' ').filter(Boolean);
  if (own !== undefined) return { name: own, program: own, args };
  for (const { name, args: usual } of PLAYERS) {
    const program = await findProgram(name, environment['PATH']);
    if (program !== undefined) return { name, program, args: usual };
  }
  return null;
}

/**
 * Plays a file to its end, or until `signal` is aborted, which is no failure.
 * @throws WorkflowError 'unsupported' with what the player said when it fails
 */
export function playSound({ name, program, args }: SoundPlayer, path: string, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(program, [...args, path], { stdio: ['ignore', 'ignore', 'pipe'], signal });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-MOST_WORDS);
    });
    child.on('error', (error) => {
      if (!signal.aborted) fail(new WorkflowError('unsupported', `${name} cannot be run: ${error.message}`, error));
    });
    child.on('close', (code, killed) => {
      if (signal.aborted || code === 0) done();
      else {
        const how = code === null ? `was ended by ${killed}` : `failed with exit code ${code}`;
        const words = said.trim().split('\n').at(-1);
        fail(new WorkflowError('unsupported', `${name} ${how}${words ? `: ${words}` : ''}`));
      }
    });
  });
}
