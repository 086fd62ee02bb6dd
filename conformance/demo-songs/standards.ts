// Composed songs beside what is known of them, in every style, and the standards that they are held to:
//   node scripts/run.mjs conformance/demo-songs/standards.ts [--songs 60] [--first 0] [--demo] [--all]
// The songs are other ones than those of the demo, which `--demo` takes instead. Prints every song that misses a
// standard (`--all`: every song), then the styles. Exit code 1 when the songs of constant tempo together miss a standard.
import { parseArgs } from 'node:util';
import { composeSong, DEMO_SONGS } from '@tutti/demo-songs';
import { Kernels } from '@tutti/dsp';
import { analyseClip } from '@tutti/music/analysis';
import { songOfRow } from '../key/composed-key.ts';
import { type Figures, figuresOf, judgeSong, meetsStandards, STANDARDS } from './judge-song.ts';

/** Most that a song of the row is out of tune, in cents. */
const CENTS = 15;

const { values } = parseArgs({
  options: {
    songs: { type: 'string', default: '60' },
    first: { type: 'string', default: '0' },
    demo: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
});
const first = Number(values.first);
const specs = values.demo
  ? DEMO_SONGS
  : Array.from({ length: Number(values.songs) }, (_, i) => songOfRow(first + i, CENTS));
const kernels = new Kernels();
const judged = specs.map((spec) => {
  const { clip, truth } = composeSong(spec);
  const verdict = judgeSong(truth, analyseClip(kernels, clip));
  const figures = figuresOf([verdict]);
  if (values.all || !verdict.isKindRight || !meetsStandards(figures)) {
    console.log(
      `${line(`${spec.title}, ${spec.style}`, figures)}${verdict.isKindRight ? '' : '  not the kind of tempo'}`,
    );
  }
  return { style: spec.style, isSteady: truth.tempoKind === 'constant', verdict };
});
const headings = ['tempo off', 'beats', 'downbeats', 'sections', 'key'].map((name) => name.padStart(10));
console.log(`\n${''.padEnd(28)} ${headings.join(' ')}`);
for (const style of new Set(specs.map((spec) => spec.style))) {
  const songs = judged.filter((song) => song.style === style);
  console.log(line(`${style} (${songs.length})`, figuresOf(songs.map(({ verdict }) => verdict))));
}
const steady = judged.filter(({ isSteady }) => isSteady);
const figures = figuresOf(steady.map(({ verdict }) => verdict));
console.log(line(`constant tempo (${steady.length})`, figures));
console.log(line('standard', STANDARDS));
process.exitCode = meetsStandards(figures) ? 0 : 1;

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`.padStart(10);
}

function line(name: string, { tempoError, beats, downbeats, sections, keys }: Figures): string {
  const shares = [beats, downbeats, sections, keys].map((share) => percent(share)).join(' ');
  return `${name.padEnd(28)} ${percent(tempoError, 4)} ${shares}`;
}
