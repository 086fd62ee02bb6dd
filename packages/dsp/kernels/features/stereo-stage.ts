// How wide the sound is: power of mid and side and what they have in common, in the three bands of the short frames.
// The spectrum of mid is that of the short frame; the one of side is taken for one frame of sixteen.
import { arenaAllocate } from '../memory/arena';
import { fftForward } from '../transform/fft';
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
import { crossSpectrum, powerSpectrum } from '../transform/power-spectrum';
import { windowApply } from '../transform/window';
import { FRAMES, FrameStage } from './frame-stage';
import { mixToSide } from './mono-mix';

/** 2^16 over the golden ratio: multiples of it are spread evenly over 2^16, and keep step with no beat. */
const GOLDEN: i32 = 40_503;
const TURN_MASK: i32 = 0xffff;
/** A sixteenth of a turn. The frames that fall into it are 8, 13 or 21 frames apart. */
const CHOSEN: i32 = 0x1000;
const FEWEST_APART: i32 = 8;
const BANDS: i32 = 3;
/** Values of a stereo frame: for each band mean square of mid, of side, and mean product of both. */
export const STEREO_COLUMNS: i32 = 3 * BANDS;

function isChosen(frame: i32): bool {
  return ((frame * GOLDEN) & TURN_MASK) < CHOSEN;
}

@unmanaged
export class StereoStage {
  signal: FrameBuffer;
  /** Frames that begin while a sample is in the buffer, after the one it completes. */
  overlap: i32;
  spectrum: usize;
  cross: usize;
  results: usize;
  output: usize;
  pending: i32;
}

/** @returns 0 when there is no memory */
export function stereoStageCreate(frames: FrameStage, hop: i32): usize {
  const pointer = arenaAllocate(offsetof<StereoStage>());
  const signal = frameBufferCreate(frames.length, hop);
  const spectrum = arenaAllocate((<usize>(2 * frames.bins)) << 2);
  const cross = arenaAllocate((<usize>(frames.bins + 3)) << 2);
  const results = arenaAllocate(16);
  const output = arenaAllocate((<usize>((FRAMES / FEWEST_APART + 2) * STEREO_COLUMNS)) << 2);
  if (pointer === 0 || signal === 0 || spectrum === 0 || cross === 0 || results === 0 || output === 0) return 0;
  const stage = changetype<StereoStage>(pointer);
  stage.signal = changetype<FrameBuffer>(signal);
  stage.overlap = (frames.length - 1) / hop;
  stage.spectrum = spectrum;
  stage.cross = cross;
  stage.results = results;
  stage.output = output;
  return pointer;
}

export function stereoStageReset(stage: StereoStage, silence: i32): void {
  frameBufferReset(stage.signal, silence);
  stage.pending = 0;
}

/** Makes room for samples, in step with the buffer of the mono signal. */
export function stereoStageRoom(stage: StereoStage): void {
  frameBufferRoom(stage.signal);
}

/**
 * Writes `count` samples that belong to frame `frame` and those that overlap it. What no stereo frame needs is left out.
 * @param second the second channel, 0 when there is none
 */
export function stereoStageWrite(stage: StereoStage, frame: i32, first: usize, second: usize, count: i32): void {
  let next = frame;
  while (next <= frame + stage.overlap && !isChosen(next)) next++;
  if (next > frame + stage.overlap) return;
  const target = frameBufferEnd(stage.signal);
  if (second === 0) memory.fill(target, 0, (<usize>count) << 2);
  else mixToSide(first, second, count, target);
}

/** Counts written samples in. */
export function stereoStageAdvance(stage: StereoStage, count: i32): void {
  frameBufferAppend(stage.signal, count);
}

/** Analyses frame `frame`, whose mid `frames` has just analysed, if it is one of those. */
export function stereoStagePush(stage: StereoStage, frames: FrameStage, frame: i32): void {
  if (!isChosen(frame)) return;
  const output = stage.output + ((<usize>(stage.pending * STEREO_COLUMNS)) << 2);
  windowApply(frameBufferFrame(stage.signal), frames.window, frames.frame, frames.length);
  fftForward(frames.plan, frames.frame, stage.spectrum);
  writeColumn(stage, frames, frames.power, output);
  powerSpectrum(stage.spectrum, stage.cross, frames.bins, frames.scale);
  writeColumn(stage, frames, stage.cross, output + 4);
  crossSpectrum(frames.spectrum, stage.spectrum, stage.cross, frames.bins, frames.scale);
  writeColumn(stage, frames, stage.cross, output + 8);
  stage.pending++;
}

/** Goes on to the next frame. */
export function stereoStageNext(stage: StereoStage): void {
  frameBufferNext(stage.signal);
}

/** The sums of a spectrum over the three bands, three values apart. */
function writeColumn(stage: StereoStage, frames: FrameStage, spectrum: usize, output: usize): void {
  filterBankApply(frames.energyBank, spectrum, stage.results);
  store<f32>(output, load<f32>(stage.results));
  store<f32>(output, load<f32>(stage.results, 4), 12);
  store<f32>(output, load<f32>(stage.results, 8), 24);
}
