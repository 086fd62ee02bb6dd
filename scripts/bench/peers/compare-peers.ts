import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { programOnPath, type Usage, usageOf } from './child-usage.ts';
import { listPeers, type Peer, type SongFiles } from './peer-list.ts';
import { decodeToWav, songFiles } from './song-files.ts';
import { ratioByRound, type Spread, spreadOf } from './spread.ts';

export interface ComparisonOptions {
  /** A sound file; a song of the demo as MP3 when absent. */
  readonly file?: string | undefined;
  /** Where npm packages of peers were installed. */
  readonly peersFolder?: string | undefined;
  readonly rounds: number;
}

/** One program over one song, everything counted from its start to its end. */
export interface Compared {
  readonly name: string;
  readonly gives: string;
  /** Processor time in seconds; with the decoding by ffmpeg of those that do not decode. */
  readonly cpuSeconds: Spread;
  /** Seconds of the song a second of the processor, by the median. */
  readonly realTimeFactor: number;
  /** Without the decoding that was counted apart. */
  readonly realTimeFactorDecoded: number | null;
  readonly peakMebibytes: number | null;
  /** How many times what Tutti took it took, by rounds; above 1 Tutti is faster. */
  readonly timesTutti: Spread;
}

export interface Comparison {
  readonly song: string;
  readonly audioSeconds: number;
  readonly rounds: number;
  readonly compared: readonly Compared[];
  /** A sentence about each program that is not here or did not do its work. */
  readonly skipped: readonly string[];
}

const root = join(import.meta.dirname, '../../..');
const lineSchema = z.object({ format: z.object({ seconds: z.number().positive() }) });

const tutti: Peer = {
  name: 'tutti analyse',
  gives: 'everything',
  decodes: true,
  missing: undefined,
  command: ({ file }) => [process.execPath, join(root, 'apps/cli/dist/tutti.js'), 'analyse', file, '--json', '--quiet'],
  answer: /"schema":/,
};

function buildProgram(): void {
  const build = [...process.execArgv, join(root, 'scripts/build-package.ts')];
  const { status, stderr } = spawnSync(process.execPath, build, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the program could not be packed: ${stderr}`);
}

/** Why the program is of no use here, after it was tried once; undefined when it is. */
function refusal(peer: Peer, song: SongFiles, scratch: string): string | undefined {
  if (peer.missing) return peer.missing;
  const { status, output } = usageOf(peer.command(song), scratch);
  if (status === 0 && peer.answer.test(output)) return undefined;
  return `it ended with ${status} and gave no answer: ${output.trim().split('\n').at(-1) ?? ''}`;
}

/**
 * Runs the packed program and the peers that are installed over one song, in turn, forwards and backwards, so that a
 * drift of the machine falls on all.
 * @throws Error without ffmpeg, or when Tutti itself fails
 */
export async function comparePeers({ file, peersFolder, rounds }: ComparisonOptions): Promise<Comparison> {
  if (!programOnPath('ffmpeg')) throw new Error('ffmpeg is needed to encode and decode the song (Debian: ffmpeg)');
  const scratch = mkdtempSync(join(tmpdir(), 'tutti-peers-'));
  try {
    buildProgram();
    const song = await songFiles(file, scratch);
    const line = usageOf(tutti.command(song), scratch).output;
    const { seconds } = lineSchema.parse(JSON.parse(line)).format;
    const skipped: string[] = [];
    const running = [tutti];
    for (const peer of listPeers(peersFolder)) {
      const reason = refusal(peer, song, scratch);
      if (reason) skipped.push(`${peer.name}: skipped, ${reason}`);
      else running.push(peer);
    }
    const measured = new Map<Peer, Usage[]>(running.map((peer) => [peer, []]));
    const decoded: number[] = [];
    for (let round = 0; round < rounds; round++) {
      decoded.push(decodeToWav(song, scratch).cpuSeconds);
      for (const peer of round % 2 === 0 ? running : running.toReversed()) {
        measured.get(peer)!.push(usageOf(peer.command(song), scratch));
      }
    }
    const own = measured.get(tutti)!.map(({ cpuSeconds }) => cpuSeconds);
    return {
      ...{ song: basename(song.file), audioSeconds: seconds, rounds, skipped },
      compared: running.map((peer) => comparedOf(peer, measured.get(peer)!, decoded, own, seconds)),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function comparedOf(
  { name, gives, decodes }: Peer,
  usages: readonly Usage[],
  decoded: readonly number[],
  own: readonly number[],
  audioSeconds: number,
): Compared {
  const bare = usages.map(({ cpuSeconds }) => cpuSeconds);
  const whole = bare.map((seconds, round) => seconds + (decodes ? 0 : decoded[round]!));
  const cpuSeconds = spreadOf(whole);
  const peaks = usages.flatMap(({ peakMebibytes }) => peakMebibytes ?? []);
  return {
    ...{ name, gives, cpuSeconds },
    realTimeFactor: audioSeconds / cpuSeconds.median,
    realTimeFactorDecoded: decodes ? null : audioSeconds / spreadOf(bare).median,
    peakMebibytes: peaks.length > 0 ? Math.max(...peaks) : null,
    timesTutti: ratioByRound(whole, own),
  };
}
