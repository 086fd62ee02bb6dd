// Analyses the demo songs and compares with what is known of them: `node scripts/run.mjs conformance/accuracy/demo-songs.ts`
import { composeSong, DEMO_SONGS } from '@tutti/demo-songs';
import { Kernels } from '@tutti/dsp';
import { analyseClip } from '@tutti/music/analysis';
import { judgeSong } from './known-songs.ts';

const kernels = new Kernels();
const percent = (share: number) => `${(100 * share).toFixed(0)} %`.padStart(7);
console.log(
  `${'song'.padEnd(20)} ${'tempo'.padStart(7)} ${'error'.padStart(10)} ${'beats, worst'.padStart(13)} downbeats phrases borders  key`,
);
for (const spec of DEMO_SONGS) {
  const { clip, truth } = composeSong(spec);
  const analysis = analyseClip(kernels, clip);
  const verdict = judgeSong(truth, analysis);
  const error = verdict.tempoError === null ? 'no tempo' : `${(100 * verdict.tempoError).toFixed(4)} %`;
  const heard = `${analysis.key.tonic} ${analysis.key.mode}`;
  const key = verdict.isKeyRight ? heard : `${heard} for ${truth.key.tonic} ${truth.key.mode}`;
  console.log(
    `${spec.title.padEnd(20)} ${truth.bpm.toFixed(2).padStart(7)} ${error.padStart(10)} ${`${(1000 * verdict.worstBeat).toFixed(1)} ms`.padStart(13)} ` +
      `${percent(verdict.downbeats)}   ${percent(verdict.phrasesOnBars)} ${percent(verdict.borders)}  ${key}${verdict.isKindRight ? '' : `, called ${analysis.tempo.kind}`}`,
  );
}
