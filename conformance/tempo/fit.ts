// Fits the models of tempo (which row of moments is the beat, and how sure that is), judges them on sources that they have
// not seen, and writes them with --write:
//   node scripts/run.mjs conformance/tempo/fit.ts --corpus DIR [--corpus DIR ...] [--without dup,loops] [--half scores,composed]
//     [--takes 4] [--write]
// DIR/manifest.json is that of `npm run accuracy`; the first part of an id is the piece's source. Composed songs are one
// source more. Sources of one hand or one program count half. Confidence is fitted to answers of models that had not seen
// the piece's source, as that is what it meets.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONFIDENCE_EVIDENCE, TACTUS_EVIDENCE } from '@tutti/music/analysis';
import { calibrationError, rankingArea } from '../accuracy/metrics/calibration.ts';
import { composedPieces, corpusPieces, type Piece } from './pieces.ts';
import {
  type Answer,
  answerTo,
  claimOf,
  fitConfidence,
  fitTactus,
  type Judged,
  leftOutAnswers,
  leftOutClaims,
  sourcesOf,
} from './tempo-models.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', multiple: true, default: [] },
    without: { type: 'string', default: 'dup' },
    half: { type: 'string', default: 'scores,composed' },
    takes: { type: 'string', default: '4' },
    write: { type: 'boolean', default: false },
  },
});

const [left, halves] = [values.without.split(','), values.half.split(',')];
const weightOf = (source: string) => (halves.includes(source) ? 0.5 : 1);
const pieces: Piece[] = [];
for (const folder of values.corpus) {
  const heard = corpusPieces(folder, (source) => (left.includes(source) ? null : weightOf(source)));
  for await (const piece of heard) pieces.push(piece);
}
for (const piece of composedPieces(Number(values.takes), weightOf('composed'))) pieces.push(piece);

const tactus = fitTactus(pieces);
const confidence = fitConfidence(leftOutAnswers(pieces));
const inSample = pieces.map((piece) => {
  const answer = answerTo(piece, tactus);
  return { answer, claim: claimOf(answer, confidence) };
});
const leftOut = leftOutClaims(pieces);

function figures(name: string, judged: readonly Judged[]): string {
  const claims = judged.map(({ claim }) => claim);
  const share = (isRight: (answer: Answer) => boolean) =>
    `${((100 * judged.filter(({ answer }) => isRight(answer)).length) / Math.max(1, judged.length)).toFixed(1)} %`;
  const digits = (value: number | null) => value?.toFixed(3) ?? 'not known';
  const accuracies = `accuracy 1 ${share(({ right }) => right)}, accuracy 2 ${share(({ rightButLevel }) => rightButLevel)}`;
  return `${name}, ${judged.length} pieces: ${accuracies}, ECE ${digits(calibrationError(claims))}, AUC ${digits(rankingArea(claims))}`;
}

const isWhole = ({ answer }: Judged) => answer.piece.weight === 1;
const isHalf = (judged: Judged) => !isWhole(judged);
const lines = [
  figures('in sample', inSample.filter(isWhole)),
  figures('source left out', leftOut.filter(isWhole)),
  figures('what counts half, in sample', inSample.filter(isHalf)),
  figures('what counts half, source left out', leftOut.filter(isHalf)),
];
for (const line of lines) console.log(line);
for (const source of sourcesOf(pieces)) {
  const of = leftOut.filter(({ answer }) => answer.piece.source === source);
  const found = of.filter(({ answer }) => answer.piece.right.includes(true)).length;
  console.log(`${figures(`  ${source}`, of)}; the beat is a candidate in ${found}`);
}
for (const { answer } of leftOut)
  if (!answer.piece.right.includes(true)) console.log(`no right candidate: ${answer.piece.id}`);
console.log(tactus, confidence);

if (values.write) {
  const rounded = (value: number) => Number(value.toPrecision(3));
  const entries = (names: readonly string[], weights: Readonly<Record<string, number>>) =>
    names.map((name) => `    ${name}: ${rounded(weights[name]!)},\n`).join('');
  const counts = (weight: number) =>
    sourcesOf(pieces)
      .filter((source) => weightOf(source) === weight)
      .map((source) => `${source} ${pieces.filter((piece) => piece.source === source).length}`)
      .join(', ');
  writeFileSync(
    join(import.meta.dirname, '../../packages/music/src/analysis/tempo/tempo-model.data.ts'),
    `// Made by \`node scripts/run.mjs conformance/tempo/fit.ts\`; then formatted.
// Fitted to pieces of ${counts(1)},
// and at half weight to ${counts(0.5)}; scores are simulated performances of quartets, chorales and fiddle tunes.
${lines.map((line) => `// ${line}.`).join('\n')}
import type { TempoModel } from './tempo-model.ts';

export const TEMPO_MODEL: TempoModel = {
  tactus: {
${entries(TACTUS_EVIDENCE, tactus)}  },
  confidence: {
${entries(['bias', ...CONFIDENCE_EVIDENCE], confidence)}  },
};
`,
  );
}
