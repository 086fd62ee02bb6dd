import { type Clip, Kernels } from '@tutti/dsp';
import {
  STEM_KINDS,
  type StemKind,
  type StemModel,
  type StemSound,
  stemFeatures,
  stemSound,
} from '@tutti/music/balancing';
import { type ChoiceSet, fitChoices } from '../tempo/choice-model.ts';
import { composedSongs, corpusSongs, singleSounds } from './known-stems.ts';

/** A sound whose kind is known. */
export interface Example {
  readonly song: string;
  readonly name: string;
  readonly kind: StemKind;
  readonly sound: StemSound;
  readonly weight: number;
}

const COMPOSED_WEIGHT = 0.5;
/** A clip is heard to this second at most, as stems are heard in excerpts. */
const LONGEST_SECONDS = 72;

/** The stems of a corpus, recordings of one kind in it, and the stems of the demo songs, which count half: they are of one hand. */
export async function gatherExamples(corpus: string): Promise<Example[]> {
  const kernels = new Kernels();
  const examples: Example[] = [];
  const add = (song: string, name: string, kind: StemKind, { sampleRate, channels }: Clip, weight: number) => {
    const frames = LONGEST_SECONDS * sampleRate;
    const [left, right = left!] = channels.map((samples) => samples.subarray(0, frames));
    const sound = stemSound(kernels, sampleRate, [{ start: 0, channels: [left!, right] }]);
    if (sound !== null) examples.push({ song, name, kind, sound, weight });
  };
  for await (const { name: song, stems } of corpusSongs(corpus)) {
    for (const { name, kind, clip } of stems) add(song, name, kind, clip, 1);
  }
  for await (const { name, kind, clip } of singleSounds(corpus)) add(name, name, kind, clip, 1);
  for (const { name: song, stems } of composedSongs()) {
    for (const { name, kind, clip } of stems) add(song, name, kind, clip, COMPOSED_WEIGHT);
  }
  return examples;
}

/**
 * A model that tells kinds: multinomial logistic, with a ridge on the weights of standardised features.
 * The weights of all kinds together; kinds with many examples count less for each, by the root of their number.
 */
export function fitRecognition(seen: readonly Example[], ridge: number): StemModel {
  const count = (kind: StemKind) => seen.reduce((sum, each) => sum + (each.kind === kind ? each.weight : 0), 0);
  const sets = seen.map(({ kind, sound, weight }): ChoiceSet => {
    const features = stemFeatures(sound);
    return {
      options: STEM_KINDS.map((_, option) => STEM_KINDS.flatMap((_, i) => features.map((x) => (i === option ? x : 0)))),
      right: STEM_KINDS.map((each) => each === kind),
      weight: weight / Math.sqrt(count(kind)),
    };
  });
  const size = stemFeatures(seen[0]!.sound).length;
  const ridges = STEM_KINDS.flatMap(() => Array.from({ length: size }, (_, i) => (i === size - 1 ? 0.01 : ridge)));
  const weights = fitChoices(sets, ridges);
  const entries = STEM_KINDS.map((kind, i) => [kind, weights.slice(size * i, size * (i + 1))] as const);
  return Object.fromEntries(entries) as Record<StemKind, number[]>;
}
