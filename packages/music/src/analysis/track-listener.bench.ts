import {
  FeatureStream,
  Kernels,
  LevelMeter,
  LoudnessMeter,
  RealFft,
  SampleBlock,
  type StagedWork,
  TruePeakMeter,
} from '@tutti/dsp';
import { playChord, playDrums, TEST_RATE, triad } from '../testing/listening-signals.ts';
import { embed } from './embedding/embedding.ts';
import { analyseEnergy } from './energy/energy-analysis.ts';
import { fingerprintOf } from './fingerprint/fingerprint.ts';
import { analyseKey } from './key/key-analysis.ts';
import { semitoneSums } from './semitone-sums.ts';
import { analyseStructure } from './structure/structure-analysis.ts';
import { analyseTempo } from './tempo/tempo-analysis.ts';
import { TEMPOGRAM_FFT_SIZE } from './tempo/tempogram.ts';
import { analyseTimbre } from './timbre/timbre-analysis.ts';
import { analyseClip, BLOCK_FRAMES } from './track-listener.ts';

const SECONDS = 12;
const SAMPLE_RATE = 2 * TEST_RATE;
const BPM = 124;

/** Drums and chords, every sample twice to make 44.1 kHz, with the right channel a little behind the left. */
function song(): Float32Array[] {
  const samples = new Float32Array(SECONDS * TEST_RATE);
  const beat = 60 / BPM;
  playDrums(
    samples,
    Array.from({ length: Math.floor((SECONDS - 1) / beat) }, (_, i) => 0.2 + i * beat),
    4,
  );
  for (let bar = 0; (bar + 1) * 4 * beat < SECONDS; bar++) {
    playChord(samples, triad(9, [0, 5, 7, 3][bar % 4]!, 3), 0.2 + bar * 4 * beat, 4 * beat);
  }
  const left = Float32Array.from({ length: 2 * samples.length }, (_, i) => 0.5 * samples[i >> 1]!);
  return [left, left.map((_, i) => left[Math.max(0, i - 40)]!)];
}

const channels = song();
const frames = channels[0]!.length;
const kernels = new Kernels();
const stream = new FeatureStream(kernels, { sampleRate: SAMPLE_RATE });
const loudness = new LoudnessMeter(kernels, { sampleRate: SAMPLE_RATE, channels: 2 });
const truePeak = new TruePeakMeter(kernels, { sampleRate: SAMPLE_RATE, channels: 2 });
const level = new LevelMeter(kernels, { channels: 2 });
const fft = new RealFft(kernels, TEMPOGRAM_FFT_SIZE);
const blocks = Array.from({ length: Math.ceil(frames / BLOCK_FRAMES) }, (_, i) => {
  const offset = i * BLOCK_FRAMES;
  const block = new SampleBlock(kernels, 2, BLOCK_FRAMES);
  block.write(channels, offset, Math.min(BLOCK_FRAMES, frames - offset));
  return { block, offset };
});

/** A meter or stream over the whole song. */
function over(each: (block: SampleBlock) => void, end: () => void): () => void {
  return () => {
    for (const { block } of blocks) each(block);
    end();
  };
}

const listen = over(
  (block) => stream.process(block),
  () => {},
);
listen();
const features = stream.finish();
const measureLoudness = over(
  (block) => loudness.process(block),
  () => {},
);
measureLoudness();
const measured = loudness.result();
const spectra = semitoneSums(kernels, features);
const tempo = analyseTempo(kernels, features, spectra, fft);
const structure = analyseStructure(kernels, features, spectra, tempo);
const key = analyseKey(kernels, features, structure);
const timbre = analyseTimbre(kernels, features, true);

// An instance of its own, so that its memory is that of the analysis and nothing else.
const wholeKernels = new Kernels();

export const stagedWork: StagedWork = {
  name: 'analysis of decoded samples',
  audioSeconds: SECONDS,
  kernels: wholeKernels,
  whole: () => {
    analyseClip(wholeKernels, { sampleRate: SAMPLE_RATE, channels });
  },
  stages: [
    {
      name: 'copy',
      run: () => {
        for (const { block, offset } of blocks) {
          block.write(channels, offset, Math.min(BLOCK_FRAMES, frames - offset));
        }
      },
    },
    {
      name: 'features',
      run: over(
        (block) => stream.process(block),
        () => stream.finish(),
      ),
    },
    {
      name: 'loudness',
      run: over(
        (block) => loudness.process(block),
        () => {
          loudness.result();
          loudness.reset();
        },
      ),
    },
    {
      name: 'true peak',
      run: over(
        (block) => truePeak.process(block),
        () => {
          truePeak.result();
          truePeak.reset();
        },
      ),
    },
    {
      name: 'level',
      run: over(
        (block) => level.process(block),
        () => {
          level.result();
          level.reset();
        },
      ),
    },
    { name: 'finish: energy', run: () => analyseEnergy(kernels, features, measured) },
    { name: 'finish: semitones', run: () => semitoneSums(kernels, features) },
    { name: 'finish: tempo', run: () => analyseTempo(kernels, features, spectra, fft) },
    { name: 'finish: structure', run: () => analyseStructure(kernels, features, spectra, tempo) },
    { name: 'finish: key', run: () => analyseKey(kernels, features, structure) },
    { name: 'finish: timbre', run: () => analyseTimbre(kernels, features, true) },
    { name: 'finish: fingerprint', run: () => fingerprintOf(features) },
    { name: 'finish: embedding', run: () => embed(kernels, features, { tempo, key, timbre }) },
  ],
};
