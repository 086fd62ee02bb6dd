// The pitch part of the feature stream: the mono signal, decimated to the lowest rate that still carries the highest
// pitch, in long frames whose spectra are summed into bands of a third of a semitone.
import { arenaAllocate } from '../memory/arena';
import { fftCreate, fftForward } from '../transform/fft';
import { filterBankApply } from '../transform/filter-bank';
import {
  FrameBuffer,
  frameBufferAppend,
  frameBufferCreate,
  frameBufferEnd,
  frameBufferFrame,
  frameBufferNext,
  frameBufferReset,
  frameBufferRoom,
} from '../transform/framing';
import { HALF_BAND_CHUNK, halfBandCreate, halfBandProcess, halfBandReset } from '../transform/half-band';
import { logFrequencyBankCreate } from '../transform/log-frequency-bank';
import { squareRoots } from '../transform/logarithm';
import { powerSpectrum } from '../transform/power-spectrum';
import { windowApply, windowFill } from '../transform/window';

export const PITCH_BANDS: i32 = 216;
const BANDS_PER_OCTAVE: i32 = 36;
const LOWEST_HZ: f64 = 55;
/** Decimation keeps everything below this: the highest band, 3453 Hz, and its neighbour, and the lobe of the window. */
const PASS_HZ: f64 = 3800;
/** The signal is not decimated below this rate. */
const LOWEST_RATE: f64 = 10_000;
const FRAME_SECONDS: f64 = 16_384.0 / 44_100.0;
/** Most frames between two drains. */
export const PITCH_FRAMES: i32 = 32;
const MOST_STAGES: i32 = 5;

@unmanaged
export class PitchStage {
  stages: i32;
  halfBands: usize;
  /** Two buffers for what the stages hand on. */
  passedOdd: usize;
  passedEven: usize;
  signal: FrameBuffer;
  plan: usize;
  bins: i32;
  scale: f32;
  window: usize;
  frame: usize;
  spectrum: usize;
  power: usize;
  bank: usize;
  /** Rows of PITCH_BANDS magnitudes, and how many there are since the last drain and since the start. */
  output: usize;
  pending: i32;
  emitted: i32;
}

/** log2 of the factor by which the pitch part decimates at a sample rate. */
export function pitchDecimationStages(sampleRate: f64): i32 {
  let stages = 0;
  while (sampleRate >= 2 * LOWEST_RATE && stages < MOST_STAGES) {
    sampleRate /= 2;
    stages++;
  }
  return stages;
}

/**
 * @param hop samples at the full rate between frames, a multiple of the decimation factor
 * @param topHz bands that do not end below are empty
 * @returns 0 when there is no memory
 */
export function pitchStageCreate(sampleRate: f64, hop: i32, topHz: f64): usize {
  const pointer = arenaAllocate(offsetof<PitchStage>());
  const halfBands = arenaAllocate(<usize>MOST_STAGES * sizeof<usize>());
  if (pointer === 0 || halfBands === 0) return 0;
  const stage = changetype<PitchStage>(pointer);
  stage.stages = pitchDecimationStages(sampleRate);
  stage.halfBands = halfBands;
  for (let i = 0; i < stage.stages; i++, sampleRate /= 2) {
    const halfBand = halfBandCreate(sampleRate, PASS_HZ);
    if (halfBand === 0) return 0;
    store<usize>(halfBands + <usize>i * sizeof<usize>(), halfBand);
  }
  const samples = FRAME_SECONDS * sampleRate;
  const fftSize = 1 << (<i32>Math.round(Math.log2(samples)));
  const length = min(fftSize, <i32>Math.round(samples / 4) * 4);
  stage.bins = (fftSize >> 1) + 1;
  // A full-scale sine under a Hann window of n values peaks at n / 4.
  stage.scale = <f32>(16.0 / (<f64>length * <f64>length));
  const signal = frameBufferCreate(length, hop >> stage.stages);
  stage.signal = changetype<FrameBuffer>(signal);
  stage.passedOdd = arenaAllocate((<usize>HALF_BAND_CHUNK / 2 + 16) << 2);
  stage.passedEven = arenaAllocate((<usize>HALF_BAND_CHUNK / 2 + 16) << 2);
  stage.plan = fftCreate(fftSize);
  stage.window = arenaAllocate((<usize>length) << 2);
  stage.frame = arenaAllocate((<usize>fftSize) << 2);
  stage.spectrum = arenaAllocate((<usize>(fftSize + 2)) << 2);
  stage.power = arenaAllocate((<usize>(stage.bins + 3)) << 2);
  stage.bank = logFrequencyBankCreate(
    sampleRate,
    fftSize,
    length,
    PITCH_BANDS,
    BANDS_PER_OCTAVE,
    LOWEST_HZ,
    min(topHz, sampleRate / 2),
  );
  stage.output = arenaAllocate((<usize>(PITCH_FRAMES * PITCH_BANDS)) << 2);
  if (signal === 0 || stage.passedOdd === 0 || stage.passedEven === 0 || stage.plan === 0) return 0;
  if (stage.window === 0 || stage.frame === 0 || stage.spectrum === 0 || stage.power === 0) return 0;
  if (stage.bank === 0 || stage.output === 0) return 0;
  windowFill(stage.window, length, 0, false);
  pitchStageReset(stage);
  return pointer;
}

export function pitchStageReset(stage: PitchStage): void {
  for (let i = 0; i < stage.stages; i++) halfBandReset(load<usize>(stage.halfBands + <usize>i * sizeof<usize>()));
  // Frame 0 is centred on sample 0: silence before it.
  frameBufferReset(stage.signal, stage.signal.length >> 1);
  stage.pending = 0;
  stage.emitted = 0;
}

/** Takes `frames` mono samples, at most HALF_BAND_CHUNK, and writes the frames that they complete, up to frame `limit`. */
export function pitchStagePush(stage: PitchStage, samples: usize, frames: i32, limit: i32): void {
  for (let i = 0; i < stage.stages; i++) {
    const target = (i & 1) === 0 ? stage.passedEven : stage.passedOdd;
    frames = halfBandProcess(load<usize>(stage.halfBands + <usize>i * sizeof<usize>()), samples, frames, target);
    samples = target;
  }
  while (frames > 0) {
    const count = min(frames, frameBufferRoom(stage.signal));
    memory.copy(frameBufferEnd(stage.signal), samples, (<usize>count) << 2);
    samples += (<usize>count) << 2;
    frames -= count;
    if (!frameBufferAppend(stage.signal, count)) continue;
    if (stage.emitted < limit) analyse(stage);
    frameBufferNext(stage.signal);
  }
}

function analyse(stage: PitchStage): void {
  const output = stage.output + ((<usize>(stage.pending * PITCH_BANDS)) << 2);
  windowApply(frameBufferFrame(stage.signal), stage.window, stage.frame, stage.signal.length);
  fftForward(stage.plan, stage.frame, stage.spectrum);
  powerSpectrum(stage.spectrum, stage.power, stage.bins, stage.scale);
  filterBankApply(stage.bank, stage.power, output);
  squareRoots(output, PITCH_BANDS);
  stage.pending++;
  stage.emitted++;
}
