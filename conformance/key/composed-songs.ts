// The key of many composed songs beside what they were composed in:
//   node scripts/run.mjs conformance/key/composed-songs.ts [--songs 120] [--cents 40]
// Prints the share of right keys, the calibration of the confidence, the keys heard in their drums alone (there are none),
// and where songs that change key in the middle were heard to.
import { parseArgs } from 'node:util';
import { composeSong } from '@tutti/demo-songs';
import { Kernels } from '@tutti/dsp';
import { analyseClip } from '@tutti/music/analysis';
import { keyOf, tonicOf } from '@tutti/music/theory';
import { modulatingSong, songOfRow } from './composed-key.ts';

const { values } = parseArgs({
  options: { songs: { type: 'string', default: '120' }, cents: { type: 'string', default: '40' } },
});
const kernels = new Kernels();
const songs = Number(values.songs);
const BINS = 10;
const bins = Array.from({ length: BINS }, () => ({ songs: 0, confidence: 0, right: 0 }));
let right = 0;
let steady = 0;
let drumKeys = 0;
let changes = 0;
let changesTried = 0;

for (let number = 0; number < songs; number++) {
  const spec = songOfRow(number, Number(values.cents));
  const { clip, stems } = composeSong(spec, { stems: true });
  const { key } = analyseClip(kernels, clip);
  const isRight = key.tonic === spec.key.tonic && key.mode === spec.key.mode;
  if (isRight) right += 1;
  else {
    const name = `${spec.key.tonic} ${spec.key.mode}`;
    console.log(`${number} ${spec.style}: ${key.tonic} ${key.mode} (${key.confidence.toFixed(2)}) for ${name}`);
  }
  const bin = bins[Math.min(BINS - 1, Math.floor(key.confidence * BINS))]!;
  bin.songs += 1;
  bin.confidence += key.confidence;
  bin.right += isRight ? 1 : 0;
  if (key.sections?.length === 1) steady += 1;
  const drums = analyseClip(kernels, stems!.drums).key;
  if (drums.tonic !== null) {
    drumKeys += 1;
    console.log(`${number} ${spec.style}, drums alone: ${drums.tonic} ${drums.mode} (${drums.confidence.toFixed(2)})`);
  }
  if (number % 4 !== 0) continue;
  // Up by one, two or seven semitones.
  const later = keyOf(tonicOf(spec.key) + [1, 2, 7][(number / 4) % 3]!, spec.key.mode);
  const changing = modulatingSong(spec, later);
  const heard = analyseClip(kernels, changing.clip).key.sections ?? [];
  const asComposed = [spec.key, later].every(
    ({ tonic, mode }, i) => heard[i]?.tonic === tonic && heard[i].mode === mode,
  );
  changesTried += 1;
  if (heard.length === 2 && asComposed) changes += 1;
}

const ece = bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / songs;
console.log(`key right                      ${right} of ${songs} (${((100 * right) / songs).toFixed(1)} %)`);
console.log(`expected calibration error     ${ece.toFixed(3)} over ${BINS} bins`);
console.log(`one stretch heard              ${steady} of ${songs}`);
console.log(`drums alone said to have a key ${drumKeys} of ${songs}`);
console.log(`changes of key heard           ${changes} of ${changesTried} (two stretches, both keys right)`);
