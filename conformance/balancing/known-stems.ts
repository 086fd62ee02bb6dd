import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { composeSong, DEMO_SONGS } from '@tutti/demo-songs';
import type { Clip } from '@tutti/dsp';
import { decodeFile } from '@tutti/media';
import type { StemKind } from '@tutti/music/balancing';
import { z } from 'zod';

/** A stem whose kind is known. */
export interface KnownStem {
  readonly name: string;
  readonly kind: StemKind;
  readonly clip: Clip;
}

/** The stems of a song, with the mix that was made of them. */
export interface KnownSong {
  readonly name: string;
  /** Where it comes from: `corpus`, or `composed` by `packages/demo-songs`, which is one hand. */
  readonly source: 'corpus' | 'composed';
  readonly stems: readonly KnownStem[];
  readonly mix: Clip;
}

/** Kinds by the names that the corpus and the composer give to stems; listened to once. */
const KINDS: Readonly<Record<string, StemKind>> = {
  drums: 'drums',
  bass: 'bass',
  bassguitar: 'bass',
  vocals: 'vocals',
  chords: 'harmonic',
  clav: 'harmonic',
  comp: 'harmonic',
  guitar: 'harmonic',
  horns: 'harmonic',
  lead: 'harmonic',
  leadguitar: 'harmonic',
  other: 'harmonic',
  pad: 'harmonic',
  backing: 'backing',
  effects: 'other',
};

/** Recordings of one kind that are no stems of a song. Speech counts as sung, as everywhere here. */
const SINGLE_SOUNDS: Readonly<Record<string, StemKind>> = {
  'librosa/speech-198': 'vocals',
  'librosa/speech-5703': 'vocals',
  'librosa/solo-trumpet': 'harmonic',
  'loops/909beat01': 'drums',
  'loops/break02': 'drums',
  'loops/electro_beat02': 'drums',
  'loops/rave_kick01': 'drums',
  'librosa/choice-drum-bass': 'backing',
  'gen/house-g-minor-126': 'backing',
  'gen/pop-fs-major-104': 'backing',
  'gen/rock-e-minor-142': 'backing',
  'gen/reggae-g-major-74': 'backing',
  'librosa/vibe-ace': 'backing',
  'signals/white-noise': 'other',
  'signals/pink-noise': 'other',
};
/** All of a source are of one kind: solo piano. */
const SINGLE_SOURCES: Readonly<Record<string, StemKind>> = { asap: 'harmonic' };

const manifestSchema = z.array(z.looseObject({ id: z.string(), path: z.string(), kind: z.string() }));
type Entry = z.infer<typeof manifestSchema>[number];

function manifestOf(folder: string): Entry[] {
  const path = join(folder, 'manifest.json');
  return existsSync(path) ? manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
}

async function clipOf(folder: string, { path }: Entry): Promise<Clip> {
  return (await decodeFile(join(folder, path))).clip;
}

/** The songs of a corpus that have stems and a mix: `SONG.STEM` beside `SONG`, or `SONG-mix`. */
export async function* corpusSongs(folder: string): AsyncGenerator<KnownSong> {
  const entries = manifestOf(folder);
  const stems = entries.filter(({ path }) => path.startsWith('stems/'));
  const songOf = ({ id }: Entry) => id.slice(0, id.lastIndexOf('.'));
  for (const song of new Set(stems.map(songOf))) {
    const mix = entries.find(({ id }) => id === song || id === `${song}-mix`);
    if (!mix) continue;
    const parts = stems.filter((entry) => songOf(entry) === song);
    yield {
      name: song,
      source: 'corpus',
      stems: await Promise.all(
        parts.map(async (entry) => {
          const name = basename(entry.path).replace(/\.[^.]+$/, '');
          return { name, kind: KINDS[name] ?? 'other', clip: await clipOf(folder, entry) };
        }),
      ),
      mix: await clipOf(folder, mix),
    };
  }
}

/**
 * The songs of the demo, with their stems.
 * @param seconds from where to where; all of them when absent
 */
export function* composedSongs(
  seconds: readonly [number, number] = [0, Number.POSITIVE_INFINITY],
): Generator<KnownSong> {
  for (const spec of DEMO_SONGS) {
    const { clip, stems } = composeSong(spec, { stems: true });
    const part = ({ sampleRate, channels }: Clip): Clip => ({
      sampleRate,
      channels: channels.map((samples) => samples.slice(seconds[0] * sampleRate, seconds[1] * sampleRate)),
    });
    const named = Object.entries(stems!).map(([name, stem]) => ({ name, kind: KINDS[name]!, clip: part(stem) }));
    yield { name: spec.title, source: 'composed', stems: named, mix: part(clip) };
  }
}

/** Recordings of one kind, each a song of its own. */
export async function* singleSounds(folder: string): AsyncGenerator<KnownStem> {
  for (const entry of manifestOf(folder)) {
    const kind = SINGLE_SOUNDS[entry.id] ?? SINGLE_SOURCES[entry.id.split('/')[0]!];
    if (kind !== undefined) yield { name: entry.id, kind, clip: await clipOf(folder, entry) };
  }
}
