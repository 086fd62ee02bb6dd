import type { Features, Kernels, RealFft } from '@tutti/dsp';
import { analyseKey } from './key/key-analysis.ts';
import { semitoneSums } from './semitone-sums.ts';
import { analyseStructure } from './structure/structure-analysis.ts';
import { analyseTempo } from './tempo/tempo-analysis.ts';
import type { KeyAnalysis, StructureAnalysis, TempoAnalysis } from './track-analysis.ts';

/** What is heard of a sound as music: its time, its parts, its key. Each rests on the one before. */
export interface MusicAnalysis {
  readonly tempo: TempoAnalysis;
  readonly structure: StructureAnalysis;
  readonly key: KeyAnalysis;
}

/** @param kernels lend memory for the time of the call
 * @param fft of TEMPOGRAM_FFT_SIZE */
export function analyseMusic(kernels: Kernels, features: Features, fft: RealFft): MusicAnalysis {
  const spectra = semitoneSums(kernels, features);
  const tempo = analyseTempo(kernels, features, spectra, fft);
  const structure = analyseStructure(kernels, features, spectra, tempo);
  const key = analyseKey(kernels, features, {
    phrases: tempo.kind === 'constant' ? structure.phrases : [],
    sections: structure.sections,
  });
  return { tempo, structure, key };
}
