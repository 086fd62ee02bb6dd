// Reads the signals of EBU Tech 3341 and 3342, and those of a corpus, and says which are within the standards' tolerances:
//   node scripts/run.mjs conformance/loudness/check.ts [--corpus DIR] [--all]
// DIR/vectors.json describes signals as data; those that lie there as files are decoded and read as well. Without it the
// signals of this folder are read, which are made from the standards' text. `--all` prints what is right too.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Kernels } from '@tutti/dsp';
import { decodeFile } from '@tutti/media';
import { parseVectors } from './corpus-vectors.ts';
import { EBU_SIGNALS } from './ebu-signals.data.ts';
import { judge, measure } from './judge.ts';
import { type LoudnessSignal, synthesise } from './signal.ts';
import { standardTruePeak } from './standard-true-peak.ts';

const { values } = parseArgs({ options: { corpus: { type: 'string' }, all: { type: 'boolean', default: false } } });
const kernels = new Kernels();
let right = 0;
let read = 0;

function report(source: string, { id, expected }: LoudnessSignal, clip: ReturnType<typeof synthesise>): void {
  const reading = measure(kernels, clip);
  for (const verdict of judge(reading, expected)) {
    read += 1;
    if (verdict.isRight) right += 1;
    if (verdict.isRight && !values.all) continue;
    const value = verdict.read === null ? 'null' : verdict.read.toFixed(3);
    const standard =
      verdict.figure === 'truePeakDb'
        ? `  (BS.1770's own filter: ${(20 * Math.log10(Math.max(...clip.channels.map(standardTruePeak)))).toFixed(3)})`
        : '';
    console.log(
      `${verdict.isRight ? 'right' : 'WRONG'} ${source} ${id.padEnd(14)} ${verdict.figure.padEnd(18)} ` +
        `${value.padStart(8)} for ${verdict.value} +${verdict.above} -${verdict.below}${standard}`,
    );
  }
}

for (const signal of EBU_SIGNALS) report('own   ', signal, synthesise(signal));
console.log(`signals made here: ${right} of ${read} figures within the standards' tolerances`);

const list = values.corpus === undefined ? undefined : join(values.corpus, 'vectors.json');
if (values.corpus === undefined || list === undefined || !existsSync(list)) {
  console.log(`corpus of signals: absent${list === undefined ? ' (no --corpus)' : ` (${list})`}`);
} else {
  const [before, beforeRight] = [read, right];
  const signals = parseVectors(readFileSync(list, 'utf8'));
  const files = readdirSync(values.corpus);
  let decoded = 0;
  for (const signal of signals) {
    report('corpus', signal, synthesise(signal));
    const file = files.find((name) => name === `${signal.id}.flac` || name === `${signal.id}.wav`);
    if (file === undefined) continue;
    decoded += 1;
    report('file  ', signal, (await decodeFile(join(values.corpus, file))).clip);
  }
  console.log(
    `corpus: ${signals.length} signals and ${decoded} files, ${right - beforeRight} of ${read - before} figures within the tolerances`,
  );
}
process.exitCode = right === read ? 0 : 1;
