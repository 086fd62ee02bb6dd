// Analyses every case of a folder of broken files, all in one batch as `tutti analyse` does it, and compares what became
// of each with its expect.json: `node scripts/run.mjs conformance/broken-files/check.ts --corpus DIR [--only PART]`.
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AudioPath } from '@tutti/media';
import { type AnalysisResult, analyseFiles } from '@tutti/workflows';

type Verdict = 'ok' | 'ok-with-warning' | 'error' | 'FAULT';

interface Case {
  readonly file: string;
  readonly expect: Verdict;
  readonly alsoAccept?: readonly Verdict[];
  /** Name, in hexadecimal bytes, under which the file is to be copied before it is tried. */
  readonly copyAs?: { readonly nameHex: string };
}

/** For the whole batch: none of the files may hang. */
const LIMIT_MS = 120_000;

function isAllFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isAllFinite);
}

function verdictOf(result: AnalysisResult): { verdict: Verdict; words: string } {
  if ('error' in result) {
    const { kind, message } = result.error;
    return { verdict: kind === 'internal' ? 'FAULT' : 'error', words: `${kind}: ${message}` };
  }
  if (!isAllFinite(result)) return { verdict: 'FAULT', words: 'a number in the analysis is not finite' };
  return { verdict: result.warnings.length > 0 ? 'ok-with-warning' : 'ok', words: result.warnings.join(' ') };
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
const all: Case[] = JSON.parse(await readFile(join(corpus, 'expect.json'), 'utf8')).cases;
const cases = all.filter(({ file }) => file.includes(values.only));
const folder = await mkdtemp(join(tmpdir(), 'tutti-broken-files-'));
let good = 0;
try {
  const paths: AudioPath[] = [];
  for (const item of cases) paths.push(await pathOf(corpus, folder, item));
  let next = 0;
  for await (const result of analyseFiles(paths, { signal: AbortSignal.timeout(LIMIT_MS) })) {
    const item = cases[next++]!;
    const { verdict, words } = verdictOf(result);
    const accepted: Verdict[] = [item.expect, ...(item.alsoAccept ?? [])];
    const right = accepted.includes(verdict);
    if (right) good += 1;
    if (!right || values.only) {
      console.log(`${right ? 'right' : 'WRONG'} ${item.file}: ${verdict}, expected ${accepted.join('|')}: ${words}`);
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
console.log(`${good} of ${cases.length} as expected`);
process.exitCode = good === cases.length ? 0 : 1;
