// Are nearest neighbours of the same kind? On composed songs that the constants were not made from, and on a corpus:
//   node scripts/run.mjs conformance/embedding/neighbours.ts [--corpus DIR]
// DIR/manifest.json lists {id, path, kind, source, truth: {genre}}, DIR/duplicates.json pairs {a, b, same}. Leave one out; pairs of
// duplicates.json, stems, noise and speech never match. Each share stands beside that of a neighbour drawn at random.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeSong } from '@tutti/demo-songs';
import { type Clip, Kernels } from '@tutti/dsp';
import { decodeFile } from '@tutti/media';
import { analyseClip } from '@tutti/music/analysis';
import { z } from 'zod';
import { distance, medianDistance, type NeighbourScore, nearestTo, neighbourScore, type Placed } from './nearest.ts';
import { songsOfTake } from './whitening-songs.ts';

const FIRST_TAKE = 100;
const TAKES = 3;
const NO_SONGS = ['stems', 'noise', 'speech'];

interface CorpusItem extends Placed {
  /** Folder of the corpus: songs of one folder were recorded or rendered in one way. */
  readonly collection: string;
  readonly isSong: boolean;
  readonly genre: string | undefined;
  readonly artist: string;
}

const { values: options } = parseArgs({ options: { corpus: { type: 'string' } } });
const kernels = new Kernels();

function place(clip: Clip): readonly number[] | undefined {
  return analyseClip(kernels, clip).embedding?.values;
}

function show(what: string, { right, chance, count }: NeighbourScore): void {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`.padStart(5);
  console.log(
    `${what.padEnd(36)} ${percent(right)} of ${count}, chance ${percent(chance)}, ${(right / chance).toFixed(1)} times`,
  );
}

const styles = Array.from({ length: TAKES }, (_, i) => songsOfTake(FIRST_TAKE + i)).flat();
const songs = styles.map((spec) => ({
  id: `${spec.style} ${spec.seed}`,
  style: spec.style,
  values: place(composeSong(spec).clip)!,
}));
show(
  'style of composed songs',
  neighbourScore(songs, ({ style }) => style),
);
if (options.corpus !== undefined) await judgeCorpus(options.corpus);

async function judgeCorpus(folder: string): Promise<void> {
  const items = await readItems(folder);
  const pairs = readDuplicates(folder);
  const related = new Set(pairs.flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]));
  const copies = new Set(pairs.filter(({ same }) => same).map(({ b }) => b));
  const unrelated = (a: CorpusItem, b: CorpusItem) => !related.has(`${a.id} ${b.id}`);
  const originals = items.filter(({ id, isSong }) => isSong && !copies.has(id));
  const known = originals.filter(({ genre }) => genre !== undefined);
  show(
    'genre',
    neighbourScore(known, ({ genre }) => genre!, unrelated),
  );
  show(
    'genre, in other collections only',
    neighbourScore(
      known,
      ({ genre }) => genre!,
      (a, b) => unrelated(a, b) && a.collection !== b.collection,
    ),
  );
  show(
    'artist or composer',
    neighbourScore(originals, ({ artist }) => artist, unrelated),
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  const median = medianDistance(originals);
  let mutual = 0;
  const same = pairs.filter((pair) => pair.same);
  for (const pair of same) {
    const [a, b] = [byId.get(pair.a), byId.get(pair.b)];
    if (!a || !b) continue;
    const isMutual = [[a, b] as const, [b, a] as const].every(
      ([one, other]) =>
        nearestTo(
          one,
          items.filter((item) => item !== one),
        ) === other,
    );
    if (isMutual) mutual += 1;
    const share = distance(a.values, b.values) / median;
    console.log(
      `  ${pair.b.padEnd(34)} ${share.toFixed(2)} of the median distance${isMutual ? '' : ', NOT the nearest'}`,
    );
  }
  console.log(`same recordings nearest to each other ${mutual} of ${same.length}, among ${items.length} files`);
}

async function readItems(folder: string): Promise<CorpusItem[]> {
  const manifest = z
    .array(
      z.looseObject({
        id: z.string(),
        path: z.string(),
        kind: z.string(),
        source: z.string(),
        truth: z.looseObject({ genre: z.string().optional() }),
      }),
    )
    .parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const items: CorpusItem[] = [];
  for (const { id, path, kind, source, truth } of manifest) {
    const { clip } = await decodeFile(join(folder, path));
    const values = place(clip);
    if (values === undefined) continue;
    const collection = id.split('/')[0]!;
    const isSong = !NO_SONGS.includes(kind) && collection !== 'signals';
    items.push({ id, values, collection, isSong, genre: truth.genre, artist: artistOf(source) ?? id });
  }
  return items;
}

/** The artist or composer that a source of the development corpus names. */
function artistOf(source: string): string | undefined {
  const patterns = [/Creative Commons\/(.+?) - /, /fretsonfire-songs-(\w+)/, /asap-dataset (\w+)\//];
  return patterns.map((pattern) => pattern.exec(source)?.[1]).find((name) => name !== undefined);
}

function readDuplicates(folder: string) {
  return z
    .array(z.looseObject({ a: z.string(), b: z.string(), same: z.boolean() }))
    .parse(JSON.parse(readFileSync(join(folder, 'duplicates.json'), 'utf8')));
}
