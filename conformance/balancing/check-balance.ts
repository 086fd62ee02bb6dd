// Scrambles the levels of stems whose mix is known, balances them, and says how far the result is from the real mix:
//   node scripts/run.mjs conformance/balancing/check-balance.ts --corpus DIR [--seeds 3] [--composed 10] [--hide-names] [--json]
// DIR/manifest.json lists stems (`SONG.STEM`) beside their mix; the songs of the demo, of one hand, are judged apart. Beside the
// balanced mix stand the plain sum of the scrambled stems and the sum of the stems at equal loudness. Two distances from the
// real mix: the loudness share of each stem (RMS, LU), and the spectrum in third octaves (RMS, dB). Each song's kinds are told by
// a model that was fitted without the song (with --corpus; without it, by the one in use). With --hide-names stems are told
// by their sound alone; with --reference the real mix is given as the reference.
import { parseArgs } from 'node:util';
import { Kernels } from '@tutti/dsp';
import { type BalancedSong, balanceSong } from './balance-song.ts';
import { composedSongs, corpusSongs, type KnownSong } from './known-stems.ts';
import { fitRecognition, gatherExamples } from './recognition.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    composed: { type: 'string', default: '10' },
    'hide-names': { type: 'boolean', default: false },
    reference: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const kernels = new Kernels();
/** Of a composed song, the part from its second section on. */
const COMPOSED_SECONDS = [30, 90] as const;
/** Of the model in use; see fit-recognition.ts. */
const RIDGE = 0.1;
const examples = values.corpus === undefined ? [] : await gatherExamples(values.corpus);
const results: (BalancedSong & { readonly source: KnownSong['source'] })[] = [];
async function judge(song: KnownSong, seeds: number): Promise<void> {
  const others = examples.filter((each) => each.song !== song.name);
  const model = others.length > 0 ? fitRecognition(others, RIDGE) : undefined;
  for (let seed = 1; seed <= seeds; seed++) {
    const judged = await balanceSong(kernels, song, seed, {
      hideNames: values['hide-names'],
      reference: values.reference,
      model,
    });
    results.push({ ...judged, source: song.source });
    if (!values.json) console.log(line(`${song.name}, seed ${seed}`, judged));
  }
}

function line(name: string, { plain, equal, ours, kinds, wrong }: BalancedSong): string {
  const cell = (value: number) => value.toFixed(2).padStart(5);
  const row = (of: 'shares' | 'spectrum') => `${cell(plain[of])} ${cell(equal[of])} ${cell(ours[of])}`;
  return `${name.padEnd(44)} | ${row('shares')} | ${row('spectrum')} | ${kinds - wrong.length} of ${kinds}${wrong.length > 0 ? `: ${wrong.join(', ')}` : ''}`;
}

if (!values.json) {
  console.log(`${''.padEnd(44)} | shares, LU        | spectrum, dB      | kinds told`);
  console.log(`${''.padEnd(44)} | plain equal  ours | plain equal  ours |`);
}
if (values.corpus !== undefined) {
  for await (const song of corpusSongs(values.corpus)) await judge(song, Number(values.seeds));
}
let composed = 0;
for (const song of composedSongs(COMPOSED_SECONDS)) {
  if (composed++ >= Number(values.composed)) break;
  await judge(song, 1);
}

for (const source of ['corpus', 'composed'] as const) {
  const of = results.filter((each) => each.source === source);
  if (of.length === 0) continue;
  const mean = (value: (each: BalancedSong) => number) => of.reduce((sum, each) => sum + value(each), 0) / of.length;
  const nearer = (to: 'plain' | 'equal', figure: 'shares' | 'spectrum') =>
    of.filter((each) => each.ours[figure] < each[to][figure]).length;
  console.log(
    `${source}, ${of.length} mixes, mean: shares plain ${mean(({ plain }) => plain.shares).toFixed(2)}, equal ${mean(({ equal }) => equal.shares).toFixed(2)}, ours ${mean(({ ours }) => ours.shares).toFixed(2)} LU; ` +
      `spectrum plain ${mean(({ plain }) => plain.spectrum).toFixed(2)}, equal ${mean(({ equal }) => equal.spectrum).toFixed(2)}, ours ${mean(({ ours }) => ours.spectrum).toFixed(2)} dB`,
  );
  console.log(
    `  nearer than the plain sum: shares ${nearer('plain', 'shares')}, spectrum ${nearer('plain', 'spectrum')} of ${of.length}; than equal loudness: shares ${nearer('equal', 'shares')}, spectrum ${nearer('equal', 'spectrum')}`,
  );
}
if (values.json) console.log(JSON.stringify(results));
