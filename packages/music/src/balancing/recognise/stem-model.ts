import { STEM_KINDS, type StemKind } from '../stem-kinds.ts';
import type { StemSound } from './stem-sound.ts';

/** Weights of a multinomial logistic model, for each kind one for each of the features and a constant. */
export type StemModel = Readonly<Record<StemKind, readonly number[]>>;

/** What the model sees of a sound: on scales on which a step means the same everywhere, and a constant. */
export function stemFeatures({ partials, flatness, lowShare, singing, onsetsPerSecond }: StemSound): number[] {
  return [Math.log(partials + 0.1), Math.sqrt(flatness), lowShare, singing, Math.log(onsetsPerSecond + 0.1), 1];
}

/** How likely a sound is each kind, when each is as likely beforehand; the sum is 1. */
export function likelihoods(sound: StemSound, model: StemModel): Record<StemKind, number> {
  const features = stemFeatures(sound);
  const scores = STEM_KINDS.map((kind) => model[kind].reduce((total, weight, i) => total + weight * features[i]!, 0));
  return normalised(scores.map((score) => Math.exp(score - Math.max(...scores))));
}

/** Shares of a sum of 1, one for each kind, in their order. */
export function normalised(values: readonly number[]): Record<StemKind, number> {
  const total = values.reduce((a, b) => a + b, 0);
  const shares = STEM_KINDS.map((kind, i) => [kind, values[i]! / total] as const);
  return Object.fromEntries(shares) as Record<StemKind, number>;
}
