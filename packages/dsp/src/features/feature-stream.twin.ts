import { applyBankTwin, logFrequencyBankTwin, melBankTwin, melCentreTwin } from '../transform/filter-bank.twin.ts';
import { halfBandTapsTwin, halveRateTwin } from '../transform/half-band.twin.ts';
import { compressAmplitudeTwin } from '../transform/logarithm.twin.ts';
import { ProgrammeLevelTwin } from '../transform/programme-level.twin.ts';
import { spectralFluxTwin } from '../transform/spectral-flux.twin.ts';
import { energyBankTwin, lengths, nearestLengths, Spectra, skewedWindow } from './spectra.twin.ts';
import { stereoFramesTwin } from './stereo.twin.ts';
import { timbreTwin, zeroCrossingsTwin } from './timbre.twin.ts';

/** Curves of the twin: three per `bands` in the order low, mid, high; rows of the matrices one after the other. */
export interface TwinFeatures {
  readonly onset: Float64Array;
  readonly bandOnsets: readonly Float64Array[];
  readonly bandEnergies: readonly Float64Array[];
  readonly melFrames: Float64Array;
  readonly timbreFrames: Float64Array;
  readonly stereoFrames: Float64Array;
  readonly pitchFrames: Float64Array;
}

/** Plain float64 form of `FeatureStream` over a whole clip, with the hop that it uses at that rate. */
export function featuresTwin(
  channels: readonly Float32Array[],
  sampleRate: number,
  hop: number,
  topHz = sampleRate / 2,
): TwinFeatures {
  const mono = new Float64Array(channels[0]!.length);
  for (const channel of channels) for (let i = 0; i < mono.length; i++) mono[i] = mono[i]! + channel[i]!;
  for (let i = 0; i < mono.length; i++) mono[i] = mono[i]! / channels.length;
  return {
    ...shortFrames(mono, sampleRate, hop, topHz),
    stereoFrames: stereoFramesTwin(mono, channels, sampleRate, hop),
    pitchFrames: longFrames(mono, sampleRate, hop, topHz),
  };
}

function shortFrames(
  mono: Float64Array,
  sampleRate: number,
  hop: number,
  topHz: number,
): Omit<TwinFeatures, 'stereoFrames' | 'pitchFrames'> {
  const [length, size] = lengths(2048 / 48_000, sampleRate);
  const past = length - Math.floor(length / 4);
  const window = skewedWindow(length, past);
  const spectra = new Spectra(mono, window, size);
  const frames = Math.ceil(mono.length / hop);
  const onsetBank = melBankTwin(sampleRate, size, 96, 30, 10_000, topHz);
  const melBank = melBankTwin(sampleRate, size, 40, 30, 16_000, topHz);
  const energyBank = energyBankTwin(sampleRate, size, window);
  const centres = onsetBank.map((_, band) => melCentreTwin(band, 96, 30, 10_000));
  const groups = [0, 30, 150, 4000].map((low, group) =>
    centres.flatMap((centre, band) =>
      centre < topHz && centre >= low && centre < [Infinity, 150, 4000, Infinity][group]! ? [band] : [],
    ),
  );
  const curves = Array.from({ length: 7 }, () => new Float64Array(frames));
  const melFrames = new Float64Array(40 * Math.ceil(frames / 4));
  const timbreFrames: number[] = [];
  const timbreSum = new Float64Array(size / 2 + 1);
  const melSum = new Float64Array(size / 2 + 1);
  const mel = new Float64Array(40);
  const energies = new Float64Array(3);
  const flux = new Float64Array(96);
  const programme = new ProgrammeLevelTwin(sampleRate / hop);
  let present = new Float64Array(96);
  let before = new Float64Array(96);
  const presentLevels = new Float64Array(96);
  const levelsBefore = new Float64Array(96);
  for (let frame = 0; frame < frames; frame++) {
    spectra.read(frame * hop - past);
    applyBankTwin(energyBank, spectra.power, energies);
    for (let band = 0; band < 3; band++) curves[4 + band]![frame] = energies[band]!;
    applyBankTwin(onsetBank, spectra.power, present);
    programme.add(Math.sqrt(present.reduce((sum, power) => sum + power, 0) / groups[0]!.length));
    compressAmplitudeTwin(present, presentLevels, programme.gain);
    compressAmplitudeTwin(before, levelsBefore, programme.gain);
    spectralFluxTwin(presentLevels, levelsBefore, flux);
    for (let group = 0; group < 4; group++) {
      let sum = 0;
      for (const band of groups[group]!) sum += flux[band]!;
      curves[group]![frame] = sum / Math.max(1, groups[group]!.length);
    }
    [present, before] = [before, present];
    for (let k = 0; k < melSum.length; k++) melSum[k] = melSum[k]! + spectra.power[k]!;
    for (let k = 0; k < melSum.length; k++) timbreSum[k] = timbreSum[k]! + spectra.power[k]!;
    if (frame % 4 === 3 || frame === frames - 1) {
      applyBankTwin(melBank, melSum, mel);
      const row = Math.floor(frame / 4);
      const count = (frame % 4) + 1;
      for (let band = 0; band < 40; band++) melFrames[row * 40 + band] = 10 * Math.log10(mel[band]! / count + 1e-15);
      melSum.fill(0);
    }
    if (frame % 8 === 7 || frame === frames - 1) {
      const count = (frame % 8) + 1;
      const start = (frame + 1 - count) * hop - Math.floor(hop / 2);
      const crossings = zeroCrossingsTwin(mono, start, start + count * hop);
      timbreFrames.push(...timbreTwin(timbreSum, sampleRate / size, topHz, (crossings * sampleRate) / (count * hop)));
      timbreSum.fill(0);
    }
  }
  return {
    onset: curves[0]!,
    bandOnsets: curves.slice(1, 4),
    bandEnergies: curves.slice(4),
    melFrames,
    timbreFrames: Float64Array.from(timbreFrames),
  };
}

function longFrames(mono: Float64Array, sampleRate: number, hop: number, topHz: number): Float64Array {
  // Silence behind the end, for what the filters ring on.
  let signal: Float64Array = new Float64Array(mono.length + 1024);
  signal.set(mono);
  let rate = sampleRate;
  let step = 8 * hop;
  while (rate >= 20_000) {
    signal = halveRateTwin(signal, halfBandTapsTwin(rate, 3800));
    rate /= 2;
    step /= 2;
  }
  const [length, size] = nearestLengths(16_384 / 44_100, rate);
  const window = Float64Array.from({ length }, (_, i) => Math.sin((Math.PI * i) / length) ** 2);
  const spectra = new Spectra(signal, window, size);
  const bank = logFrequencyBankTwin(rate, size, length, 216, 36, 55, Math.min(topHz, rate / 2));
  const frames = Math.ceil(Math.ceil(mono.length / hop) / 8);
  const pitchFrames = new Float64Array(frames * 216);
  const row = new Float64Array(216);
  for (let frame = 0; frame < frames; frame++) {
    spectra.read(frame * step - length / 2);
    applyBankTwin(bank, spectra.power, row);
    for (let band = 0; band < 216; band++) pitchFrames[frame * 216 + band] = Math.sqrt(row[band]!);
  }
  return pitchFrames;
}
