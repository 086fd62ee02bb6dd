import { execFile } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { Kernels, kernelsVersion, SampleBlock, TruePeakMeter } from '@tutti/dsp';
import { findFfmpeg } from '@tutti/media';
import { failureOf } from '../failure.ts';

export interface Finding {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'error';
  /** What was found. */
  readonly detail: string;
  /** What to do about it; absent when there is nothing to do. */
  readonly advice?: string;
}

function checkNode(): Finding {
  const { node } = process.versions;
  const detail = `Node ${node} on ${process.platform} ${process.arch}`;
  if (Number(node.split('.')[0]) >= 24) return { name: 'runtime', status: 'ok', detail };
  return {
    name: 'runtime',
    status: 'error',
    detail,
    advice: 'Tutti is tested on Node 24: start it through its launcher, `tutti`',
  };
}

/** Runs a kernel on a signal whose result is known. */
function checkKernels(): Finding {
  const name = 'kernels';
  try {
    const kernels = new Kernels();
    const meter = new TruePeakMeter(kernels, { sampleRate: 44_100, channels: 1 });
    const block = new SampleBlock(kernels, 1, 4410);
    block.write(
      [Float32Array.from({ length: 4410 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 997 * i) / 44_100))],
      0,
      4410,
    );
    meter.process(block);
    const peak = meter.result().peak;
    if (Math.abs(peak - 0.5) > 0.01) throw new Error(`a sine of amplitude 0.5 was measured as ${peak}`);
    return { name, status: 'ok', detail: `WebAssembly SIMD works (module ${kernelsVersion})` };
  } catch (error) {
    return {
      name,
      status: 'error',
      detail: `the signal processing module does not work here: ${failureOf(error).message}`,
      advice: 'WebAssembly with 128-bit SIMD is needed: a processor and a Node of the last ten years have it',
    };
  }
}

/** The first line of what a program says to `-version`; undefined when it cannot be run. */
async function versionLine(program: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(program, ['-version'], { timeout: 10_000 });
    return stdout.split('\n')[0]?.trim();
  } catch {
    return undefined;
  }
}

async function checkFfmpeg(): Promise<Finding> {
  const name = 'ffmpeg';
  const advice =
    'install it (Debian and Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg) or name it in TUTTI_FFMPEG';
  const without = 'WAV, AIFF, FLAC, MP3, Ogg Vorbis and Opus are read without it; AAC, ALAC, WMA and the rest are not';
  const path = await findFfmpeg();
  if (path === undefined) return { name, status: 'warning', detail: `not found: ${without}`, advice };
  const version = await versionLine(path);
  if (version === undefined) return { name, status: 'warning', detail: `${path} cannot be run: ${without}`, advice };
  return { name, status: 'ok', detail: `${version.split(' Copyright')[0]} at ${path}` };
}

function checkMachine(): Finding {
  const gibibytes = totalmem() / 2 ** 30;
  const detail = `${availableParallelism()} cores, ${gibibytes.toFixed(1)} GiB of memory`;
  if (gibibytes >= 1) return { name: 'machine', status: 'ok', detail };
  return {
    name: 'machine',
    status: 'warning',
    detail,
    advice: 'analyse with --jobs 1: each thread needs about 200 MiB',
  };
}

/** Looks at what Tutti needs on this machine, what works, and what to do about what does not. */
export async function examine(): Promise<Finding[]> {
  return [checkNode(), checkKernels(), checkMachine(), await checkFfmpeg()];
}
