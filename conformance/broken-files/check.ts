// Runs every case of a folder of broken files through the decoder, in one process, and compares the verdict with its
// expect.json: `node scripts/run.mjs conformance/broken-files/check.ts --corpus DIR [--only PART]`.
// Cases that expect a warning only because a sound is too short or too plain to be analysed are marked there by reason;
// whether one is given is the analysis's affair, so `ok` counts for `ok-with-warning` when the data itself is sound.
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type AudioPath, decodeFile, MediaError } from '@tutti/media';

type Verdict = 'ok' | 'ok-with-warning' | 'error';

interface Case {
  readonly file: string;
  readonly expect: Verdict;
  readonly alsoAccept?: readonly Verdict[];
  readonly reason: string;
  /** Name, in hexadecimal bytes, under which the file is to be copied before it is tried. */
  readonly copyAs?: { readonly nameHex: string };
}

const LIMIT_MS = 20_000;

/** Sounds that are whole but leave nothing to say about tempo, key or loudness. */
const ABOUT_CONTENT =
  /too short|no tempo|no key|only denormal|full-scale square|single click|a mono sum is silent|60 minutes of silence/;

async function verdictOf(path: AudioPath): Promise<{ verdict: Verdict; words: string }> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  try {
    const { clip, format, warnings } = await decodeFile(path, { signal });
    for (const channel of clip.channels) {
      if (channel.some((sample) => !Number.isFinite(sample))) throw new Error('a sample that is no number got through');
    }
    const words = `${format.seconds?.toFixed(2)} s ${warnings.join('; ')}`;
    return { verdict: warnings.length > 0 ? 'ok-with-warning' : 'ok', words };
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    if (error.kind === 'cancelled') throw new Error(`took longer than ${LIMIT_MS} ms`, { cause: error });
    return { verdict: 'error', words: `${error.kind}: ${error.message}` };
  }
}

async function pathOf(corpus: string, folder: string, { file, copyAs }: Case): Promise<AudioPath> {
  if (!copyAs) return join(corpus, file);
  const target = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(copyAs.nameHex, 'hex')]);
  await copyFile(join(corpus, file), target);
  return target.equals(Buffer.from(target.toString())) ? target.toString() : target;
}

const { values } = parseArgs({ options: { corpus: { type: 'string' }, only: { type: 'string', default: '' } } });
if (!values.corpus) throw new Error('say where the files are: --corpus DIR');
const corpus = values.corpus;
const cases: Case[] = JSON.parse(await readFile(join(corpus, 'expect.json'), 'utf8')).cases;
const folder = await mkdtemp(join(tmpdir(), 'tutti-broken-files-'));
let good = 0;
let tried = 0;
try {
  for (const item of cases.filter(({ file }) => file.includes(values.only))) {
    tried += 1;
    const started = performance.now();
    let verdict: string;
    let words: string;
    try {
      ({ verdict, words } = await verdictOf(await pathOf(corpus, folder, item)));
    } catch (error) {
      verdict = 'FAULT';
      words = String(error);
    }
    const accepted: string[] = [item.expect, ...(item.alsoAccept ?? [])];
    if (ABOUT_CONTENT.test(item.reason)) accepted.push('ok');
    const right = accepted.includes(verdict);
    if (right) good += 1;
    if (!right || values.only) {
      const took = (performance.now() - started).toFixed(0);
      console.log(
        `${right ? 'right' : 'WRONG'} ${item.file}: ${verdict}, expected ${accepted.join('|')} (${took} ms) ${words}`,
      );
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
console.log(`${good} of ${tried} as expected`);
process.exitCode = good === tried ? 0 : 1;
