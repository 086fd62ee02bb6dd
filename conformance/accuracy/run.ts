// How right the analysers are on a corpus with known answers: `npm run accuracy -- --corpus DIR`. See `USAGE` below.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { kernelsVersion } from '@tutti/dsp';
import { ANALYSER_VERSION } from '@tutti/music/analysis';
import { analysisPanels, drawPanel, type TrackWithEvidence } from '@tutti/workflows';
import { analyseCorpus } from './analyse-corpus.ts';
import { type Answer, type Answers, answerOf, readAnswers } from './answers.ts';
import { compare } from './compare.ts';
import { type CorpusFile, readCorpus } from './corpus.ts';
import { evaluate } from './evaluate.ts';
import { faultsOf } from './faults.ts';
import { EVERYTHING, judgeFile } from './judge-file.ts';
import type { MetricName } from './metric-list.ts';
import { reportPage } from './page/report-page.ts';
import { showProgress } from './progress.ts';
import { figuresTable, writeFigures } from './readme-figures.ts';
import { comparisonTable, confusionLines, kindTable, remarks, summaryTable } from './text-tables.ts';

const USAGE = `npm run accuracy -- --corpus DIR [OPTIONS]

Analyses the files that DIR/manifest.json lists and compares the answers with its truth.

  --out DIR          where the results go (default tutti-accuracy): results.jsonl, report.json, index.html
  --only TEXT        only files whose id contains TEXT
  --kind KIND        only files of this kind; may be repeated
  --baseline FILE    earlier results.jsonl: differences pair by pair
  --peers DIR        results of other programs, DIR/NAME.jsonl, in the same tables
  --results FILE     judges these results instead of analysing, without pictures
  --pictures TEXT    pictures also of right files whose id contains TEXT
  --write-readme     puts the figures into README.md
  --json             the report as JSON on stdout, instead of tables
`;

const KIND_METRICS: readonly MetricName[] = [
  'acc1',
  'acc2',
  'beatF',
  'cmlT',
  'amlT',
  'downbeatF',
  'keyWeighted',
  'boundary05',
  'boundary3',
];

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    out: { type: 'string', default: 'tutti-accuracy' },
    only: { type: 'string', default: '' },
    kind: { type: 'string', multiple: true, default: [] },
    baseline: { type: 'string' },
    peers: { type: 'string' },
    results: { type: 'string' },
    pictures: { type: 'string' },
    'write-readme': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || values.corpus === undefined) {
  process.stderr.write(USAGE);
  process.exit(values.help ? 0 : 2);
}

const folder = resolve(values.corpus);
const out = resolve(values.out);
const corpus = readCorpus(folder).filter(
  ({ id, kind }) => id.includes(values.only) && (values.kind.length === 0 || values.kind.includes(kind)),
);
if (corpus.length === 0) {
  process.stderr.write('no file of the corpus is left to be judged\n');
  process.exit(2);
}

const pictures = new Map<string, readonly string[]>();

/** Draws a file that something is wrong about, or that is to be drawn anyway. */
function draw({ id, truth }: CorpusFile, { line, evidence }: TrackWithEvidence, answer: Answer): void {
  const faults = faultsOf(truth, answer, judgeFile(truth, answer, EVERYTHING));
  const isWanted = values.pictures !== undefined && id.includes(values.pictures);
  if (faults.length === 0 && !isWanted) return;
  pictures.set(id, analysisPanels({ title: id, line, evidence, truth }).map(drawPanel));
}

/** Analyses the corpus and keeps the lines in the results. */
async function listen(files: readonly CorpusFile[]): Promise<Answers> {
  const answers = new Map<string, Answer>();
  const lines: string[] = [];
  showProgress(0, files.length, '');
  for await (const { file, heard, cpuSeconds } of analyseCorpus(folder, files)) {
    const answer = { ...answerOf(heard.line), cpuSeconds };
    if ('evidence' in heard) draw(file, heard, answer);
    else process.stderr.write(`${file.id}: ${heard.line.error.message}\n`);
    answers.set(file.id, answer);
    lines.push(`${JSON.stringify(heard.line)}\n`);
    showProgress(answers.size, files.length, file.id);
  }
  writeFileSync(join(out, 'results.jsonl'), lines.join(''));
  return answers;
}

mkdirSync(out, { recursive: true });
const answers = values.results === undefined ? await listen(corpus) : readAnswers(values.results, corpus);
const tutti = evaluate('tutti', corpus, answers, values.results === undefined ? EVERYTHING : undefined);
const baseline =
  values.baseline === undefined
    ? undefined
    : evaluate(`baseline ${basename(values.baseline, '.jsonl')}`, corpus, readAnswers(values.baseline, corpus));
const peers = (values.peers === undefined ? [] : readdirSync(values.peers).sort())
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => evaluate(basename(name, '.jsonl'), corpus, readAnswers(join(values.peers!, name), corpus)));
const differences = baseline ? compare(tutti, baseline) : [];
const evaluations = [tutti, ...(baseline ? [baseline] : []), ...peers] as const;
const day = new Date().toISOString().slice(0, 10);
const analyser = `analyser ${ANALYSER_VERSION}, kernels ${kernelsVersion}`;

const report = JSON.stringify({ evaluations, differences }, null, 1);
writeFileSync(join(out, 'report.json'), `${report}\n`);
const page = reportPage({
  ...{ corpusName: basename(folder), day, analyser, corpus, answers, evaluations, differences, pictures },
});
writeFileSync(join(out, 'index.html'), page);
if (values['write-readme']) {
  writeFigures(join(import.meta.dirname, '../../README.md'), figuresTable([tutti, ...peers], day, analyser));
}
if (values.json) console.log(report);
else {
  console.log(`${tutti.files} files, ${tutti.failed} failed, ${tutti.missing} without an answer\n`);
  console.log(`${summaryTable(evaluations)}\n`);
  console.log(`${kindTable(tutti, KIND_METRICS)}\n`);
  console.log([...confusionLines(tutti), ...remarks(tutti)].join('\n'));
  if (baseline) console.log(`\n${comparisonTable(differences)}`);
  console.log(`\n${join(out, 'index.html')}`);
}
