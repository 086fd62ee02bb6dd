// The one WASM module: every kernel's exports, gathered.

export { compressorCreate, compressorProcess, compressorReset, compressorStage } from './dynamics/compressor';
export { deEsserCreate, deEsserProcess, deEsserReset, deEsserStage } from './dynamics/de-esser';
export { gainStageMost, gainStageRecord, gainStageSet, gainStageTakeRecord } from './dynamics/gain-stage';
export {
  limiterCreate,
  limiterLatency,
  limiterLeast,
  limiterProcess,
  limiterReset,
  limiterSet,
} from './dynamics/limiter';
export { multibandCreate, multibandProcess, multibandReset, multibandSetCompressor } from './dynamics/multiband';
export {
  saturatorCreate,
  saturatorLatency,
  saturatorProcess,
  saturatorReset,
  saturatorSet,
} from './dynamics/saturator';
export { bitCrusherCreate, bitCrusherProcess, bitCrusherReset, bitCrusherSet } from './effects/bit-crusher';
export { echoCreate, echoProcess, echoReset, echoSet } from './effects/echo';
export { flangerCreate, flangerProcess, flangerReset, flangerSet } from './effects/flanger';
export { gaterAlign, gaterCreate, gaterProcess, gaterReset, gaterSet } from './effects/gater';
export { phaserCreate, phaserProcess, phaserReset, phaserSet } from './effects/phaser';
export { platterCreate, platterMove, platterProcess, platterRelease, platterReset } from './effects/platter';
export { reverbCreate, reverbProcess, reverbReset, reverbSet } from './effects/reverb';
export { rollCreate, rollProcess, rollReset, rollSet } from './effects/roll';
export { cepstra } from './features/cepstra';
export * from './features/feature-stream';
export { classMeans, harmonicChanges, placesRoom } from './features/harmonic-change';
export { largestOf, melPowerSums, melRises } from './features/mel-rows';
export { partialMotion, partialMotionRoom } from './features/partial-motion';
export { meanRows, standOut, sumOfSquares } from './features/pitch-rows';
export { roughness, roughnessRoom } from './features/roughness';
export { levelOfRows, semitoneSums } from './features/semitone-levels';
export { spanMeans } from './features/span-means';
export { tuningSums } from './features/tuning';
export { equaliserCreate, equaliserProcess, equaliserReset, equaliserSetBand } from './filter/equaliser';
export { isolatorCreate, isolatorPeaks, isolatorProcess, isolatorReset } from './filter/isolator';
export { linearPhaseCreate, linearPhaseProcess, linearPhaseReset, linearPhaseSet } from './filter/linear-phase';
export { svfMagnitudes } from './filter/svf-design';
export { ditherCoefficients, ditherCreate, ditherProcess, ditherReset } from './format/dither';
export {
  flacBits,
  flacChannels,
  flacDecodeFrame,
  flacDecoderCreate,
  flacFindFrame,
  flacFrames,
  flacPosition,
  flacRate,
} from './format/flac-decode';
export { flacEncodeFrame, flacEncoderCreate } from './format/flac-encode';
export { mp3DecodeFrame, mp3DecoderCreate, mp3DecoderReset } from './format/mp3-decode';
export { pcmDecode } from './format/pcm-decode';
export { pcmEncode, pcmInterleave } from './format/pcm-encode';
export { screenSamples } from './format/screen';
export { bandSumsCreate, bandSumsOutput, bandSumsPush, bandSumsReset } from './measure/band-sums';
export { clippingAdd, clippingCount, clippingCreate, clippingReset } from './measure/clipping';
export { columnStatistics } from './measure/column-statistics';
export { kWeightingAdd, kWeightingCreate, kWeightingReset, kWeightingTake } from './measure/k-weighting';
export { levelAdd, levelCreate, levelReset } from './measure/level';
export { samplePeak } from './measure/peak';
export { truePeakAdd, truePeakCreate, truePeakOf, truePeakReset, truePeakTake } from './measure/true-peak';
export * from './memory/arena';
export * from './mix/gain';
export * from './mix/gain-ramp';
export { stereoWidthCreate, stereoWidthProcess, stereoWidthReset, stereoWidthSet } from './mix/stereo-width';
export { resamplerCreate, resamplerProcess, resamplerReach, resamplerReset } from './rate/resampler';
export { lagPicture } from './rhythm/lag-picture';
export { accents, blockPhases, levelledRises } from './rhythm/onset-curves';
export { ridgePath } from './rhythm/ridge-path';
export { rowLikeness, standardiseRows } from './rhythm/row-likeness';
export { tickChain } from './rhythm/tick-chain';
export { bestShift, bitDifferences } from './similarity/bit-agreement';
export { nearestRows } from './similarity/nearest-rows';
export { timeStretcherCreate, timeStretcherReset, timeStretcherStep } from './stretch/time-stretcher';
export { melBankCreate } from './transform/band-banks';
export { chromaBankCreate } from './transform/chroma-bank';
export { exponentials } from './transform/exponential';
export { fftCreate, fftForward, fftInverse } from './transform/fft';
export { filterBankApply, filterBankWeight } from './transform/filter-bank';
export { halfBandCreate, halfBandProcess, halfBandReset } from './transform/half-band';
export { hyperbolicTangents } from './transform/hyperbolic-tangent';
export { laggedProducts } from './transform/lagged-products';
export { logFrequencyBankCreate } from './transform/log-frequency-bank';
export { compressAmplitude, powerToDecibels } from './transform/logarithm';
export { powerSpectrum } from './transform/power-spectrum';
export * from './transform/spectral-flux';
export * from './transform/stft';
export { windowFill } from './transform/window';
