import type { Clip } from '@tutti/dsp';
import { BandLevels, type BandLevelsResult, type Kernels, LoudnessMeter, SampleBlock } from '@tutti/dsp';

/** A mix, in the figures that it is judged by. */
export interface JudgedMix {
  /** [stems] LUFS in the mix. */
  readonly stems: readonly number[];
  /** Third octaves, dB; -Infinity where nothing is. */
  readonly spectrumDb: readonly number[];
  readonly bandsHz: readonly number[];
}

/** What is judged: where music has its balance, and what is heard beside its loudest band. */
const LOWEST_HZ = 40;
const HIGHEST_HZ = 16_000;
const HEARD_DB = 40;

/** Measures a clip of two channels. */
export function measureClip(
  kernels: Kernels,
  { sampleRate, channels }: Clip,
): { lufs: number; bands: BandLevelsResult } {
  const mark = kernels.mark();
  const format = { sampleRate, channels: 2 };
  const loudness = new LoudnessMeter(kernels, format);
  const levels = new BandLevels(kernels, format);
  const block = new SampleBlock(kernels, 2, 65_536);
  const [left, right = left!] = channels;
  for (let at = 0; at < left!.length; at += block.capacity) {
    block.write([left!, right], at, Math.min(block.capacity, left!.length - at));
    loudness.process(block);
    levels.process(block);
  }
  const result = { lufs: loudness.result().integratedLufs ?? Number.NaN, bands: levels.finish() };
  kernels.release(mark);
  return result;
}

export function spectrumOf({ bands, whole }: BandLevelsResult): Pick<JudgedMix, 'spectrumDb' | 'bandsHz'> {
  return {
    bandsHz: bands.map(({ nominalHz }) => nominalHz),
    spectrumDb: bands.map((_, i) => 10 * Math.log10(whole.left[i]! + whole.right[i]!)),
  };
}

/** Distance of loudness shares, each against the power of all stems together: root of the mean square over stems, LU. */
export function shareDistance(mix: JudgedMix, real: JudgedMix): number {
  const shares = ({ stems }: JudgedMix) => {
    const together = 10 * Math.log10(stems.reduce((sum, lufs) => sum + 10 ** (lufs / 10), 0));
    return stems.map((lufs) => lufs - together);
  };
  const wanted = shares(real);
  return rootMeanSquare(shares(mix).map((share, i) => share - wanted[i]!));
}

/** Distance of the spectra, laid over each other by the median: root of the mean square over third octaves, dB. */
export function spectrumDistance(mix: JudgedMix, real: JudgedMix): number {
  const loudest = Math.max(...real.spectrumDb);
  const differences = real.spectrumDb.flatMap((level, i) =>
    level > loudest - HEARD_DB && real.bandsHz[i]! >= LOWEST_HZ && real.bandsHz[i]! <= HIGHEST_HZ
      ? [mix.spectrumDb[i]! - level]
      : [],
  );
  const middle = differences.toSorted((a, b) => a - b)[Math.floor(differences.length / 2)]!;
  return rootMeanSquare(differences.map((difference) => difference - middle));
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
