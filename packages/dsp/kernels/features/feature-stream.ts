// The whole analysis of a stream of samples in one pass: mixed to mono, cut into short frames and, decimated, into long
// ones. How the stream is cut into blocks has no influence: work is done whenever a frame is complete.
import { arenaAllocate } from '../memory/arena';
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
import { FRAMES, FrameStage, frameStageCreate, frameStageFlush, frameStagePush, frameStageReset } from './frame-stage';
import { mixToMono } from './mono-mix';
import { PitchStage, pitchDecimationStages, pitchStageCreate, pitchStagePush, pitchStageReset } from './pitch-stage';
import {
  StereoStage,
  stereoStageAdvance,
  stereoStageCreate,
  stereoStageNext,
  stereoStagePush,
  stereoStageReset,
  stereoStageRoom,
  stereoStageWrite,
} from './stereo-stage';

const FRAMES_PER_PITCH: i32 = 8;

@unmanaged
class FeatureStream {
  hop: i32;
  frames: FrameStage;
  pitch: PitchStage;
  stereo: StereoStage;
  /** Mono. */
  signal: FrameBuffer;
  /** Samples at its end that the pitch stage has not seen. */
  fresh: i32;
  /** Samples taken. */
  samples: i64;
  frameLimit: i32;
  pitchLimit: i32;
}

/**
 * Samples between frames: a hundredth of a second, rounded so that eight of them can be decimated for the pitch frames.
 */
export function featureStreamHop(sampleRate: f64): i32 {
  const step = max(1, (1 << pitchDecimationStages(sampleRate)) / FRAMES_PER_PITCH);
  return step * <i32>Math.round(sampleRate / 100 / <f64>step);
}

/**
 * @param topHz where what there is to hear ends, at most half the sample rate
 * @returns 0 when there is no memory
 */
export function featureStreamCreate(sampleRate: f64, topHz: f64): usize {
  const pointer = arenaAllocate(offsetof<FeatureStream>());
  const hop = featureStreamHop(sampleRate);
  const frames = frameStageCreate(sampleRate, hop, topHz);
  const pitch = pitchStageCreate(sampleRate, FRAMES_PER_PITCH * hop, topHz);
  if (pointer === 0 || frames === 0 || pitch === 0) return 0;
  const stream = changetype<FeatureStream>(pointer);
  stream.hop = hop;
  stream.frames = changetype<FrameStage>(frames);
  stream.pitch = changetype<PitchStage>(pitch);
  const signal = frameBufferCreate(stream.frames.length, hop);
  const stereo = stereoStageCreate(stream.frames, hop);
  if (signal === 0 || stereo === 0) return 0;
  stream.stereo = changetype<StereoStage>(stereo);
  stream.signal = changetype<FrameBuffer>(signal);
  featureStreamReset(pointer);
  return pointer;
}

export function featureStreamReset(pointer: usize): void {
  const stream = changetype<FeatureStream>(pointer);
  frameStageReset(stream.frames);
  pitchStageReset(stream.pitch);
  // Silence before the first sample.
  frameBufferReset(stream.signal, stream.frames.past);
  stereoStageReset(stream.stereo, stream.frames.past);
  stream.fresh = 0;
  stream.samples = 0;
  stream.frameLimit = i32.MAX_VALUE;
  stream.pitchLimit = i32.MAX_VALUE;
}

/**
 * Takes samples until there are no more, or the output is full and has to be drained.
 * @param first the first channel; the others follow `stride` bytes apart
 * @returns how many frames of samples were taken; -1 when one of them is not finite
 */
export function featureStreamPush(pointer: usize, first: usize, stride: usize, channels: i32, frames: i32): i32 {
  const stream = changetype<FeatureStream>(pointer);
  let taken = 0;
  while (taken < frames && stream.frames.pending < FRAMES) {
    const count = min(frames - taken, frameBufferRoom(stream.signal));
    const source = first + ((<usize>taken) << 2);
    stereoStageRoom(stream.stereo);
    if (!mixToMono(source, stride, channels, count, frameBufferEnd(stream.signal))) return -1;
    const second = channels > 1 ? source + stride : 0;
    stereoStageWrite(stream.stereo, stream.frames.emitted, source, second, count);
    taken += count;
    advance(stream, count);
  }
  stream.samples += taken;
  return taken;
}

/**
 * Completes the frames that the last samples belong to, with silence behind them. Drain before, and after.
 * There are ceil(samples / hop) frames, and one pitch frame for every eight of them begun.
 */
export function featureStreamFinish(pointer: usize): void {
  const stream = changetype<FeatureStream>(pointer);
  stream.frameLimit = <i32>((stream.samples + stream.hop - 1) / stream.hop);
  stream.pitchLimit = (stream.frameLimit + FRAMES_PER_PITCH - 1) / FRAMES_PER_PITCH;
  while (stream.frames.emitted < stream.frameLimit || stream.pitch.emitted < stream.pitchLimit) {
    const count = frameBufferRoom(stream.signal);
    stereoStageRoom(stream.stereo);
    memory.fill(frameBufferEnd(stream.signal), 0, (<usize>count) << 2);
    stereoStageWrite(stream.stereo, stream.frames.emitted, 0, 0, count);
    advance(stream, count);
  }
  frameStageFlush(stream.frames);
}

/** Counts appended samples in, and analyses the frame if they completed it. */
function advance(stream: FeatureStream, count: i32): void {
  stream.fresh += count;
  stereoStageAdvance(stream.stereo, count);
  if (!frameBufferAppend(stream.signal, count)) return;
  const fresh = frameBufferEnd(stream.signal) - ((<usize>stream.fresh) << 2);
  pitchStagePush(stream.pitch, fresh, stream.fresh, stream.pitchLimit);
  stream.fresh = 0;
  const frame = stream.frames.emitted;
  if (frame < stream.frameLimit) {
    frameStagePush(stream.frames, frameBufferFrame(stream.signal));
    stereoStagePush(stream.stereo, stream.frames, frame);
  }
  frameBufferNext(stream.signal);
  stereoStageNext(stream.stereo);
}

/** Frames since the last drain. */
export function featureStreamFrames(pointer: usize): i32 {
  return changetype<FeatureStream>(pointer).frames.pending;
}

export function featureStreamMelFrames(pointer: usize): i32 {
  return changetype<FeatureStream>(pointer).frames.melPending;
}

export function featureStreamTimbreFrames(pointer: usize): i32 {
  return changetype<FeatureStream>(pointer).frames.timbrePending;
}

export function featureStreamStereoFrames(pointer: usize): i32 {
  return changetype<FeatureStream>(pointer).stereo.pending;
}

export function featureStreamPitchFrames(pointer: usize): i32 {
  return changetype<FeatureStream>(pointer).pitch.pending;
}

/** One value per frame: row 0 onset, 1 to 3 onset in low, mid, high, 4 to 6 mean square in low, mid, high. */
export function featureStreamRow(pointer: usize, row: i32): usize {
  return changetype<FeatureStream>(pointer).frames.rows + ((<usize>(row * FRAMES)) << 2);
}

export function featureStreamMel(pointer: usize): usize {
  return changetype<FeatureStream>(pointer).frames.mel;
}

export function featureStreamTimbre(pointer: usize): usize {
  return changetype<FeatureStream>(pointer).frames.timbre;
}

export function featureStreamStereo(pointer: usize): usize {
  return changetype<FeatureStream>(pointer).stereo.output;
}

export function featureStreamPitch(pointer: usize): usize {
  return changetype<FeatureStream>(pointer).pitch.output;
}

/** Forgets the output, once it has been read. */
export function featureStreamDrained(pointer: usize): void {
  const stream = changetype<FeatureStream>(pointer);
  stream.frames.pending = 0;
  stream.frames.melPending = 0;
  stream.frames.timbrePending = 0;
  stream.pitch.pending = 0;
  stream.stereo.pending = 0;
}
