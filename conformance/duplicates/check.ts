// Are files that hold one recording found, and no others? On composed songs in many forms, and on a corpus with pairs that are
// known to be one recording or not:
//   node scripts/run.mjs conformance/duplicates/check.ts [--takes 5] [--corpus DIR]
// DIR/manifest.json lists {id, path}, DIR/duplicates.json pairs {a, b, same}. ffmpeg makes the forms. An edit of each song, a
// third of which was cut out, must be found when edits are asked for, and only then.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeSong } from '@tutti/demo-songs';
import { clipFrames } from '@tutti/dsp';
import { analyseFiles, findDuplicateFiles, recordingFile } from '@tutti/workflows';
import { z } from 'zod';
import { songsOfTake } from '../embedding/whitening-songs.ts';
import { runFfmpeg } from '../mastering/programs/run-ffmpeg.ts';
import { writeClip } from '../stretch/signals/sound-file.ts';
import { editArguments, FORMS } from './forms.data.ts';
import { type PairScore, pairScore } from './pair-score.ts';

type Recording = ReturnType<typeof recordingFile>;

const FIRST_TAKE = 200;
const EDIT = 'edit';

const { values: options } = parseArgs({
  options: { corpus: { type: 'string' }, takes: { type: 'string', default: '5' } },
});

/** Analyses files with all cores. */
async function listen(paths: readonly string[]): Promise<Recording[]> {
  const recordings: Recording[] = [];
  for await (const result of analyseFiles(paths, { jobs: availableParallelism() })) {
    if ('error' in result) throw new Error(`${result.path}: ${result.error.message}`);
    recordings.push(recordingFile(result));
  }
  return recordings;
}

function groupsOf(recordings: readonly Recording[], edits: boolean): string[][] {
  return findDuplicateFiles(recordings, { edits }).map(({ files }) => files.map(({ path }) => path));
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

function show(what: string, score: PairScore, shown: (file: string) => string): void {
  const { precision, recall, found, right, wrong, missed } = score;
  console.log(`${what}: precision ${percent(precision)} of ${found} pairs, recall ${percent(recall)} of ${right}`);
  for (const [a, b] of wrong.slice(0, 20)) console.log(`  WRONG  ${shown(a)} = ${shown(b)}`);
  for (const [a, b] of missed.slice(0, 20)) console.log(`  MISSED ${shown(a)} = ${shown(b)}`);
}

/** Files of a song in every form, each named SONG-FORM. */
async function writeForms(folder: string, take: number): Promise<string[]> {
  const paths: string[] = [];
  for (const [index, spec] of songsOfTake(FIRST_TAKE + take).entries()) {
    const { clip } = composeSong(spec);
    const song = `${take}.${index}`;
    const source = join(folder, 'source.wav');
    await writeClip(source, clip);
    for (const [number, form] of FORMS.entries()) {
      const path = join(folder, `${song}-${number}.${form.ending}`);
      await runFfmpeg(['-i', source, ...form.arguments, path]);
      paths.push(path);
    }
    const path = join(folder, `${song}-${EDIT}.mp3`);
    await runFfmpeg(['-i', source, ...editArguments(clipFrames(clip) / clip.sampleRate), path]);
    paths.push(path);
  }
  return paths;
}

async function judgeForms(takes: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-forms-'));
  try {
    const recordings: Recording[] = [];
    for (let take = 0; take < takes; take++) recordings.push(...(await listen(await writeForms(folder, take))));
    const songOf = (path: string) => basename(path).split('-')[0]!;
    const formOf = (path: string) => /-(\w+)\./.exec(basename(path))![1]!;
    const named = (path: string) => `${songOf(path)} ${FORMS[Number(formOf(path))]?.name ?? EDIT}`;
    const whole = recordings.filter(({ path }) => formOf(path) !== EDIT);
    const paths = recordings.map(({ path }) => path);
    const sameForm = (a: string, b: string) => songOf(a) === songOf(b) && formOf(a) !== EDIT && formOf(b) !== EDIT;
    show(
      `${whole.length} files of ${whole.length / FORMS.length} songs, and an edit of each`,
      pairScore(groupsOf(recordings, false), paths, sameForm),
      named,
    );
    const withEdits = pairScore(groupsOf(recordings, true), paths, (a, b) => songOf(a) === songOf(b));
    show('edits asked for', withEdits, named);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function judgeCorpus(folder: string): Promise<void> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'));
  const manifest = z.array(z.looseObject({ id: z.string(), path: z.string() })).parse(await read('manifest.json'));
  const known = z
    .array(z.looseObject({ a: z.string(), b: z.string(), same: z.boolean() }))
    .parse(await read('duplicates.json'));
  const ids = new Map(manifest.map(({ id, path }) => [join(folder, path), id]));
  const recordings = await listen([...ids.keys()]);
  const same = new Set(known.filter((pair) => pair.same).flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]));
  const paths = recordings.map(({ path }) => path);
  const isSame = (a: string, b: string) => same.has(`${ids.get(a)} ${ids.get(b)}`);
  for (const edits of [false, true]) {
    const score = pairScore(groupsOf(recordings, edits), paths, isSame);
    show(`${paths.length} files of the corpus${edits ? ', edits asked for' : ''}`, score, (path) => ids.get(path)!);
  }
}

if (options.corpus === undefined) console.log('no corpus: give one with --corpus');
else await judgeCorpus(options.corpus);
await judgeForms(Number(options.takes));
