// Fits the model that tells the kind of a stem from its sound, judges it on songs that it has not seen, and writes it:
//   node scripts/run.mjs conformance/balancing/fit-recognition.ts --corpus DIR [--ridge 0.1] [--write]
// Data: the stems of DIR/manifest.json, recordings of one kind in it, and the stems of the demo songs, which count half:
// they are of one hand. Judged with names left out, with right names, and with each name exchanged for another kind's.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { recogniseStem, STEM_KINDS, type StemKind } from '@tutti/music/balancing';
import { fitRecognition, gatherExamples } from './recognition.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    ridge: { type: 'string', multiple: true, default: ['0.1'] },
    write: { type: 'boolean', default: false },
  },
});
if (values.corpus === undefined) throw new Error('say where the stems are: --corpus DIR');

const examples = await gatherExamples(values.corpus);
const songs = [...new Set(examples.map(({ song }) => song))];
const otherKind = (kind: StemKind, i: number) => STEM_KINDS[(STEM_KINDS.indexOf(kind) + 1 + (i % 5)) % 6]!;
/** Names that speak of a kind. */
const NAMES: Readonly<Record<StemKind, string>> = {
  drums: 'drums',
  bass: 'bass',
  vocals: 'vocals',
  harmonic: 'keys',
  backing: 'backing',
  other: 'fx',
};

function judge(ridge: number, verbose: boolean): void {
  const models = new Map(
    songs.map((song) => [
      song,
      fitRecognition(
        examples.filter((each) => each.song !== song),
        ridge,
      ),
    ]),
  );
  const recognised = (named: (kind: StemKind, i: number) => string) =>
    examples.map((each, i) => ({
      ...each,
      told: recogniseStem(each.sound, { name: named(each.kind, i), model: models.get(each.song) }),
    }));
  const bySound = recognised(() => 'x');
  const right = (list: typeof bySound) => list.filter(({ kind, told }) => told.kind === kind).length;
  const likelihood = bySound.reduce(
    (sum, { kind, told }) => sum + Math.log(told.kind === kind ? told.confidence : (1 - told.confidence) / 5),
    0,
  );
  console.log(
    `ridge ${ridge}: of ${examples.length}, songs left out, by sound ${right(bySound)}, with right names ${right(recognised((kind) => NAMES[kind]))}, ` +
      `with wrong names ${right(recognised((kind, i) => NAMES[otherKind(kind, i)]))}; log likelihood ${(likelihood / examples.length).toFixed(3)}`,
  );
  if (!verbose) return;
  for (const kind of STEM_KINDS) {
    const of = bySound.filter((each) => each.kind === kind);
    const wrong = of.filter(({ told }) => told.kind !== kind);
    const list = wrong.map(({ song, name, told }) => `${song} ${name} (${told.kind}, ${told.confidence.toFixed(2)})`);
    console.log(`  ${kind}: ${right(of)} of ${of.length}${list.length > 0 ? `; not ${list.join(', ')}` : ''}`);
  }
}

const ridges = values.ridge.map(Number);
for (const ridge of ridges) judge(ridge, ridges.length === 1);

if (values.write) {
  const model = fitRecognition(examples, ridges[0]!);
  const rows = STEM_KINDS.map((kind) => `  ${kind}: [${model[kind].map((weight) => weight.toFixed(3)).join(', ')}],`);
  writeFileSync(
    join(import.meta.dirname, '../../packages/music/src/balancing/recognise/stem-model.data.ts'),
    `import type { StemModel } from './stem-model.ts';

/**
 * Weights of the features of a sound for each kind, and the constant. Written by \`conformance/balancing/fit-recognition.ts\`
 * from ${examples.length} stems and recordings of ${songs.length} songs.
 */
export const STEM_MODEL: StemModel = {
${rows.join('\n')}
};
`,
  );
}
