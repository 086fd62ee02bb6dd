/** First 12 hexadecimal digits of the SHA-256 of the kernel module: which kernels made a result. */

export { kernelsVersion } from '../build/kernels-wasm.js';
export { decodeBase64, encodeBase64 } from './base64.ts';
export type { KernelBenchmark, StagedWork } from './benchmark.ts';
export { SampleBlock } from './block.ts';
export { soundPeaks } from './block-requirements.ts';
export { type Clip, clipFrames, clipSeconds } from './clip.ts';
export { Compressor, type CompressorOptions } from './dynamics/compressor.ts';
export type { CompressorMode, CompressorSettings } from './dynamics/compressor-settings.ts';
export { DeEsser, type DeEsserOptions, type DeEsserSettings } from './dynamics/de-esser.ts';
export { CURVE_HOP_SECONDS } from './dynamics/gain-stage.ts';
export { type LimiterOptions, type LimiterSettings, TruePeakLimiter } from './dynamics/limiter.ts';
export { type MultibandBand, MultibandCompressor, type MultibandOptions } from './dynamics/multiband.ts';
export { Saturator, type SaturatorOptions, type SaturatorSettings } from './dynamics/saturator.ts';
export { BitCrusher, type BitCrusherOptions, type BitCrusherSettings } from './effects/bit-crusher.ts';
export { Echo, type EchoOptions, type EchoSettings } from './effects/echo.ts';
export { Flanger, type FlangerOptions, type FlangerSettings } from './effects/flanger.ts';
export { Gater, type GaterOptions, type GaterSettings } from './effects/gater.ts';
export { Phaser, type PhaserOptions, type PhaserSettings } from './effects/phaser.ts';
export { Platter, type PlatterOptions } from './effects/platter.ts';
export { Reverb, type ReverbOptions, type ReverbSettings } from './effects/reverb.ts';
export { Roll, type RollOptions, type RollSettings } from './effects/roll.ts';
export { SweepFilter, type SweepFilterOptions, type SweepFilterSettings } from './effects/sweep-filter.ts';
export { DspError, type DspErrorKind } from './errors.ts';
export { CEPSTRAL_COEFFICIENTS, cepstra } from './features/cepstra.ts';
export { featuresOfClip } from './features/clip-features.ts';
export {
  type BandCurves,
  CONTRAST_BANDS,
  CUT_FRAMES,
  FeatureStream,
  type Features,
  LOWEST_PITCH_HZ,
  MEL_BANDS,
  PITCH_BINS,
  PITCH_BINS_PER_OCTAVE,
  STEREO_VALUES,
  TIMBRE_COLUMNS,
  TIMBRE_VALUES,
} from './features/feature-stream.ts';
export { featuresBehindSilence } from './features/features-behind-silence.ts';
export { type FrameSpan, featuresBetween } from './features/features-between.ts';
export { foldedMeans, spectralChanges } from './features/harmonic-change.ts';
export { loudestLevel, melPowerSums, melRises, POWER_SUMS } from './features/mel-rows.ts';
export { type PartialMotion, partialMotion } from './features/partial-motion.ts';
export { meanRows, standingOut } from './features/pitch-rows.ts';
export { roughnessCurve } from './features/roughness.ts';
export { semitoneLevelSums } from './features/semitone-levels.ts';
export { spanMeans } from './features/span-means.ts';
export { type TuningSums, tuningSums } from './features/tuning.ts';
export { BAND_SHAPES, type BandShape, type FilterBand } from './filter/band.ts';
export { cascadeResponseDb } from './filter/band-response.ts';
export { Equaliser, type EqualiserOptions } from './filter/equaliser.ts';
export { type BandGains, type IsolatorOptions, ThreeBandIsolator } from './filter/isolator.ts';
export { LinearPhaseEqualiser, type LinearPhaseEqualiserOptions } from './filter/linear-phase-equaliser.ts';
export { Dither, type DitherKind, type DitherOptions } from './format/dither.ts';
export { FlacDecoder, type FlacFrame, type FlacStreamInfo } from './format/flac-decoder.ts';
export { FlacEncoder } from './format/flac-encoder.ts';
export { MP3_FRAME_ROOM, Mp3Decoder, type Mp3FrameStatus } from './format/mp3-decoder.ts';
export {
  PcmDecoder,
  type PcmDither,
  PcmEncoder,
  type PcmEncoding,
  type PcmOutput,
  pcmSampleBytes,
} from './format/pcm.ts';
export { screenBlock } from './format/screen.ts';
export { compileKernels, Kernels } from './kernels.ts';
export { BandLevels, type BandLevelsResult } from './measure/band-levels.ts';
export { defaultSpeakers, SPEAKERS, type Speaker } from './measure/channel-weights.ts';
export { columnStatistics } from './measure/column-statistics.ts';
export type { BandPowers } from './measure/hop-sums.ts';
export { kWeightingPower } from './measure/k-weighting.ts';
export { type Level, LevelMeter } from './measure/level.ts';
export { type Loudness, LoudnessMeter, type LoudnessOptions } from './measure/loudness.ts';
export { gatedLufs, integratedLoudness, lufsToEnergy } from './measure/loudness-gate.ts';
export { predictBlockEnergies } from './measure/predicted-loudness.ts';
export { type ThirdOctaveBand, thirdOctaveBands } from './measure/third-octaves.ts';
export { type TruePeak, TruePeakMeter, type TruePeakOptions } from './measure/true-peak.ts';
export { Gain, type GainOptions } from './mix/gain.ts';
export { applyGain, mixInto } from './mix/gain-ramp.ts';
export { StereoWidth, type StereoWidthOptions, type StereoWidthSettings } from './mix/stereo-width.ts';
export { Resampler, type ResamplerOptions } from './rate/resampler.ts';
export { lagPicture } from './rhythm/lag-picture.ts';
export { accentsOf, blockPhases, levelledRises } from './rhythm/onset-curves.ts';
export { ridgePath } from './rhythm/ridge-path.ts';
export { rowLikeness } from './rhythm/row-likeness.ts';
export { tickChain } from './rhythm/tick-chain.ts';
export { type BitAgreement, BitRows } from './similarity/bit-agreement.ts';
export { type Neighbour, VectorTable, type VectorTableOptions } from './similarity/vector-table.ts';
export { pitchShiftClip } from './stretch/pitch-shift-clip.ts';
export { stretchClip, type TimeMap } from './stretch/stretch-clip.ts';
export { TimeStretcher } from './stretch/time-stretcher.ts';
export { FilterBank } from './transform/filter-bank.ts';
export { laggedProducts } from './transform/lagged-products.ts';
export { RealFft } from './transform/real-fft.ts';
export { type SpectrumVisitor, Stft } from './transform/stft.ts';
export { type WindowKind, windowFunction } from './transform/window.ts';
export { BandPeaks, type WaveformPeaks } from './waveform/band-peaks.ts';
export { parsePeaks, peaksToBytes } from './waveform/peaks-file.ts';
