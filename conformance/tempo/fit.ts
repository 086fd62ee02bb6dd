// Fits the models of tempo (which row of moments is the beat, and how sure that is), judges them on sources that they have
// not seen, and writes them with --write:
//   node scripts/run.mjs conformance/tempo/fit.ts --corpus DIR [--corpus DIR ...] [--without dup,loops] [--takes 4] [--keep-tactus] [--write]
// DIR/manifest.json is that of `npm run accuracy`; the first part of an id is the piece's source. Composed songs are one
// source more. --keep-tactus keeps the weights that choose the beat and fits the confidence alone. Confidence is fitted to
// answers of models that had not seen the piece's source, as that is what it meets.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TACTUS_EVIDENCE, TEMPO_MODEL } from '@tutti/music/analysis';
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
  type TactusFitter,
} from './tempo-models.ts';

/** Composed songs are of one hand: they count less. */
const COMPOSED_WEIGHT = 0.5;
const { values } = parseArgs({
  options: {
    corpus: { type: 'string', multiple: true, default: [] },
    without: { type: 'string', default: 'dup' },
    takes: { type: 'string', default: '4' },
    'keep-tactus': { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const pieces: Piece[] = [];
for (const folder of values.corpus) {
  for await (const piece of corpusPieces(folder, values.without.split(','))) pieces.push(piece);
}
for (const piece of composedPieces(Number(values.takes), COMPOSED_WEIGHT)) pieces.push(piece);

const fit: TactusFitter = values['keep-tactus'] ? () => TEMPO_MODEL.tactus : fitTactus;
const tactus = fit(pieces);
const confidence = fitConfidence(leftOutAnswers(pieces, fit));
const inSample = pieces.map((piece) => {
  const answer = answerTo(piece, tactus);
  return { answer, claim: claimOf(answer, confidence) };
});
const leftOut = leftOutClaims(pieces, fit);

function figures(name: string, judged: readonly Judged[]): string {
  const claims = judged.map(({ claim }) => claim);
  const share = (isRight: (answer: Answer) => boolean) =>
    `${((100 * judged.filter(({ answer }) => isRight(answer)).length) / Math.max(1, judged.length)).toFixed(1)} %`;
  const digits = (value: number | null) => value?.toFixed(3) ?? 'not known';
  const accuracies = `accuracy 1 ${share(({ right }) => right)}, accuracy 2 ${share(({ rightButLevel }) => rightButLevel)}`;
  return `${name}, ${judged.length} pieces: ${accuracies}, ECE ${digits(calibrationError(claims))}, AUC ${digits(rankingArea(claims))}`;
}

const isComposed = ({ answer }: Judged) => answer.piece.source === 'composed';
const lines = [
  figures(
    'in sample',
    inSample.filter((judged) => !isComposed(judged)),
  ),
  figures(
    'source left out',
    leftOut.filter((judged) => !isComposed(judged)),
  ),
  figures('composed, in sample', inSample.filter(isComposed)),
  figures('composed, left out', leftOut.filter(isComposed)),
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
  const entries = TACTUS_EVIDENCE.map((name) => `    ${name}: ${rounded(tactus[name])},\n`);
  const { bias, odds, unevenness } = confidence;
  const counts = sourcesOf(pieces).map(
    (source) => `${source} ${pieces.filter((piece) => piece.source === source).length}`,
  );
  const made = values['keep-tactus']
    ? 'The weights of the beat were kept as they were: fitted with the sources below and, at half weight, 252 performances of\n// scores (string quartets, chorales, fiddle tunes) and composed songs. The confidence was fitted'
    : 'Fitted';
  writeFileSync(
    join(import.meta.dirname, '../../packages/music/src/analysis/tempo/tempo-model.data.ts'),
    `// Made by \`node scripts/run.mjs conformance/tempo/fit.ts\`; then formatted.
// ${made} to ${counts.join(', ')} (composed songs at ${COMPOSED_WEIGHT} of the weight of others).
${lines
  .slice(0, 2)
  .map((line) => `// ${line}.`)
  .join('\n')}
import type { TempoModel } from './tempo-model.ts';

export const TEMPO_MODEL: TempoModel = {
  tactus: {
${entries.join('')}  },
  confidence: { bias: ${rounded(bias)}, odds: ${rounded(odds)}, unevenness: ${rounded(unevenness)} },
};
`,
  );
}
