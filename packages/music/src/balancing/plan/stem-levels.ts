import { kWeightingPower } from '@tutti/dsp';
import type { HeardStem } from '../listen/hear-stem.ts';
import type { StemKind } from '../stem-kinds.ts';

/** A stem that is heard in the mix, in the figures that it is set by. */
export interface AudibleStem {
  /** Its place among all stems. */
  readonly index: number;
  readonly name: string;
  readonly kind: StemKind;
  readonly heard: HeardStem;
  /** Loudness behind the stages that were decided from it alone, LUFS. */
  readonly integratedLufs: number;
  /** What it is set by: between its loudness and its loudest 0.4 s, LUFS. */
  readonly levelLufs: number;
  /** [bands of the mix] mean square of both channels over the length of the mix; 0 where the stem has no such band. */
  readonly bands: Float64Array;
}

/**
 * The stems that are loud enough to be set by their loudness. A stem is set by the mean of its integrated loudness and of its
 * loudest 0.4 s: what sounds now and then, as drums and effects do, is as loud as it is when it sounds. BS.1770 alone puts
 * single percussive sounds too low: P. D. Pestana, J. D. Reiss and A. Barbosa, "Loudness measurement of multitrack audio
 * content using modifications of ITU-R BS.1770", AES 134 (2013), find shorter windows nearer to what is heard.
 * @param seconds of the mix
 */
export function audibleStems(heard: readonly HeardStem[], seconds: number): AudibleStem[] {
  const bandCount = mixBands(heard).length;
  return heard.flatMap((stem, index) => {
    const { integratedLufs, momentaryMaxLufs } = stem.figures;
    if (stem.recognised === null || integratedLufs === null || momentaryMaxLufs === null) return [];
    const loudness = integratedLufs + stem.change.integratedLu;
    const loudest = momentaryMaxLufs + stem.change.momentaryLu;
    return {
      ...{ index, name: stem.name, kind: stem.recognised.kind, heard: stem },
      integratedLufs: loudness,
      levelLufs: (loudness + loudest) / 2,
      bands: meanBands(stem, seconds, bandCount),
    };
  });
}

/** Nominal middles of the third octaves of a mix: those of the stem with the highest rate. All begin with the same. */
export function mixBands(heard: readonly HeardStem[]): readonly number[] {
  return heard.reduce<readonly number[]>(
    (most, { powers }) => (powers.bandsHz.length > most.length ? powers.bandsHz : most),
    [],
  );
}

function meanBands({ powers, frames, sampleRate }: HeardStem, seconds: number, bandCount: number): Float64Array {
  const { bandsHz, hops, values } = powers;
  const share = hops > 0 && seconds > 0 ? frames / sampleRate / seconds / hops : 0;
  const means = new Float64Array(bandCount);
  for (let hop = 0; hop < hops; hop++) {
    for (let band = 0; band < bandsHz.length; band++) means[band]! += share * values[hop * bandsHz.length + band]!;
  }
  return means;
}

/** What a filter does to the loudness of a sound, LU. */
export function filteredLu(
  bands: Float64Array,
  bandsHz: readonly number[],
  responseDb: (frequencyHz: number) => number,
): number {
  let before = 0;
  let after = 0;
  bandsHz.forEach((hertz, band) => {
    const power = bands[band]! * kWeightingPower(hertz);
    before += power;
    after += power * 10 ** (responseDb(hertz) / 10);
  });
  return before > 0 ? 10 * Math.log10(after / before) : 0;
}

/** Loudness of sounds together whose powers add up, LUFS. */
export function togetherLufs(loudnesses: readonly number[]): number {
  return 10 * Math.log10(loudnesses.reduce((sum, lufs) => sum + 10 ** (lufs / 10), 0));
}
