// Analyses a corpus and writes one line of the contract per file, for a scorer to judge:
//   node scripts/run.mjs conformance/accuracy/run.ts --corpus DIR --out results.jsonl [--only TEXT]
// DIR/manifest.json lists {id, path, truth: {bpm, key}}. Prints what can be told without beats: tempo and key.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Kernels } from '@tutti/dsp';
import { decodeFile } from '@tutti/media';
import { ANALYSER_VERSION, analyseClip, type TrackAnalysis } from '@tutti/music/analysis';
import { pitchClassOf } from '@tutti/music/theory';

interface CorpusFile {
  readonly id: string;
  readonly path: string;
  readonly kind?: string;
  readonly truth?: {
    readonly bpm?: number | null;
    readonly bpmAlternatives?: readonly number[];
    readonly key?: string;
  };
}

/** Share of files, counted one by one. */
class Tally {
  right = 0;
  all = 0;

  count(isRight: boolean): void {
    this.all += 1;
    if (isRight) this.right += 1;
  }

  toString(): string {
    return this.all === 0 ? '-' : `${((100 * this.right) / this.all).toFixed(1)} % of ${this.all}`;
  }
}

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, out: { type: 'string' }, only: { type: 'string', default: '' } },
});
if (values.corpus === undefined || values.out === undefined) {
  console.error('usage: run.ts --corpus DIR --out results.jsonl [--only TEXT]');
  process.exit(2);
}

const corpus = resolve(values.corpus);
const files = (JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as CorpusFile[]).filter(({ id }) =>
  id.includes(values.only),
);
const kernels = new Kernels();
const lines: string[] = [];
const tallies = { tempo: new Tally(), level: new Tally(), precise: new Tally(), key: new Tally() };
let audioSeconds = 0;
let decodeSeconds = 0;
let listenSeconds = 0;

for (const file of files) {
  const started = performance.now();
  try {
    const { clip, format, warnings, audioHash } = await decodeFile(join(corpus, file.path));
    const decoded = performance.now();
    const analysis = analyseClip(kernels, clip);
    const done = performance.now();
    audioSeconds += format.seconds ?? 0;
    decodeSeconds += (decoded - started) / 1000;
    listenSeconds += (done - decoded) / 1000;
    judge(file, analysis);
    lines.push(
      JSON.stringify({
        schema: 'tutti.analysis/1',
        id: file.id,
        path: file.path,
        audioHash,
        analyser: { version: ANALYSER_VERSION },
        format,
        ...analysis,
        warnings: [...warnings, ...analysis.warnings],
        seconds: (done - started) / 1000,
        audioSeconds: format.seconds,
      }),
    );
  } catch (error) {
    console.error(`${file.id}: ${error}`);
    lines.push(
      JSON.stringify({ schema: 'tutti.analysis/1', id: file.id, path: file.path, error: { message: `${error}` } }),
    );
  }
}
writeFileSync(values.out, `${lines.join('\n')}\n`);

console.log(`${files.length} files, ${audioSeconds.toFixed(0)} s`);
console.log(`tempo within 4 %      ${tallies.tempo}`);
console.log(`... or a level apart  ${tallies.level}`);
console.log(`tempo within 0.1 %    ${tallies.precise}`);
console.log(`key                   ${tallies.key}`);
console.log(
  `decoding ${(audioSeconds / decodeSeconds).toFixed(0)} x, listening ${(audioSeconds / listenSeconds).toFixed(0)} x real time`,
);

function judge({ truth }: CorpusFile, { tempo, key }: TrackAnalysis): void {
  if (typeof truth?.bpm === 'number') {
    const references = truth.bpmAlternatives ?? [truth.bpm];
    const within = (factor: number, tolerance: number) =>
      references.some((bpm) => tempo.bpm !== null && Math.abs(tempo.bpm / (factor * bpm) - 1) <= tolerance);
    tallies.tempo.count(within(1, 0.04));
    tallies.level.count([1, 2, 3, 1 / 2, 1 / 3].some((factor) => within(factor, 0.04)));
    tallies.precise.count(within(1, 0.001));
  }
  const [, tonic, mode] = /^([A-G][#b]?) (major|minor)$/.exec(truth?.key ?? '') ?? [];
  if (tonic !== undefined) {
    const heard = key.tonic === null ? undefined : pitchClassOf(key.tonic);
    tallies.key.count(heard === pitchClassOf(tonic) && key.mode === mode);
  }
}
