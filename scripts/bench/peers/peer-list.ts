import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { programOnPath } from './child-usage.ts';

/** The song in the forms that the programs take. */
export interface SongFiles {
  /** As it came: MP3, or what was given. */
  readonly file: string;
  /** 44.1 kHz, stereo, 16 bits. */
  readonly wav: string;
  /** 44.1 kHz, mono, 32-bit floats without a header. */
  readonly raw: string;
}

/** Another program that does a part of what `tutti analyse` does. */
export interface Peer {
  readonly name: string;
  /** What it finds out. */
  readonly gives: string;
  /** Whether it decodes the song itself; if not, decoding counts apart. */
  readonly decodes: boolean;
  /** Why it cannot be run here; undefined when it can. */
  readonly missing: string | undefined;
  command(song: SongFiles): readonly string[];
  /** What its output has when it did its work: how fast it fails is of no interest. */
  readonly answer: RegExp;
}

const ESSENTIA_PROGRAM = join(import.meta.dirname, 'essentia-program.mjs');

/** A sentence about a program that is not on PATH. */
function absence(program: string, debianPackage: string): string | undefined {
  return programOnPath(program) ? undefined : `${program} is not installed (Debian: apt-get install ${debianPackage})`;
}

function essentiaPeer(algorithm: 'beats' | 'key', gives: string, folder: string | undefined): Peer {
  const isThere = folder !== undefined && existsSync(join(folder, 'node_modules/essentia.js'));
  return {
    name: `essentia.js ${algorithm}`,
    gives,
    decodes: false,
    missing: isThere
      ? undefined
      : 'essentia.js is not installed in a folder named by --peers-dir (npm install essentia.js)',
    command: ({ wav }) => [process.execPath, ESSENTIA_PROGRAM, algorithm, resolve(folder ?? '.'), wav],
    answer: /answer: /,
  };
}

/** The programs that Tutti is measured beside. @param peersFolder where npm packages of peers were installed */
export function listPeers(peersFolder: string | undefined): readonly Peer[] {
  return [
    {
      name: 'aubiotrack',
      gives: 'beats',
      decodes: false,
      missing: absence('aubiotrack', 'aubio-tools'),
      command: ({ wav }) => ['aubiotrack', '-i', wav],
      answer: /^\d+\.\d+\s*$/m,
    },
    {
      name: 'aubio tempo',
      gives: 'tempo',
      decodes: false,
      missing: absence('aubio', 'aubio-tools'),
      command: ({ wav }) => ['aubio', 'tempo', wav],
      answer: /\d bpm/,
    },
    {
      name: 'bpm-tools',
      gives: 'tempo',
      decodes: false,
      missing: absence('bpm', 'bpm-tools'),
      command: ({ raw }) => ['sh', '-c', 'bpm < "$1"', 'sh', raw],
      answer: /^\d+/m,
    },
    {
      name: 'soundstretch -bpm',
      gives: 'tempo',
      decodes: false,
      missing: absence('soundstretch', 'soundstretch'),
      command: ({ wav }) => ['soundstretch', wav, '-bpm'],
      answer: /BPM rate \d/,
    },
    {
      name: 'ffmpeg ebur128',
      gives: 'loudness, true peak',
      decodes: true,
      missing: undefined,
      command: ({ file }) => [
        ...['ffmpeg', '-hide_banner', '-nostdin', '-nostats', '-threads', '1', '-i', file],
        ...['-map', '0:a:0', '-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null', '-'],
      ],
      answer: /I:\s+-?\d+\.\d LUFS/,
    },
    essentiaPeer('beats', 'tempo, beats', peersFolder),
    essentiaPeer('key', 'key', peersFolder),
  ];
}
