// Fits the models of tempo (which row of moments is the beat, and how sure that is), judges them on sources that they have
// not seen, and writes them with --write:
//   node scripts/run.mjs conformance/tempo/fit.ts --corpus DIR [--corpus DIR ...] [--without dup,loops] [--takes 6] [--write]
// DIR/manifest.json is that of `npm run accuracy`; the first part of an id is the piece's source. Composed songs are one
// source more. Confidence is fitted to answers of models that had not seen the piece's source, as that is what it meets.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TACTUS_EVIDENCE } from '@tutti/music/analysis';
import { calibrationError, rankingArea } from '../accuracy/metrics/calibration.ts';
import { composedPieces, corpusPieces, type Piece } from './pieces.ts';
import {
  type Answer,
  answerTo,
  claimOf,
  fitConfidence,
  fitTactus,
  leftOutAnswers,
  leftOutClaims,
  sourcesOf,
} from './tempo-models.ts';

const COMPOSED_WEIGHT = 0.5;
const { values } = parseArgs({
  options: {
    corpus: { type: 'string', multiple: true, default: [] },
    without: { type: 'string', default: 'dup' },
    takes: { type: 'string', default: '6' },
    write: { type: 'boolean', default: false },
  },
});

const pieces: Piece[] = [];
for (const folder of values.corpus) {
  for await (const piece of corpusPieces(folder, values.without.split(','))) pieces.push(piece);
}
const ofCorpus = pieces.length;
for (const piece of composedPieces(Number(values.takes), COMPOSED_WEIGHT)) pieces.push(piece);

const isOfCorpus = ({ piece }: Answer) => piece.source !== 'composed';
const share = (answers: readonly Answer[], isRight: (answer: Answer) => boolean) =>
  `${((100 * answers.filter(isRight).length) / Math.max(1, answers.length)).toFixed(1)} %`;

const tactus = fitTactus(pieces);
const inSample = pieces.map((piece) => answerTo(piece, tactus));
const confidence = fitConfidence(leftOutAnswers(pieces));
const leftOut = leftOutClaims(pieces);

const figures = (
  name: string,
  judged: readonly { readonly answer: Answer; readonly claim: ReturnType<typeof claimOf> }[],
) => {
  const answers = judged.map(({ answer }) => answer);
  const claims = judged.map(({ claim }) => claim);
  return `${name}: accuracy 1 ${share(answers, ({ right }) => right)}, accuracy 2 ${share(answers, ({ rightButLevel }) => rightButLevel)}, ECE ${calibrationError(claims)?.toFixed(3)}, AUC ${rankingArea(claims)?.toFixed(3)}`;
};
const own = inSample.map((answer) => ({ answer, claim: claimOf(answer, confidence) }));
const lines = [
  figures(
    `in sample, ${ofCorpus} pieces`,
    own.filter(({ answer }) => isOfCorpus(answer)),
  ),
  figures(
    'source left out',
    leftOut.filter(({ answer }) => isOfCorpus(answer)),
  ),
  figures(
    'composed, in sample',
    own.filter(({ answer }) => !isOfCorpus(answer)),
  ),
  figures(
    'composed, left out',
    leftOut.filter(({ answer }) => !isOfCorpus(answer)),
  ),
];
for (const line of lines) console.log(line);
for (const source of sourcesOf(pieces)) {
  const of = leftOut.filter(({ answer }) => answer.piece.source === source);
  const known = of.filter(({ answer }) => answer.piece.right.includes(true));
  console.log(
    `  ${source}: ${of.length} pieces, right among the candidates of ${known.length}; ${figures('left out', of)}`,
  );
}
console.log(tactus, confidence);

if (values.write) {
  const rounded = (value: number) => Number(value.toPrecision(3));
  const entries = TACTUS_EVIDENCE.map((name) => `    ${name}: ${rounded(tactus[name])},\n`);
  const { bias, odds, unevenness } = confidence;
  const sources = sourcesOf(pieces).map(
    (source) => `${source} ${pieces.filter((piece) => piece.source === source).length}`,
  );
  writeFileSync(
    join(import.meta.dirname, '../../packages/music/src/analysis/tempo/tempo-model.data.ts'),
    `// Made by \`node scripts/run.mjs conformance/tempo/fit.ts\` from pieces of these sources: ${sources.join(', ')}
// (composed songs at ${COMPOSED_WEIGHT} of the weight of others); then formatted.
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
