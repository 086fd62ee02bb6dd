// Runs one algorithm of essentia.js on a WAV file of 16-bit stereo, with its defaults, and prints what it answers:
//   node essentia-program.mjs beats|key INSTALL_DIR FILE.wav
// The library is the user's own, in INSTALL_DIR/node_modules; it is no part of this program and is not brought with it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [algorithm, folder, file] = process.argv.slice(2);
const load = createRequire(join(resolve(folder), 'from-here.cjs'));

function monoOf(path) {
  const bytes = readFileSync(path);
  const start = bytes.indexOf('data', 12, 'latin1') + 8;
  const mono = new Float32Array((bytes.length - start) >> 2);
  for (let i = 0; i < mono.length; i++) {
    mono[i] = (bytes.readInt16LE(start + 4 * i) + bytes.readInt16LE(start + 4 * i + 2)) / 65_536;
  }
  return mono;
}

const { Essentia, EssentiaWASM } = load('essentia.js');
const essentia = new Essentia(EssentiaWASM);
const signal = essentia.arrayToVector(monoOf(file));
if (algorithm === 'beats') {
  const { bpm, ticks } = essentia.RhythmExtractor2013(signal, 208, 'degara', 40);
  console.log(`answer: ${bpm} BPM, ${ticks.size()} beats`);
} else {
  const { key, scale } = essentia.KeyExtractor(signal);
  console.log(`answer: ${key} ${scale}`);
}
// Its module may keep the process waiting.
process.exit(0);
